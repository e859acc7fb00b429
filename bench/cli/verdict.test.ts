import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { exampleCount, exampleHeader } from "../../results/example.ts"
import { dcgkaBench, linesOf, temporaryFolder } from "./spawned.ts"

test("a run whose counts are not as claimed says which, where and by how much, and ends with code 1", async (t) => {
  const folder = temporaryFolder(t)
  const cell = { protocol: "pairwise", channel: "signal", operation: "update", groupSize: 8 } as const
  const plan = { protocols: ["pairwise"], operations: ["update" as const], blocks: 0 }
  const primitives = {
    group: { keyPair: 7, dh: 14 },
    initiator: {},
    recipientMax: { keyPair: 1, dh: 2 },
    recipientMean: { keyPair: 1, dh: 2 },
  }
  const exact = { twoParty: 9, broadcasts: 0, deliveries: 7, rounds: 1, primitives }
  const records = [exampleHeader(plan), exampleCount(cell, exact)]
  writeFileSync(
    join(folder, "results.jsonl"),
    records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  )
  const { code, stdout, stderr } = await dcgkaBench(["run", "--resume", folder, "--json"])
  assert.equal(code, 1)
  assert.equal(JSON.parse(stdout).cells.length, 1)
  assert.deepEqual(
    linesOf(stderr).filter((line) => line.startsWith("dcgka-bench")),
    ["dcgka-bench: pairwise, update: twoParty is claimed to be n − 1: at n = 8 that is 7, counted 9"],
  )
})

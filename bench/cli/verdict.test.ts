import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { toDocument } from "../../results/document.ts"
import { exampleCount, exampleHeader } from "../../results/example.ts"
import type { Exact } from "../../results/schema.ts"
import { linesOf } from "./spawned.ts"
import { verdictOn } from "./verdict.ts"

/** A run of one update in a group of 8, as fan-out claims it but for `changed`. */
function updateWith(changed: Partial<Exact>) {
  const primitives = {
    group: { keyPair: 7, dh: 14 },
    initiator: {},
    recipientMax: { keyPair: 1, dh: 2 },
    recipientMean: { keyPair: 1, dh: 2 },
  }
  const exact = { twoParty: 7, broadcasts: 0, deliveries: 7, rounds: 1, primitives, ...changed }
  const cell = { protocol: "pairwise", channel: "signal", operation: "update", groupSize: 8 } as const
  return toDocument([exampleHeader({ protocols: ["pairwise"] }), exampleCount(cell, exact)])
}

function judged(t: TestContext, changed: Partial<Exact>): { code: number; said: string[] } {
  const write = t.mock.method(process.stderr, "write", () => true)
  const code = verdictOn(updateWith(changed))
  const said = write.mock.calls.flatMap((call) => linesOf(String(call.arguments[0])))
  write.mock.restore()
  return { code, said }
}

test("a run whose counts are as claimed is good, and nothing is said", (t) => {
  assert.deepEqual(judged(t, {}), { code: 0, said: [] })
})

test("a run whose counts are not as claimed says which, where and by how much, and ends with code 1", (t) => {
  assert.deepEqual(judged(t, { twoParty: 9 }), {
    code: 1,
    said: ["dcgka-bench: pairwise, update: twoParty is claimed to be n − 1: at n = 8 that is 7, counted 9"],
  })
})

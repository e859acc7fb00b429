import assert from "node:assert/strict"
import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import { jsonSchema } from "../../results/json-schema.ts"
import { openSamples } from "../../results/sample-store.ts"
import { dcgkaBench, dcgkaBenchEach, documentOf, temporaryFolder } from "./spawned.ts"

/** A run of two cells, one of which has a block with its samples. */
function exampleRun(t: TestContext): string {
  const folder = temporaryFolder(t)
  const file = join(folder, "results.jsonl")
  const samples = openSamples(file, [])
  const block = exampleBlock(0)
  const samplesEnd = samples.append(block, { initiatorNs: [1, 2], recipientNs: [3, 4], groupNs: [5, 6] })
  samples.close()
  const records = [exampleHeader(), exampleCount(), exampleCount({ groupSize: 4 }), { ...block, samplesEnd }]
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  return folder
}

test("export --format json prints the document that run --json prints", async (t) => {
  const { cells } = await documentOf(["export", exampleRun(t), "--format", "json"])
  assert.deepEqual(
    cells.map(({ groupSize, protocol }) => [groupSize, protocol]),
    [
      [4, "dcgka"],
      [8, "dcgka"],
    ],
  )
})

test("export prints nothing but the table, a torn last line and torn samples left out", async (t) => {
  const folder = exampleRun(t)
  appendFileSync(join(folder, "results.jsonl"), '{"kind":"blo')
  appendFileSync(join(folder, "results.samples.csv.gz"), "torn")
  const ended = await dcgkaBenchEach(
    ["cells", "samples"].map((table) => ["export", folder, "--format", "csv", "--table", table]),
  )
  const lines = ended.map(({ code, stdout, stderr }) => {
    assert.deepEqual([code, stderr], [0, ""])
    return stdout.split("\r\n")
  })
  assert.deepEqual(
    lines.map((each) => [each.length - 2, each.at(-1)]),
    [
      [2, ""],
      [2, ""],
    ],
  )
  assert.equal(lines[1]?.[2], "dcgka,2sm,noble,heal,8,0,,1,2,4,,6")
})

test("schema prints the JSON Schema of the records", async () => {
  const { code, stdout, stderr } = await dcgkaBench(["schema"])
  assert.deepEqual([code, stderr], [0, ""])
  assert.deepEqual(JSON.parse(stdout), jsonSchema())
})

test("doctor --json says of each check what was found; warnings are a failure with --strict alone", async () => {
  const { code, stdout, stderr } = await dcgkaBench(["doctor", "--json", "--strict"])
  const { fit, warnings, checks } = JSON.parse(stdout)
  assert.deepEqual([stderr, fit, code], ["", warnings === 0, warnings === 0 ? 0 : 1])
  for (const { name, verdict, found } of checks) {
    assert.ok(["ok", "warning", "unknown"].includes(verdict) && found !== "", name)
  }
})

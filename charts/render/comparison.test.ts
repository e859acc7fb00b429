import assert from "node:assert/strict"
import { test } from "node:test"
import { styleText } from "node:util"
import { type Comparison, compareProtocols, compareRuns } from "../../results/compare/comparison.ts"
import { EXAMPLE_CELL, exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import type { CellKey, ResultRecord } from "../../results/schema.ts"
import { comparisonTable } from "./comparison.ts"

const BLOCKS = 8
const OPERATIONS = ["create", "message", "update", "heal"] as const
const PROTOCOLS = ["sender-keys", "dcgka"] as const

/** Each block a little slower than the one before, and `factor` times as slow in some cells. */
function run(factor: (cell: CellKey) => number = () => 1, blocks = BLOCKS): ResultRecord[] {
  const cells = OPERATIONS.flatMap((operation) =>
    PROTOCOLS.map((protocol): CellKey => ({ ...EXAMPLE_CELL, protocol, operation, suite: "native" })),
  )
  const records = cells.flatMap((cell) =>
    Array.from({ length: blocks }, (_, block) => {
      const ns = (1 + block / 1000) * factor(cell)
      return exampleBlock(block, cell, { initiatorNs: 100 * ns, recipientNs: 10 * ns, groupNs: 170 * ns })
    }),
  )
  const twins = records.map((record) => ({ ...record, twin: true as const }))
  const header = exampleHeader({ protocols: [...PROTOCOLS], operations: [...OPERATIONS], suites: ["native"] })
  return [header, ...cells.map((cell) => exampleCount(cell)), ...records, ...twins]
}

const isSlow = ({ protocol, operation }: CellKey): boolean => protocol === "dcgka" && operation === "heal"
const plain = (comparison: Comparison, width = 120): string =>
  comparisonTable(comparison, { color: "never", width })
const slowed = () =>
  compareRuns(
    run(),
    run((cell) => (isSlow(cell) ? 1.5 : 1)),
    0.1,
  )

test("protocols of one run: a line for each cell, a column for each measure", () => {
  const text = plain(
    compareProtocols(
      run((cell) => (cell.protocol === "dcgka" ? 2 : 1)),
      0.1,
    ),
  )
  assert.match(
    text,
    /^Ratio: time over that of sender-keys, block by block\. A block's time: median of its iterations\.$/m,
  )
  assert.match(
    text,
    /^create +8 +dcgka +2\.00× \[2\.00, 2\.00\] slower +2\.00× .* slower +2\.00× .* slower$/m,
  )
  assert.match(text, /^heal +8 +dcgka/m)
  assert.match(text, /^native group: 4 slower$/m)
  assert.match(
    text,
    /^Noise floor: native: initiator 1 %, recipient 1 %, group 1 %\. To be detected: 10 %\.$/m,
  )
})

test("two runs: only what changed or looks so is shown, the rest is counted", () => {
  const text = plain(slowed())
  assert.match(text, /^base: run .*\nhead: run /)
  assert.match(text, /^heal +8 +dcgka +1\.50× .* slower/m)
  assert.doesNotMatch(text, /^(create|message|update) /m)
  assert.match(text, /^native group: 1 slower, 7 same$/m)
  assert.match(text, /taken out of the ratios: native: initiator 1\.00×/)
  assert.match(
    plain(compareRuns(run(), run(), 0.1)),
    /^suite native: no cell is faster or slower, or looks so\.$/m,
  )
})

test("counts: equal, or each cell with its differences", () => {
  assert.match(plain(compareRuns(run(), run(), 0.1)), /^Counts: 8 of 8 cells are equal in every field\.$/m)
  const head = run().map((record) =>
    record.kind === "count" && isSlow(record)
      ? { ...record, exact: { ...record.exact, twoParty: 8, transcript: "cd".repeat(32) } }
      : record,
  )
  const text = plain(compareRuns(run(), head, 0.1))
  assert.match(text, /^Counts: 7 of 8 cells/m)
  assert.match(text, /^heal, n = 8, dcgka: twoParty 7 → 8, transcript abababab → cdcdcdcd$/m)
  const failed = run().filter((record) => record.kind !== "count" || !isSlow(record))
  assert.match(
    plain(compareRuns(run(), failed, 0.1)),
    /^heal, n = 8, dcgka: not in head, which was to count it$/m,
  )
})

test("other machines are named, and that nothing is said of the reference", () => {
  const head = run().map((record) =>
    record.kind === "run" ? { ...record, environment: { ...record.environment, cores: 64 } } : record,
  )
  const text = plain(compareRuns(run(), head, 0.1))
  assert.match(text, /^OTHER MACHINES: cores: 2 against 64$/m)
  assert.match(text, /Nothing is said of sender-keys itself\. A block/)
})

test("too few blocks: how many are needed", () => {
  const text = plain(
    compareProtocols(
      run((cell) => (isSlow(cell) ? 2 : 1), 3),
      0.1,
    ),
  )
  assert.match(text, /too few blocks \(3\): .* below 6 blocks/)
  assert.match(plain(compareRuns(run(undefined, 1), run(undefined, 1), 0.1)), /^No times to compare/m)
})

test("lines keep to the width where words allow it, and colour is for findings", () => {
  for (const line of plain(slowed(), 80).split("\n")) assert.ok(line.length <= 80, line)
  assert.ok(!plain(slowed()).includes("\u001b"))
  const coloured = comparisonTable(slowed(), { color: "always", width: 120 })
  assert.ok(coloured.includes(styleText("red", "1.50×", { validateStream: false })))
})

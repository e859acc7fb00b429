import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { printed, toDocument, workId } from "./document.ts"
import { EXAMPLE_CELL, exampleBlock, exampleCount, exampleFailure, exampleHeader } from "./example.ts"
import type { CellKey, ResultRecord } from "./schema.ts"

const END: ResultRecord = { kind: "end", finishedAt: "2026-11-23T13:00:00.000Z" }

test("the lines of one cell become one cell", () => {
  const blocks = [3e6, 1e6, 2e6].map((initiatorNs, block) =>
    exampleBlock(block, {}, { initiatorNs, recipientsTimed: 7 - block }),
  )
  const { cells, failures } = toDocument([exampleHeader(), exampleCount(), ...blocks])
  const [cell] = cells
  assert.equal(cells.length, 1)
  assert.deepEqual(failures, [])
  assert.equal(cell?.blocks, 3)
  assert.equal(cell?.recipientsTimed, 5)
  assert.equal(cell?.sampled?.initiatorNs.median, 2e6)
  assert.equal(cell?.sampled?.messagesPerSecond, null)
  assert.deepEqual(cell?.exact, exampleCount().exact)
  assert.deepEqual(cell?.healing, exampleCount().healing)
})

test("a cell without blocks has no samples, one without a count is no cell", () => {
  const { cells } = toDocument([exampleHeader(), exampleCount(), exampleBlock(0, { groupSize: 16 })])
  assert.equal(cells.length, 1)
  assert.deepEqual([cells[0]?.sampled, cells[0]?.blocks, cells[0]?.recipientsTimed], [null, 0, 0])
})

test("messages a second come from each block's group time, for messages alone", () => {
  const operation = "message"
  const blocks = [1e6, 2e6, 4e6].map((groupNs, block) => exampleBlock(block, { operation }, { groupNs }))
  const { cells } = toDocument([exampleHeader(), exampleCount({ operation }), ...blocks])
  assert.equal(cells[0]?.sampled?.messagesPerSecond?.median, 500)
  assert.equal("healing" in (cells[0] ?? {}), false)
})

test("the efficiency is the median over the blocks that have it; files of 0.1 have none", () => {
  const efficiencies = [{ efficiency: 0.7 }, {}, { efficiency: 0.9 }, { efficiency: 0.8 }]
  const blocks = efficiencies.map((each, block) => exampleBlock(block, {}, each))
  const { cells } = toDocument([exampleHeader(), exampleCount(), ...blocks])
  assert.equal(cells[0]?.sampled?.efficiency?.median, 0.8)
  const old = toDocument([exampleHeader(), exampleCount(), exampleBlock(0)])
  assert.equal(old.cells[0]?.sampled?.efficiency, null)
})

test("a group time of zero gives no rate, not an infinite one", () => {
  const block = exampleBlock(0, { operation: "message" }, { groupNs: 0 })
  const { cells } = toDocument([exampleHeader(), exampleCount({ operation: "message" }), block])
  assert.equal(cells[0]?.sampled?.messagesPerSecond, null)
})

test("the order of cells follows the plan, whatever order the records came in", () => {
  const keys: Partial<CellKey>[] = [
    { protocol: "sender-keys", operation: "message", groupSize: 8 },
    { protocol: "sender-keys", operation: "heal", groupSize: 4 },
    { protocol: "sender-keys", operation: "heal", groupSize: 16 },
    { protocol: "sender-keys", suite: "native", operation: "create" },
    { protocol: "dcgka", operation: "create" },
    { protocol: "a protocol that is not in the plan" },
  ]
  const expected = keys.map((key) => workId({ ...EXAMPLE_CELL, ...key }))
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (shuffled) => {
      const document = toDocument([exampleHeader(), ...shuffled.map((key) => exampleCount(key))])
      assert.deepEqual(
        document.cells.map((cell) => workId(cell)),
        expected,
      )
    }),
  )
})

test("a failure is listed until it is made good; of repeated ones the newest", () => {
  const failed = [exampleHeader(), exampleFailure({ reason: "old" }), exampleFailure({ reason: "new" })]
  const { failures } = toDocument(failed)
  assert.deepEqual(failures, [{ ...EXAMPLE_CELL, reason: "new" }])
  assert.deepEqual(toDocument([...failed, exampleCount()]).failures, [])
})

test("a twin is no block of its cell, and makes good its own failure alone", () => {
  const twin = { ...exampleBlock(0, {}, { groupNs: 1 }), twin: true } as const
  const failures = [exampleFailure({ block: 0 }), exampleFailure({ block: 0, twin: true })]
  const document = toDocument([exampleHeader(), exampleCount(), ...failures, twin])
  assert.deepEqual([document.cells[0]?.blocks, document.cells[0]?.sampled], [0, null])
  assert.deepEqual(
    document.failures.map((failure) => failure.twin),
    [undefined],
  )
})

test("a block makes good its own failure alone", () => {
  const records = [
    exampleHeader(),
    exampleCount(),
    exampleFailure({ block: 1 }),
    exampleFailure({ block: 2 }),
  ]
  const { failures } = toDocument([...records, exampleBlock(2)])
  assert.deepEqual(
    failures.map(({ block }) => block),
    [1],
  )
})

test("a run is finished only when nothing follows its end", () => {
  const finished = [exampleHeader(), exampleCount(), END]
  assert.equal(toDocument(finished).run.finishedAt, END.finishedAt)
  assert.equal(toDocument([...finished, exampleBlock(0)]).run.finishedAt, null)
  assert.equal("kind" in toDocument(finished).run, false)
})

test("records that do not begin with the run are refused", () => {
  assert.throws(() => toDocument([]), /kind run/)
  assert.throws(() => toDocument([exampleCount()]), /kind run/)
})

test("what is printed names a competitor's protocol and channel apart, and the whole of it besides", () => {
  const cell = { protocol: "dcgka/signal", channel: "signal" }
  const records = [exampleHeader({ protocols: [cell.protocol] }), exampleCount(cell)]
  const [only] = printed(toDocument(records)).cells as readonly Record<string, unknown>[]
  assert.deepEqual([only?.protocol, only?.channel, only?.competitor], ["dcgka", "signal", "dcgka/signal"])
})

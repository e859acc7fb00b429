import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "../../results/document.ts"
import { exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import { conditionsLine, slowedNote, waitNote } from "./conditions.ts"
import { summaryTable } from "./table.ts"

const { environment } = exampleHeader()

test("the head of a table says how the machine was set, as far as that is known", () => {
  assert.deepEqual(conditionsLine({ environment }), [])
  const all = { governor: "performance", turbo: "off", smt: "off", isVirtual: true } as const
  const busy = { loadAverage1m: 1.5, cpuPressureShare: 0.086, lockfileHash: "44136fa355b3678a" }
  assert.deepEqual(conditionsLine({ environment: { ...environment, ...all, ...busy } }), [
    "governor performance, turbo off, SMT off, virtual machine, load 1.50 at the start, " +
      "8.6 % of the time something waited for a core, lockfile 44136fa355b3678a",
  ])
})

const waiting = (...shares: readonly number[]) => {
  const blocks = shares.map((runQueueWaitShare, block) => exampleBlock(block, {}, { runQueueWaitShare }))
  return toDocument([exampleHeader(), exampleCount(), ...blocks])
}

test("a cell in which any block waited for a core is pointed out below the tables", () => {
  const table = summaryTable(waiting(0.001, 0.2, 0.01), { color: "never", width: 300 })
  assert.match(table, /In 1 of 1 timed cells a block waited for a core, up to 20.0 % of its time/)
})

test("a quiet machine is no news, and one that does not tell is not called quiet", () => {
  assert.deepEqual(waitNote(waiting(0.01).cells), [])
  const untold = toDocument([exampleHeader(), exampleCount(), exampleBlock(0)])
  assert.deepEqual(waitNote(untold.cells), [])
  assert.equal("runQueueWaitShare" in (untold.cells[0] as object), false)
})

test("blocks in which the core was never left alone are counted below the tables, and in the cell", () => {
  const blocks = [{ slowed: true as const }, {}, {}].map((times, block) => exampleBlock(block, {}, times))
  const { cells } = toDocument([exampleHeader(), exampleCount(), ...blocks])
  assert.equal(cells[0]?.slowedBlocks, 1)
  assert.match(slowedNote(cells).join(), /^In 1 of 3 blocks something outside slowed the core all the time/)
  assert.deepEqual(slowedNote(waiting(0.01).cells), [])
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { exampleBlock, exampleCount, exampleHeader, examplePrices } from "./example.ts"
import { checkHeldOut } from "./held-out.ts"
import type { Cell } from "./schema.ts"

const PRICES = examplePrices()
const dhNs = PRICES.prices.dh.fixedNs

/** A cell of `dh` agreements that took so many times what they cost. */
function cellOf(groupSize: number, dh: number, times: number): readonly Cell[] {
  const counts = { group: { dh }, initiator: { dh }, recipientMax: { dh }, recipientMean: { dh } }
  const cell = { operation: "update", groupSize } as const
  const count = exampleCount(cell, { primitives: counts, primitiveBytes: counts })
  const block = exampleBlock(0, cell, { groupNs: times * Math.max(1, dh) * dhNs })
  return toDocument([exampleHeader(), count, block]).cells
}

test("the overhead comes from the smallest groups alone, the errors from the others alone", () => {
  // At 8 half, a third and 0.6 of the time is overhead; at 32 the whole takes 4 and 8 times the cryptography
  const fitted = [cellOf(8, 10, 2), cellOf(8, 10, 1.5), cellOf(8, 10, 2.5)].flat()
  const heldOut = [cellOf(32, 40, 4), cellOf(32, 40, 8)].flat()
  const check = checkHeldOut([...heldOut, ...fitted], PRICES)
  assert.equal(check.overheadShare, 0.5)
  assert.deepEqual([check.fitted.length, check.heldOut.length], [3, 2])
  assert.deepEqual(
    check.heldOut.map(({ ratio }) => ratio),
    [0.5, 0.25],
  )
  assert.deepEqual(check.errors, { cells: 2, median: 0.625, worst: 0.75 })
  assert.deepEqual(check.errorsWithoutOverhead, { cells: 2, median: 0.8125, worst: 0.875 })
})

test("the list's own overhead has no part in it", () => {
  const cells = [cellOf(8, 10, 2), cellOf(32, 10, 2)].flat()
  const check = checkHeldOut(cells, { ...PRICES, overheadShare: 0.9 })
  assert.deepEqual([check.overheadShare, check.errors.worst], [0.5, 0])
})

test("prices above the measured time are an error, not an overhead below nothing", () => {
  const check = checkHeldOut([cellOf(8, 10, 0.5), cellOf(32, 10, 0.5)].flat(), PRICES)
  assert.deepEqual([check.overheadShare, check.errors.worst], [0, 1])
})

test("a cell in which nothing is called is overhead alone, and is left out", () => {
  const check = checkHeldOut([cellOf(8, 10, 2), cellOf(32, 10, 2), cellOf(32, 0, 2)].flat(), PRICES)
  assert.equal(check.heldOut.length, 1)
})

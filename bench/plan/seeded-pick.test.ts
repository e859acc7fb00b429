import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type Pick, seededPick, shuffled } from "./seeded-pick.ts"

const many = (pick: Pick, bound: number, count = 2000): number[] =>
  Array.from({ length: count }, () => pick(bound))

/** Pearson's statistic against equal shares of `cells` outcomes. */
function chiSquare(outcomes: readonly (number | string)[], cells: number): number {
  const expected = outcomes.length / cells
  const counts = new Map<number | string, number>()
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  const unseen = (cells - counts.size) * expected
  return unseen + [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

test("choices repeat from their seed and label, and differ with either", () => {
  const choices = many(seededPick(1, "jobs"), 1000, 50)
  assert.deepEqual(many(seededPick(1, "jobs"), 1000, 50), choices)
  assert.notDeepEqual(many(seededPick(2, "jobs"), 1000, 50), choices)
  assert.notDeepEqual(many(seededPick(1, "deliveries"), 1000, 50), choices)
})

test("a choice is a whole number from 0 to its bound − 1", () => {
  const pick = seededPick(1, "range")
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (bound) => {
      const choice = pick(bound)
      return Number.isInteger(choice) && choice >= 0 && choice < bound
    }),
  )
})

test("all choices come up about equally often", () => {
  // 9 degrees of freedom: above 27.9 once in a thousand seeds, and this seed is not one of them
  assert.ok(chiSquare(many(seededPick(1, "uniform"), 10), 10) < 27.9)
})

test("all orders of three come up about equally often", () => {
  const pick = seededPick(1, "orders")
  const orders = Array.from({ length: 1200 }, () => shuffled(["a", "b", "c"], pick).join(""))
  // 5 degrees of freedom: above 20.5 once in a thousand seeds
  assert.ok(chiSquare(orders, 6) < 20.5)
})

test("a shuffled copy holds the same items and leaves the original alone", () => {
  const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8])
  const copy = shuffled(items, seededPick(1, "copy"))
  assert.deepEqual(copy.toSorted(), items)
  assert.notDeepEqual(copy, items)
  assert.deepEqual(shuffled([], seededPick(1, "copy")), [])
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { pairedLogRatio, unpairedLogRatio } from "./log-ratio.ts"
import { seededRandom } from "./random-fixture.ts"

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`)
const logs = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 14 })

test("the interval holds the median, and no p is below the smallest", () => {
  fc.assert(
    fc.property(logs, logs, (base, head) => {
      for (const { median, low, high, p, smallestP } of [
        pairedLogRatio(base),
        unpairedLogRatio(base, head),
      ]) {
        assert.ok(low <= median && median <= high)
        assert.ok(smallestP <= p + 1e-12 && p <= 1)
      }
    }),
  )
})

test("base and head changed places: the same the other way round", () => {
  fc.assert(
    fc.property(logs, logs, (base, head) => {
      const pairs = [
        [pairedLogRatio(base), pairedLogRatio(base.map((value) => -value))],
        [unpairedLogRatio(base, head), unpairedLogRatio(head, base)],
      ] as const
      for (const [there, back] of pairs) {
        near(there.median, -back.median)
        near(there.low, -back.high)
        near(there.p, back.p, 1e-9)
      }
    }),
  )
})

test("below 6 blocks: Student's t, unpaired with the degrees of freedom of the smaller run", () => {
  const paired = pairedLogRatio([-2, -1, 0, 1, 2])
  near(paired.high, 2.77645 * Math.sqrt(2.5 / 5))
  near(paired.smallestP, 0.0625)
  // variances 1 and 2.5 over 3 and 5 blocks, t of 2 degrees of freedom
  const unpaired = unpairedLogRatio([-1, 0, 1], [8, 9, 10, 11, 12])
  near(unpaired.median, 10)
  near(unpaired.high - 10, 4.30265 * Math.sqrt(1 / 3 + 2.5 / 5))
})

for (const blocks of [3, 6, 12]) {
  test(`two runs of ${blocks} blocks that do not differ: at least 93 % of the intervals hold no change`, () => {
    const random = seededRandom(blocks)
    const draw = () => Math.tan(1.4 * (random() - 0.5)) ** 3 + random()
    const sample = () => Array.from({ length: blocks }, draw)
    const trials = 100
    let held = 0
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = unpairedLogRatio(sample(), sample())
      if (low <= 0 && 0 <= high) held += 1
    }
    assert.ok(held / trials >= 0.93, `${held} of ${trials}`)
  })
}

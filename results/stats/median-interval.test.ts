import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { locate, medianInterval } from "./median-interval.ts"

const times = fc.array(fc.double({ min: 1e-3, max: 1e13, noNaN: true }), { minLength: 1, maxLength: 40 })

test("the interval holds the median, and is finite", () => {
  fc.assert(
    fc.property(times, (values) => {
      const { median, low, high } = medianInterval(values)
      assert.ok(low <= median && median <= high)
      assert.ok(low >= 0 && Number.isFinite(high))
    }),
  )
})

test("the order of the values does not matter", () => {
  fc.assert(
    fc.property(times, (values) => {
      const forward = medianInterval(values)
      const backward = medianInterval([...values].reverse())
      assert.equal(forward.median, backward.median)
      assert.ok(Math.abs(forward.low - backward.low) <= 1e-9 * forward.low)
    }),
  )
})

// Largest k with 2 · P(Bin(n, ½) < k) ≤ 0.05, as in tables of the sign test.
for (const [n, k] of [
  [6, 1],
  [8, 1],
  [9, 2],
  [12, 3],
  [15, 4],
  [20, 6],
  [40, 14],
  [1000, 469],
  [1075, 505], // the first number of values for which 2⁻ⁿ is 0
  [100_000, 49_690],
] as const) {
  test(`${n} values: from the ${k}. smallest to the ${k}. largest`, () => {
    const values = Array.from({ length: n }, (_, index) => index + 1)
    assert.deepEqual(medianInterval(values), { median: (n + 1) / 2, low: k, high: n + 1 - k })
  })
}

test("two values: t on logarithms, symmetric around the geometric mean", () => {
  // ln 1 and ln e²: mean 1, half-width 12.7062 · √2 / √2
  const { median, low, high } = medianInterval([1, Math.E ** 2])
  assert.equal(median, (1 + Math.E ** 2) / 2)
  assert.ok(Math.abs(Math.log(low) - (1 - 12.7062)) < 1e-9)
  assert.ok(Math.abs(Math.log(high) - (1 + 12.7062)) < 1e-9)
})

test("five values: t on logarithms with four degrees of freedom", () => {
  const { low, high } = medianInterval([-2, -1, 0, 1, 2].map(Math.exp))
  const half = 2.77645 * Math.sqrt(2.5 / 5)
  assert.ok(Math.abs(Math.log(low) + half) < 1e-9 && Math.abs(Math.log(high) - half) < 1e-9)
})

test("values so close that their logarithms are equal still hold their median", () => {
  for (const values of [
    [1e13, 1e13 + 0.002],
    [3e12, 3e12 + 0.0005],
    [7e11, 7e11 + 0.0002],
  ]) {
    const { median, low, high } = medianInterval(values)
    assert.ok(low <= median && median <= high)
  }
})

test("one value, or equal ones, are their own interval", () => {
  assert.deepEqual(medianInterval([5]), { median: 5, low: 5, high: 5 })
  assert.deepEqual(medianInterval([0.1, 0.1, 0.1]), { median: 0.1, low: 0.1, high: 0.1 })
})

test("zeros give no NaN and nothing below zero", () => {
  assert.deepEqual(medianInterval([0, 0]), { median: 0, low: 0, high: 0 })
  const { median, low, high } = medianInterval([0, 10, 20])
  assert.ok(median === 10 && low === 0 && high > 20)
})

test("only locate takes negative values; nobody takes none, or NaN", () => {
  assert.equal(locate([-3, -1, -2]).median, -2)
  assert.throws(() => medianInterval([-1, 2]), /negative/)
  for (const values of [[], [1, Number.NaN], [Number.POSITIVE_INFINITY]]) {
    assert.throws(() => medianInterval(values), /finite/)
  }
})

test("at least 95 % of intervals hold the true median, from 6 values on", () => {
  let state = 12345
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
  const trials = 4000
  let held = 0
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = medianInterval(Array.from({ length: 12 }, () => random() ** 3))
    if (low <= 0.125 && 0.125 <= high) held++
  }
  assert.ok(held / trials > 0.94, `${held} of ${trials}`)
})

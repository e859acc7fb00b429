import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { signedRank, smallestSignedRankP } from "./signed-rank.ts"

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`)

/** Differences of the sizes 1 to n, those named being negative. */
const withNegatives = (n: number, negative: readonly number[]): number[] =>
  Array.from({ length: n }, (_, index) => (negative.includes(index + 1) ? -(index + 1) : index + 1))

// Critical values of the smaller rank sum at 5 %, two-sided: Wilcoxon and Wilcox, "Some Rapid Approximate Statistical
// Procedures" (1964), as printed in textbooks. At the value p is at most 5 %, one above it no longer.
for (const [n, critical] of [
  [6, 0],
  [7, 2],
  [8, 3],
  [9, 5],
  [10, 8],
  [12, 13],
  [15, 25],
  [20, 52],
  [25, 89],
] as const) {
  test(`${n} pairs: a rank sum of ${critical} is significant at 5 %, ${critical + 1} is not`, () => {
    assert.ok(signedRank(withSum(n, critical)) <= 0.05)
    assert.ok(signedRank(withSum(n, critical + 1)) > 0.05)
  })
}

/** Differences 1 to n with signs such that the negative ranks sum to `total`. */
function withSum(n: number, total: number): number[] {
  const negative: number[] = []
  for (let [rank, left] = [n, total]; rank >= 1; rank--) {
    if (rank > left) continue
    negative.push(rank)
    left -= rank
  }
  return withNegatives(n, negative)
}

test("Darwin's maize: p as SciPy documents it for scipy.stats.wilcoxon", () => {
  // Fisher, "The Design of Experiments" (1935): cross- less self-fertilised height in eighths of an inch
  const heights = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
  near(signedRank(heights), 0.041259765625)
})

test("depression scores: p as R documents it for wilcox.test", () => {
  // Hollander and Wolfe (1973), p. 29: V = 40 of n = 9, one-sided p = 0.01953
  const first = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  near(signedRank(first.map((x, i) => x - (second[i] as number))), 0.0390625)
})

test("with 5 pairs nothing is significant: the smallest p is 0.0625; with 6 it is 0.03125", () => {
  near(signedRank([1, 2, 3, 4, 5]), 0.0625)
  near(signedRank([1, 2, 3, 4, 5, 6]), 0.03125)
  for (const n of [1, 2, 5, 12, 40]) near(signedRank(withNegatives(n, [])), smallestSignedRankP(n))
})

/** By trying every choice of signs. */
function byEnumeration(differences: readonly number[]): number {
  const changes = differences.filter((d) => d !== 0)
  const size = (d: number) => Math.abs(d)
  const rank = (d: number) =>
    changes.filter((e) => size(e) < size(d)).length +
    (changes.filter((e) => size(e) === size(d)).length + 1) / 2
  const ranks = changes.map(rank)
  const sumOf = (isPositive: (index: number) => boolean) =>
    ranks.reduce((total, each, index) => total + (isPositive(index) ? each : 0), 0)
  const observed = sumOf((index) => (changes[index] as number) > 0)
  const all = Array.from({ length: 2 ** ranks.length }, (_, signs) =>
    sumOf((index) => ((signs >> index) & 1) === 1),
  )
  const share = (holds: (total: number) => boolean) => all.filter(holds).length / all.length
  return Math.min(
    1,
    2 *
      Math.min(
        share((total) => total <= observed),
        share((total) => total >= observed),
      ),
  )
}

test("ties and zeros: exact for the mean ranks at hand, zeros left out", () => {
  const differences = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 8 })
  fc.assert(fc.property(differences, (ds) => near(signedRank(ds), byEnumeration(ds))))
  near(signedRank([0, 0]), 1)
})

test("direction does not matter", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 60 }), (ds) => {
      near(signedRank(ds.map((d) => -d)), signedRank(ds))
    }),
  )
})

test("above 50 pairs the normal approximation goes on where the exact distribution ended", () => {
  // SciPy 1.17: wilcoxon(d, mode="approx", correction=True) and, for 50, mode="exact"
  const skewed = (n: number) => Array.from({ length: n }, (_, i) => (i % 3 === 0 ? -(i + 1) : i + 1))
  near(signedRank(skewed(50)), 0.03996834652842374)
  near(signedRank(skewed(60)), 0.016901653275967533, 1e-7)
})

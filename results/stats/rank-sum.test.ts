import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { rankSum, smallestRankSumP } from "./rank-sum.ts"

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`)

const upTo = (n: number, value = (index: number): number => index): number[] =>
  Array.from({ length: n }, (_, i) => value(i))

/** Two samples of n without ties in which b falls below a `u` times. */
function withU(n: number, u: number): [a: number[], b: number[]] {
  const a = upTo(n, (i) => i + 1)
  const [whole, rest] = [Math.floor(u / n), u % n]
  const below = upTo(n, (j) => (j < whole ? 0.5 + j / 100 : j === whole ? n - rest + 0.6 : n + 1 + j))
  return [a, below]
}

// Critical values of U at 5 %, two-sided (Mann and Whitney 1947; Auble 1953), as printed in textbooks.
for (const [n, critical] of [
  [4, 0],
  [5, 2],
  [6, 5],
  [8, 13],
  [10, 23],
  [12, 37],
  [20, 127],
] as const) {
  test(`${n} against ${n}: U = ${critical} is significant at 5 %, ${critical + 1} is not`, () => {
    assert.ok(rankSum(...withU(n, critical)) <= 0.05)
    assert.ok(rankSum(...withU(n, critical + 1)) > 0.05)
  })
}

test("permeability of membranes: p as R documents it for wilcox.test", () => {
  // Hollander and Wolfe (1973), p. 69: W = 35, one-sided p = 0.1272
  const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
  const earlier = [1.15, 0.88, 0.9, 0.74, 1.21]
  near(rankSum(atTerm, earlier), 0.2544122544122544)
})

test("age at diagnosis: p as SciPy documents it for scipy.stats.mannwhitneyu", () => {
  near(rankSum([19, 22, 16, 29, 24], [20, 11, 17, 12]), 1 / 9)
})

test("3 blocks against 3 are never significant: the smallest p is 0.1; 4 against 4 may be", () => {
  near(rankSum([1, 2, 3], [4, 5, 6]), 0.1)
  near(rankSum([1, 2, 3, 4], [5, 6, 7, 8]), 2 / 70)
  for (const [n, m] of [
    [1, 1],
    [3, 5],
    [12, 12],
  ] as const) {
    const above = upTo(m, (i) => n + i)
    near(rankSum(upTo(n), above), smallestRankSumP(n, m))
  }
})

/** By trying every choice of so many positions. */
function byEnumeration(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b]
  const wins = (chosen: readonly boolean[]) =>
    all.reduce(
      (total, x, i) =>
        total +
        all.reduce((sum, y, j) => sum + (chosen[i] && !chosen[j] ? (x > y ? 1 : x === y ? 0.5 : 0) : 0), 0),
      0,
    )
  const choices = upTo(2 ** all.length)
    .map((bits) => all.map((_, i) => ((bits >> i) & 1) === 1))
    .filter((chosen) => chosen.filter(Boolean).length === a.length)
  const totals = choices.map(wins)
  const observed = wins(all.map((_, i) => i < a.length))
  const share = (holds: (total: number) => boolean) => totals.filter(holds).length / totals.length
  return Math.min(
    1,
    2 *
      Math.min(
        share((total) => total <= observed),
        share((total) => total >= observed),
      ),
  )
}

test("ties: exact for the mean ranks at hand", () => {
  const sample = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 })
  fc.assert(fc.property(sample, sample, (a, b) => near(rankSum(a, b), byEnumeration(a, b))))
})

test("which sample comes first does not matter", () => {
  const sample = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 30 })
  fc.assert(fc.property(sample, sample, (a, b) => near(rankSum(a, b), rankSum(b, a), 1e-9)))
})

test("above 50 values the normal approximation goes on where the exact distribution ended", () => {
  // SciPy 1.17: mannwhitneyu with method="exact", and "asymptotic" with its continuity correction
  const shifted = (n: number) => upTo(n, (i) => i + 6.5)
  near(rankSum(upTo(25), shifted(25)), 0.00549521438434097)
  near(rankSum(upTo(30), shifted(28)), 0.025552961796428724, 1e-7)
  near(
    rankSum(
      upTo(30, (i) => Math.floor(i / 3)),
      upTo(28, (i) => Math.floor(i / 2)),
    ),
    0.06213267348111228,
    2e-7,
  )
})

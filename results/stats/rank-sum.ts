/**
 * The rank-sum test for two samples that are not paired: does one tend to larger values?
 *
 * Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947); F. Wilcoxon (1945). Equal values
 * share their mean rank. The distribution is exact for the ranks at hand, ties included, up to 50 values in all, and
 * normal with a continuity correction above.
 */
import { doubledMidranks } from "./midranks.ts"
import { sum } from "./sum.ts"
import { exactTwoSided, normalTwoSided } from "./tail-probability.ts"

const MOST_EXACT = 50

/** The two-sided p-value. */
export function rankSum(a: readonly number[], b: readonly number[]): number {
  const ranks = doubledMidranks([...a, ...b])
  const observed = sum(ranks.slice(0, a.length))
  if (ranks.length <= MOST_EXACT) return exactTwoSided(sumsOfChoices(ranks, a.length), observed)
  const mean = sum(ranks) / ranks.length
  const spread = sum(ranks.map((rank) => (rank - mean) ** 2))
  const variance = (a.length * b.length * spread) / (ranks.length * (ranks.length - 1))
  return normalTwoSided(observed, a.length * mean, variance, 2)
}

/** What `rankSum` gives when every value of one sample is above all of the other: nothing is less likely. */
export function smallestRankSumP(a: number, b: number): number {
  let choices = 1
  for (let i = 1; i <= a; i++) choices *= (b + i) / i
  return Math.min(1, 2 / choices)
}

/** How many of the choices of `size` ranks give each sum. */
function sumsOfChoices(ranks: readonly number[], size: number): Float64Array {
  const most = sum(ranks)
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1))
  ;(ways[0] as Float64Array)[0] = 1
  for (const rank of ranks) {
    for (let chosen = size; chosen >= 1; chosen--) {
      addShifted(ways[chosen] as Float64Array, ways[chosen - 1] as Float64Array, rank)
    }
  }
  return ways[size] as Float64Array
}

function addShifted(target: Float64Array, source: Float64Array, shift: number): void {
  for (let total = shift; total < target.length; total++) {
    target[total] = (target[total] as number) + (source[total - shift] as number)
  }
}

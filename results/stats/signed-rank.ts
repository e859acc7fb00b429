/**
 * The signed-rank test for pairs: are differences as often, and as far, below zero as above?
 *
 * Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945). Differences of zero
 * are left out, as there; equal ones share their mean rank. The distribution is exact for the ranks at hand, ties
 * included, up to 50 differences, and normal with a continuity correction above, as in R's wilcox.test.
 */
import { doubledMidranks } from "./midranks.ts"
import { sum } from "./sum.ts"
import { exactTwoSided, normalTwoSided } from "./tail-probability.ts"

const MOST_EXACT = 50

/** The two-sided p-value; 1 where no difference is left. */
export function signedRank(differences: readonly number[]): number {
  const changes = differences.filter((difference) => difference !== 0)
  const ranks = doubledMidranks(changes.map(Math.abs))
  const positive = sum(ranks.filter((_, index) => (changes[index] as number) > 0))
  if (ranks.length <= MOST_EXACT) return exactTwoSided(sumsOfSubsets(ranks), positive)
  const variance = sum(ranks.map((rank) => rank * rank)) / 4
  return normalTwoSided(positive, sum(ranks) / 2, variance, 2)
}

/** What `signedRank` gives when all of `pairs` differences have one sign: nothing is less likely. */
export const smallestSignedRankP = (pairs: number): number => Math.min(1, 2 ** (1 - pairs))

/** How many of the 2ⁿ choices of signs give each sum of positive ranks. */
function sumsOfSubsets(ranks: readonly number[]): Float64Array {
  const ways = new Float64Array(sum(ranks) + 1)
  ways[0] = 1
  for (const rank of ranks) {
    for (let total = ways.length - 1; total >= rank; total--) {
      ways[total] = (ways[total] as number) + (ways[total - rank] as number)
    }
  }
  return ways
}

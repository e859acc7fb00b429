/**
 * How many times one time is another, judged by blocks: on logarithms, where twice as slow and twice as fast are
 * equally far from no change.
 *
 * From 6 blocks on the interval is the bootstrap's. It holds the truth in about 95 % of cases from then on (92 to 99 %
 * as the number of blocks goes, by simulation); of fewer blocks even the smallest and the largest do not. There it is
 * Student's t; for samples that are not paired with the degrees of freedom of the smaller one, which is too wide
 * rather than too narrow.
 */
import { bootstrapMedian, differenceInterval, type Interval, percentileInterval } from "./bootstrap-median.ts"
import { locate } from "./median-interval.ts"
import { rankSum, smallestRankSumP } from "./rank-sum.ts"
import { signedRank, smallestSignedRankP } from "./signed-rank.ts"
import { studentT95 } from "./student-t.ts"
import { mean, sum } from "./sum.ts"

/** ln of the ratio with its 95 % interval, and the test that it is 0. */
export type LogRatio = Interval & {
  readonly median: number
  /** Two-sided. */
  readonly p: number
  /** What `p` would be if all blocks agreed: nothing smaller can come of so few. */
  readonly smallestP: number
}

const ENOUGH_FOR_BOOTSTRAP = 6

/**
 * From blocks in which both ran: median, bootstrap or t, and the signed-rank test.
 *
 * @param differences - ln(head) − ln(base) of each block, 2 or more
 */
export function pairedLogRatio(differences: readonly number[]): LogRatio {
  const n = differences.length
  const { median, ...student } = locate(differences)
  const interval = n < ENOUGH_FOR_BOOTSTRAP ? student : percentileInterval(bootstrapMedian(differences))
  return { median, ...interval, p: signedRank(differences), smallestP: smallestSignedRankP(n) }
}

/**
 * From blocks of two runs, of which none has to do with another: difference of the medians, bootstrap or t, and the
 * rank-sum test.
 *
 * @param base - ln of each block's value, 2 or more
 * @param head - the same of the other run
 */
export function unpairedLogRatio(base: readonly number[], head: readonly number[]): LogRatio {
  const fewest = Math.min(base.length, head.length)
  const median = locate(head).median - locate(base).median
  const { low, high } =
    fewest < ENOUGH_FOR_BOOTSTRAP
      ? studentInterval(base, head)
      : differenceInterval(bootstrapMedian(base), bootstrapMedian(head))
  return {
    median,
    low: Math.min(low, median), // that of means may lie beside the median
    high: Math.max(high, median),
    p: rankSum(base, head),
    smallestP: smallestRankSumP(base.length, head.length),
  }
}

function studentInterval(base: readonly number[], head: readonly number[]): Interval {
  const difference = mean(head) - mean(base)
  const error = Math.sqrt(variance(base) / base.length + variance(head) / head.length)
  const half = error * studentT95(Math.min(base.length, head.length) - 1)
  return { low: difference - half, high: difference + half }
}

function variance(values: readonly number[]): number {
  const center = mean(values)
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - 1)
}

/**
 * The middle of a few block values and how far it can be trusted.
 *
 * From 6 values on, the interval lies between two of the values (order statistics): it holds the true median with
 * at least 95 % whatever the distribution. Below 6 that cannot be had: even the smallest and the largest of 5
 * values miss the median with 2 · 2⁻⁵ = 6.25 %. There we assume a distribution instead: Student's t, for times on
 * their logarithms, since times are skewed and multiply. A single value has no interval.
 */
import type { Sampled } from "../schema.ts"
import { studentT95 } from "./student-t.ts"

export const ENOUGH_FOR_ORDER_STATISTICS = 6

/**
 * Median and 95 % interval of values that cannot be negative, in their own unit. With 2 to 5 values t is taken on
 * logarithms, or on the values as they are when one of them is zero.
 *
 * @throws Error when there is no value, or one is negative or not finite
 */
export function medianInterval(values: readonly number[]): Sampled {
  if (values.some((value) => value < 0)) throw new Error("a measured value is negative")
  const plain = locate(values)
  if (values.length >= ENOUGH_FOR_ORDER_STATISTICS || values.includes(0)) {
    return { ...plain, low: Math.max(0, plain.low) }
  }
  const log = locate(values.map(Math.log))
  return around(plain.median, Math.exp(log.low), Math.exp(log.high), values)
}

/**
 * Median and 95 % interval on the scale the values have; they may be negative.
 *
 * @throws Error when there is no value, or one is not finite
 */
export function locate(values: readonly number[]): Sampled {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new Error("needs one or more finite values")
  const sorted = [...values].sort((a, b) => a - b)
  const median = (at(sorted, (sorted.length - 1) >> 1) + at(sorted, sorted.length >> 1)) / 2
  const [low, high] =
    sorted.length >= ENOUGH_FOR_ORDER_STATISTICS ? orderStatistics(sorted) : studentInterval(sorted)
  return around(median, low, high, sorted)
}

/** Widened to hold the median, which logarithms may miss by rounding; equal values give no width. */
function around(median: number, low: number, high: number, values: readonly number[]): Sampled {
  if (values.every((value) => value === values[0])) return { median, low: median, high: median }
  return { median, low: Math.min(low, median), high: Math.max(high, median) }
}

/** The narrowest pair (k-th smallest, k-th largest) that misses the median with at most 5 %: 2 · P(Bin(n, ½) < k). */
function orderStatistics(sorted: readonly number[]): [number, number] {
  const n = sorted.length
  let k = 0
  let logProbability = n * Math.log(0.5) // of more than 1074 values 0.5 ** n is 0, and no sum of it would ever end
  for (let tail = Math.exp(logProbability); 2 * tail <= 0.05; tail += Math.exp(logProbability)) {
    k += 1
    logProbability += Math.log((n - k + 1) / k)
  }
  return [at(sorted, k - 1), at(sorted, n - k)]
}

function studentInterval(values: readonly number[]): [number, number] {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n === 1) return [mean, mean]
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  const half = studentT95(n - 1) * Math.sqrt(variance / n)
  return [mean - half, mean + half]
}

function at(values: readonly number[], index: number): number {
  const value = values[index]
  if (value === undefined) throw new Error(`no value at ${index}`)
  return value
}

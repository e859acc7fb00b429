/** A cost as a power of the size of the group: the straight line through its logarithms. */
import { mean, sum } from "./sum.ts"

export type Point = { readonly x: number; readonly y: number }

/** y = coefficient · x^exponent. */
export type PowerFit = {
  readonly exponent: number
  readonly coefficient: number
  /** The share of the variance of ln y that it explains. */
  readonly r2: number
  /**
   * The least and the greatest exponent between two neighbouring sizes, with the fitted one between them: how far the
   * points are from following one power. No error of measurement: exact counts have none.
   */
  readonly between: { readonly low: number; readonly high: number }
}

const ENOUGH_SIZES = 3
/** A constant has no variance to explain; rounding of the logarithms must not show as a bad fit. */
const NO_VARIANCE = 1e-12

/**
 * Least squares on logarithms.
 *
 * @param points - one a size
 * @returns undefined when there are fewer than 3 distinct x, or any x or y is not greater than 0
 */
export function fitPower(points: readonly Point[]): PowerFit | undefined {
  if (distinctSizes(points) < ENOUGH_SIZES || points.some(({ x, y }) => !(x > 0 && y > 0))) return undefined
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))
  const [meanX, meanY] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))]
  const sxx = sum(logs.map(({ x }) => (x - meanX) ** 2))
  const sxy = sum(logs.map(({ x, y }) => (x - meanX) * (y - meanY)))
  const syy = sum(logs.map(({ y }) => (y - meanY) ** 2))
  const exponent = sxy / sxx
  const r2 = syy < NO_VARIANCE ? 1 : sxy ** 2 / (sxx * syy)
  return { exponent, coefficient: Math.exp(meanY - exponent * meanX), r2, between: between(logs, exponent) }
}

/** The fitted exponent is a weighted mean of those between neighbours; it is put in against rounding. */
function between(logs: readonly Point[], exponent: number): PowerFit["between"] {
  const sorted = logs.toSorted((a, b) => a.x - b.x)
  const slopes = sorted.slice(1).flatMap((point, index) => {
    const before = sorted[index] as Point
    return point.x === before.x ? [] : [(point.y - before.y) / (point.x - before.x)]
  })
  return { low: Math.min(exponent, ...slopes), high: Math.max(exponent, ...slopes) }
}

export function distinctSizes(points: readonly Point[]): number {
  return new Set(points.map(({ x }) => x)).size
}

/** Two-sided p-values of rank statistics. */
import { normalTail } from "./normal.ts"

/**
 * Twice the smaller tail, `observed` in it, of an exact distribution.
 *
 * @param distribution - at each whole number from 0 on, its weight; weights need not sum to 1
 */
export function exactTwoSided(distribution: Float64Array, observed: number): number {
  const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0)
  const below = sum(distribution.subarray(0, observed + 1))
  const above = sum(distribution.subarray(observed))
  return Math.min(1, (2 * Math.min(below, above)) / sum(distribution))
}

/** The same from a normal distribution, for a statistic of which every `step`-th whole number is possible. */
export function normalTwoSided(observed: number, mean: number, variance: number, step: number): number {
  const distance = Math.max(0, Math.abs(observed - mean) - step / 2)
  return variance === 0 ? 1 : Math.min(1, 2 * normalTail(distance / Math.sqrt(variance)))
}

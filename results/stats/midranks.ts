/**
 * Twice the rank of each value from the smallest, 1, on; equal values share the mean of their ranks. Twice, so that
 * shared ranks are whole numbers too.
 */
export function doubledMidranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return values.map((value) => sorted.indexOf(value) + sorted.lastIndexOf(value) + 2)
}

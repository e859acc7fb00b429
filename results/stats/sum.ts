export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** @param values - one or more */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

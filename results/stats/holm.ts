/**
 * p-values of one family, raised so that the chance of even one false finding in it stays what was asked for.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 *
 * @returns adjusted p-values in the order of `pValues`; one below 5 % is a finding at 5 %
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length)
  let largest = 0
  for (const [rank, { p, index }] of ascending(pValues).entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)))
    adjusted[index] = largest
  }
  return adjusted
}

const ascending = (pValues: readonly number[]) =>
  pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)

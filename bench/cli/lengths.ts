/** Lengths on paper, as a user writes them. */
import { UsageError } from "./failure.ts"

/** Points in each unit; a pixel is that of CSS, 96 to the inch. */
const POINTS: Readonly<Record<string, number>> = { mm: 72 / 25.4, in: 72, px: 72 / 96 }

/**
 * @param text - a number and its unit, without a space: `84mm`, `3.3in`, `320px`
 * @param limits - written in the same way
 * @returns points, 72 to the inch
 * @throws UsageError
 */
export function lengthInPoints(
  option: string,
  text: string,
  limits: { readonly from: string; readonly to: string },
): number {
  const points = measured(text)
  const isInside = points >= measured(limits.from) && points <= measured(limits.to)
  if (isInside) return points
  throw new UsageError(
    `${option} "${text}": a number with mm, in or px, such as 84mm, from ${limits.from} to ${limits.to}`,
  )
}

/** Not a number where it is none of these. */
function measured(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(mm|in|px)$/.exec(text) ?? []
  return Number(number) * (POINTS[unit] ?? Number.NaN)
}

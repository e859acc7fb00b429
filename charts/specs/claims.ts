/** Lines for what a protocol is said to cost, beside what was counted. */
import type { Operation } from "../../results/schema.ts"
import { type ClaimedLine, distinct, logDomain, type Point } from "./frame.ts"

const STEPS = 40

/** For the reader of a figure that has such lines. */
export const CLAIMS_NOTE = "Thin lines: what the protocols' cost formulas give."

/**
 * What is claimed for `protocols`, over the whole axis of `sizes`: a line that ran from the first point to the last
 * would hide behind the counts that it agrees with.
 */
export function claimedPoints(
  claimedLine: ClaimedLine,
  protocols: readonly string[],
  { operation, sizes }: { readonly operation: Operation; readonly sizes: readonly number[] },
): readonly Point[] {
  return distinct(protocols).flatMap((protocol) =>
    wholeNumbers(logDomain(sizes)).flatMap((n) => {
      const y = claimedLine(protocol, operation, n) ?? 0
      return y > 0 ? [{ protocol, suite: "claimed", n, y }] : [] // a logarithmic axis has no place for 0
    }),
  )
}

/** Evenly spaced on a logarithmic axis, as far as groups of whole devices can be. */
function wholeNumbers([low, high]: readonly [number, number]): readonly number[] {
  const steps = Array.from({ length: STEPS + 1 }, (_, i) => Math.round(low * (high / low) ** (i / STEPS)))
  return distinct(steps.filter((n) => n >= Math.max(2, low) && n <= high))
}

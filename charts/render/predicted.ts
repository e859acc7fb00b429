/** Columns and words for times that nobody measured. */
import type { Cell, Predicted, ResultDocument } from "../../results/schema.ts"
import { formatNs } from "../../results/units.ts"
import { type Column, NONE } from "./grid.ts"

const column = (heading: string, nsOf: (predicted: Predicted) => number | null): Column<Cell> => ({
  heading,
  align: "right",
  figure: ({ predicted }) => {
    const ns = predicted === undefined ? null : nsOf(predicted)
    return ns === null ? NONE : { text: formatNs(ns) }
  },
})

export const PREDICTED: readonly Column<Cell>[] = [
  column("≈ initiator", ({ initiatorNs }) => initiatorNs),
  column("≈ recipient", ({ recipientNs }) => recipientNs),
  column("≈ group CPU", ({ groupNs }) => groupNs),
]

/** Beside {@link PREDICTED} for operation `add`. */
export const PREDICTED_NEWCOMER = column("≈ newcomer", ({ newcomerNs }) => newcomerNs)

/** Footnote of a run with a price list; empty without one. */
export function predictionNote({ prices }: ResultDocument["run"]): string[] {
  if (prices === undefined) return []
  const { device, overheadShare = 0 } = prices
  const overhead =
    overheadShare === 0
      ? "cryptography alone, nothing for the rest"
      : `${Math.round(overheadShare * 100)} % of the time for what is not cryptography`
  return [`≈ predicted, not measured: exact counts × the price list of ${device}; ${overhead}.`]
}

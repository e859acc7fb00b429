/** Columns and words for times that nobody measured. */
import { PRICED_OPERATIONS } from "../../results/measured-prices.ts"
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

/** Footnotes of a run with a price list; empty without one. */
export function predictionNotes({ run: { prices }, cells }: ResultDocument): string[] {
  if (prices === undefined) return []
  const { device, overheadShare = 0 } = prices
  const overhead =
    overheadShare === 0
      ? "cryptography alone, nothing for the rest"
      : `${Math.round(overheadShare * 100)} % of the time for what is not cryptography`
  const note = `≈ predicted, not measured: exact counts × the price list of ${device}; ${overhead}.`
  if (cells.every(({ predicted }) => predicted !== undefined)) return [note]
  const missing = PRICED_OPERATIONS.filter((operation) => prices.prices[operation] === undefined).join(", ")
  return [note, `${NONE.text} where something was called that is not in that list: ${missing}.`]
}

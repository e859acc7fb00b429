/** Prices of suites, and how well they predict, for the terminal. */
import type { Compared, Errors, HeldOut } from "../../results/held-out.ts"
import { type MeasuredPrices, PRICED_OPERATIONS, type SampledPrice } from "../../results/measured-prices.ts"
import type { PricedOperation } from "../../results/prices.ts"
import type { Sampled } from "../../results/schema.ts"
import { formatCount, formatNs, formatNsInterval, formatShare } from "../../results/units.ts"
import { type Column, type Figure, NONE, table } from "./grid.ts"

type PriceRow = SampledPrice & { readonly operation: PricedOperation }

/** An operation that is always of one size has no price for a byte; nor has one whose sizes cost the same. */
const PRICE_COLUMNS: readonly Column<PriceRow>[] = [
  { heading: "operation", align: "left", figure: ({ operation }) => ({ text: operation }) },
  { heading: "a call", align: "right", figure: ({ fixedNs }) => time(fixedNs) },
  {
    heading: "and a byte",
    align: "right",
    figure: ({ perByteNs }) => (perByteNs.median === 0 ? NONE : time(perByteNs)),
  },
]

const time = (sampled: Sampled): Figure => ({
  text: formatNs(sampled.median),
  aside: formatNsInterval(sampled),
})

const plain = (_style: string, text: string): string => text

/** Lines, the last without a newline. */
export function priceTable({ suite, blocks, prices }: MeasuredPrices): string {
  const rows = PRICED_OPERATIONS.map((operation) => ({ operation, ...prices[operation] }))
  const title = `suite ${suite}: median over ${blocks} block${blocks === 1 ? "" : "s"} [95 % interval], a fresh isolate each`
  return [title, ...table(PRICE_COLUMNS, rows, plain)].join("\n")
}

const COMPARED_COLUMNS: readonly Column<Compared>[] = [
  { heading: "n", align: "right", figure: ({ groupSize }) => ({ text: formatCount(groupSize) }) },
  { heading: "protocol", align: "left", figure: ({ protocol }) => ({ text: protocol }) },
  { heading: "operation", align: "left", figure: ({ operation }) => ({ text: operation }) },
  {
    heading: "counts × prices",
    align: "right",
    figure: ({ cryptographyNs }) => ({ text: formatNs(cryptographyNs) }),
  },
  {
    heading: "with overhead",
    align: "right",
    figure: ({ predictedNs }) => ({ text: formatNs(predictedNs) }),
  },
  { heading: "measured", align: "right", figure: ({ measuredNs }) => ({ text: formatNs(measuredNs) }) },
  {
    heading: "predicted/measured",
    align: "right",
    figure: ({ ratio }) => ({ text: formatShare(ratio) }),
  },
]

/** Lines, the last without a newline. */
export function heldOutTable(suite: string, check: HeldOut): string {
  const { overheadShare, fitted, heldOut, errors, errorsWithoutOverhead } = check
  return [
    `suite ${suite}: group times predicted from counts and prices, against group times measured`,
    `fitted: one overhead of ${percent(overheadShare)} of the time for all cells, the median of these`,
    ...table(COMPARED_COLUMNS, fitted, plain),
    "held out: neither prices nor overhead come from these",
    ...table(COMPARED_COLUMNS, heldOut, plain),
    `error of ${errors.cells} held-out cells: ${inWords(errors)}; without the overhead: ${inWords(errorsWithoutOverhead)}`,
  ].join("\n")
}

const inWords = ({ median, worst }: Errors): string => `median ${percent(median)}, worst ${percent(worst)}`

const percent = (share: number): string => `${Math.round(share * 100)} %`

/**
 * How far predicted times are from measured ones. One overhead share is fitted on the smallest groups; the other
 * cells had no part in it, nor in the prices, so their errors are those to expect of a prediction.
 */
import { predict } from "./predict.ts"
import type { PriceList } from "./prices.ts"
import type { Cell } from "./schema.ts"
import { locate } from "./stats/median-interval.ts"

export type Compared = Pick<Cell, "protocol" | "operation" | "groupSize"> & {
  readonly measuredNs: number
  /** Calls and bytes under the list: no overhead. */
  readonly cryptographyNs: number
  readonly predictedNs: number
  /** Predicted over measured. */
  readonly ratio: number
}

export type Errors = { readonly cells: number; readonly median: number; readonly worst: number }

export type HeldOut = {
  readonly overheadShare: number
  readonly fitted: readonly Compared[]
  readonly heldOut: readonly Compared[]
  /** Of the held-out cells: |predicted / measured − 1|, with the overhead and without it. */
  readonly errors: Errors
  readonly errorsWithoutOverhead: Errors
}

/**
 * Group times of timed cells, predicted and measured. Cells in which the members call nothing are left out: they
 * are overhead alone.
 *
 * @param list - measured on the machine on which the cells were; its own overhead is not used
 * @throws Error when there are no cells of two sizes
 */
export function checkHeldOut(cells: readonly Cell[], list: PriceList): HeldOut {
  const times = cells.flatMap((cell) => timesOf(cell, list))
  const smallest = Math.min(...times.map(({ groupSize }) => groupSize))
  const isFitted = ({ groupSize }: Times) => groupSize === smallest
  const overheadShare = fitOverhead(times.filter(isFitted))
  const compare = (time: Times): Compared => {
    const predictedNs = time.cryptographyNs / (1 - overheadShare)
    return { ...time, predictedNs, ratio: predictedNs / time.measuredNs }
  }
  const heldOut = times.filter((time) => !isFitted(time)).map(compare)
  return {
    overheadShare,
    fitted: times.filter(isFitted).map(compare),
    heldOut,
    errors: errorsOf(heldOut.map(({ ratio }) => ratio)),
    errorsWithoutOverhead: errorsOf(
      heldOut.map(({ cryptographyNs, measuredNs }) => cryptographyNs / measuredNs),
    ),
  }
}

type Times = Omit<Compared, "predictedNs" | "ratio">

function timesOf({ protocol, operation, groupSize, exact, sampled }: Cell, list: PriceList): Times[] {
  const { overheadShare: _, ...bare } = list
  const cryptographyNs = predict(exact, bare)?.groupNs ?? 0
  if (sampled === null || cryptographyNs === 0) return []
  return [{ protocol, operation, groupSize, measuredNs: sampled.groupNs.median, cryptographyNs }]
}

/** The median cell's share of time outside the operations; none where prices already exceed the time. */
function fitOverhead(times: readonly Times[]): number {
  const shares = times.map(({ cryptographyNs, measuredNs }) => 1 - cryptographyNs / measuredNs)
  return Math.max(0, locate(shares).median)
}

function errorsOf(ratios: readonly number[]): Errors {
  const errors = ratios.map((ratio) => Math.abs(ratio - 1))
  return { cells: errors.length, median: locate(errors).median, worst: Math.max(...errors) }
}

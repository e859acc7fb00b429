/**
 * Which figure of a block is compared. The median over its iterations says what an operation costs. Whether code became
 * slower is seen better in the first decile: what disturbs an iteration only ever adds to it, and not all are disturbed.
 */
import { workId } from "../document.ts"
import type { BlockRecord, ResultRecord } from "../schema.ts"
import { ENOUGH_FOR_ORDER_STATISTICS } from "../stats/median-interval.ts"

export type BlockFigure = "first decile" | "median"

type Records = readonly ResultRecord[]

/**
 * The runs with that figure as their times: the decile where all their blocks have it, as files of 0.1 do not. Blocks in
 * which the core was never left alone are left out where their cell has enough others.
 */
export function withSharpestFigure(runs: readonly Records[]): {
  readonly figure: BlockFigure
  readonly runs: readonly Records[]
} {
  const hasDecile = runs.flat().every((record) => record.kind !== "block" || record.firstDecile !== undefined)
  const undisturbed = runs.map(withoutSlowed)
  if (!hasDecile) return { figure: "median", runs: undisturbed }
  return { figure: "first decile", runs: undisturbed.map((records) => records.map(byDecile)) }
}

function withoutSlowed(records: Records): Records {
  const undisturbed = new Map<string, number>()
  for (const record of records)
    if (record.kind === "block" && !record.slowed)
      undisturbed.set(cellId(record), (undisturbed.get(cellId(record)) ?? 0) + 1)
  const hasOthers = (record: BlockRecord) =>
    (undisturbed.get(cellId(record)) ?? 0) >= ENOUGH_FOR_ORDER_STATISTICS
  return records.filter((record) => !(record.kind === "block" && record.slowed && hasOthers(record)))
}

const cellId = (record: BlockRecord): string => workId({ ...record, block: undefined })

const byDecile = (record: ResultRecord): ResultRecord =>
  record.kind === "block" ? ({ ...record, ...record.firstDecile } satisfies BlockRecord) : record

/**
 * Which figure of a block is compared. The median over its iterations says what an operation costs. Whether code became
 * slower is seen better in the first decile: what disturbs an iteration only ever adds to it, and not all are disturbed.
 */
import type { BlockRecord, ResultRecord } from "../schema.ts"

export type BlockFigure = "first decile" | "median"

type Records = readonly ResultRecord[]

/** The runs with that figure as their times: the decile where all their blocks have it, as files of 0.1 do not. */
export function withSharpestFigure(runs: readonly Records[]): {
  readonly figure: BlockFigure
  readonly runs: readonly Records[]
} {
  const hasDecile = runs.flat().every((record) => record.kind !== "block" || record.firstDecile !== undefined)
  if (!hasDecile) return { figure: "median", runs }
  return { figure: "first decile", runs: runs.map((records) => records.map(byDecile)) }
}

const byDecile = (record: ResultRecord): ResultRecord =>
  record.kind === "block" ? ({ ...record, ...record.firstDecile } satisfies BlockRecord) : record

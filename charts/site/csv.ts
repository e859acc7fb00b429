/** The figures of a page as comma-separated values, one a line. */
import { csv } from "../../results/export/csv.ts"
import type { Measure, Row } from "./row.ts"

const NAMES = ["measure", "of", "unit", "protocol", "suite", "groupSize", "value", "low", "high", "healed"]

/** A figure that has no suite or interval leaves them empty; so does `healed` for all but a heal that failed. */
export function rowsAsCsv(rows: readonly Row[], measures: readonly Measure[]): string {
  const units = new Map(measures.map(({ id, unit }) => [id, unit]))
  const lines = rows.map(({ measure, of, protocol, suite, n, y, low, high, unhealed }) => {
    const about = [measure, of, units.get(measure), protocol, suite, n]
    return [...about, y, low, high, unhealed ? "no" : undefined]
  })
  return csv({ names: NAMES, rows: lines })
}

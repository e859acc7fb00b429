/** How costs grow, as tables: the claim, whether the counts keep it, and the curve that they follow. */
import type { GrowthRow } from "../../results/growth.ts"
import { COUNTS, fitOf, formulasOf, MEASURES, timesOf } from "../render/growth-table.ts"
import { type Column, foldable, table } from "./html.ts"
import { placeOf, text } from "./tables.ts"

const COLUMNS: readonly Column[] = [
  text("Protocol"),
  text("Of"),
  text("Claimed"),
  text("Formula"),
  text("Counts"),
  text("Fitted to counts"),
  text("Times"),
]

/** One for each operation; empty where nothing was counted. */
export function growthTables(rows: readonly GrowthRow[]): string {
  if (rows.length === 0) return ""
  const operations = [...new Set(rows.map(({ operation }) => operation))]
  const tables = operations.map((operation) => {
    const own = rows.filter((row) => row.operation === operation)
    const grown = table(`Growth: ${operation}`, COLUMNS, own.map(cellsOf))
    return foldable(operation, grown, placeOf(operation, operations))
  })
  return `${NOTE}\n${tables.join("\n")}`
}

const NOTE = `<div class="muted"><p>Claimed: what the protocol says of itself, n devices before the operation. Counts: whether all
messages, deliveries and rounds, or public-key calls, are what the formulas give. Fitted: to messages and bytes uploaded, and
to calls of suite operations by the whole group; in brackets the least and the greatest power between two neighbouring sizes.
Times: a power of n through the group’s times with its 95 % interval over blocks, only shown.</p></div>`

function cellsOf(row: GrowthRow): string[] {
  const { protocol, measure, claimed, counts } = row
  const theory = [claimed ?? "–", formulasOf(row), COUNTS[counts].text]
  return [protocol, MEASURES[measure], ...theory, fitOf(row), timesOf(row)]
}

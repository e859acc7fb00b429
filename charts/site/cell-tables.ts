/** Every number of some cells of a run, under headings of the fourth level. */
import type { ResultDocument } from "../../results/schema.ts"
import { exactTables, predictedTables, timeTables } from "./tables.ts"

export function cellTables(document: ResultDocument): string {
  const tables = [
    ["Exact counts", exactTables(document)],
    ["CPU times", timeTables(document)],
    ["CPU times predicted from counts and a price list, not measured", predictedTables(document)],
  ]
  return tables
    .filter(([, markup]) => markup !== "")
    .map(([title, markup]) => `<h4>${title}</h4>\n${markup}`)
    .join("\n")
}

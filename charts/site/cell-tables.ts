/** Every number of some cells of a run, under headings of the fourth level. */
import type { GrowthRow } from "../../results/growth.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { growthTables } from "./growth-tables.ts"
import { exactTables, predictedTables, timeTables } from "./tables.ts"

const COUNTS_NOTE = `<div class="muted"><p>n: devices before the operation. Two-party: ciphertexts for one recipient. Broadcasts:
uploaded once, fanned out by the server. Welcomes: uploaded once for those who join. Deliveries: copies handed to recipients.
Rounds: waves that have to follow one another. State: bytes that a member keeps afterwards.</p></div>`

/** @param growth - of the same cells */
export function cellTables(document: ResultDocument, growth: readonly GrowthRow[]): string {
  const tables = [
    ["Cost formulas, and whether the counts keep them", growthTables(growth)],
    ["Exact counts", exactTables(document) && `${COUNTS_NOTE}\n${exactTables(document)}`],
    ["CPU times", timeTables(document)],
    ["CPU times predicted from counts and a price list, not measured", predictedTables(document)],
  ]
  return tables
    .filter(([, markup]) => markup !== "")
    .map(([title, markup]) => `<h4>${title}</h4>\n${markup}`)
    .join("\n")
}

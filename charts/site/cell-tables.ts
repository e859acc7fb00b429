/** Every number of some cells of a run, under headings of the fourth level. */
import type { GrowthRow } from "../../results/growth.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { growthTables } from "./growth-tables.ts"
import { exactTables, predictedTables, timeTables } from "./tables.ts"

const COUNTS_NOTE = `<div class="muted"><p>n: devices before the operation. Messages: what members upload, each once, to one
recipient, to all (broadcasts) or to those who join (welcomes). Ciphertexts inside broadcasts: each for one recipient, part of that
one message. Deliveries: copies handed to recipients. Rounds: one-way trips that have to follow one another. Secrets renewed: members
whose secret for sending was replaced. Delivered: each recipient gets only its own of the ciphertexts inside a broadcast; unsplit: the
server sends all of them to everybody. State: bytes that a member keeps afterwards. Healed: from which round of the heal on the
adversary reads nothing.</p></div>`

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

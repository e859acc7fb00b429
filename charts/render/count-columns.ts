/** The columns of a table of counts: what is uploaded and delivered, and of a heal the verdict on it. */
import { messagesIn } from "../../results/exact.ts"
import type { Cell, Operation } from "../../results/schema.ts"
import { formatBytes, formatCount } from "../../results/units.ts"
import { type Column as GridColumn, column as gridColumn, NONE } from "./grid.ts"

type Column = GridColumn<Cell>
const column = gridColumn<Cell>

const MESSAGES: readonly Column[] = [
  column("messages", ({ exact }) => ({ text: formatCount(messagesIn(exact)) })),
  column("broadcasts", ({ exact }) => ({ text: formatCount(exact.broadcasts) })),
]
/** Ciphertexts inside broadcasts, each for one recipient. */
const INSIDE = column("inside", ({ exact }) => ({ text: formatCount(exact.inBroadcasts) }))
const RENEWED = column("renewed", ({ exact }) => ({ text: formatCount(exact.renewedSecrets) }))
const UNSPLIT = column("unsplit", ({ exact }) => ({ text: formatBytes(exact.bytesDeliveredUnsplit) }))
const TRAFFIC: readonly Column[] = [
  column("deliveries", ({ exact }) => ({ text: formatCount(exact.deliveries) })),
  column("uploaded", ({ exact }) => ({ text: formatBytes(exact.bytesUploaded) })),
  column("delivered", ({ exact }) => ({ text: formatBytes(exact.bytesDelivered) })),
]

/** Columns that would say the same of every cell are left out. */
export function countsOf(cells: readonly Cell[], operation: Operation): readonly Column[] {
  const hasInside = cells.some(({ exact }) => exact.inBroadcasts > 0)
  return [
    ...MESSAGES,
    ...(hasInside ? [INSIDE] : []),
    ...(operation === "update" ? [RENEWED] : []),
    ...TRAFFIC,
    ...(hasInside ? [UNSPLIT] : []),
  ]
}

/** The adversary's verdict. */
export const HEALING: readonly Column[] = [
  column("healed", ({ healing }) => {
    if (healing === undefined) return NONE
    return healing.healed ? { text: "yes" } : { text: "no", style: "red" }
  }),
  column("safe from", ({ healing }) => {
    if (healing === undefined) return NONE
    return {
      text: healing.firstSafeRound === null ? "never" : `round ${healing.firstSafeRound}`,
    }
  }),
  column("readable", ({ healing }) => (healing ? { text: formatCount(healing.readableMessages) } : NONE)),
]

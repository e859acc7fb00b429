/** The columns of a table of counts: what is uploaded and delivered, and of a heal the verdict on it. */
import { messagesIn } from "../../results/exact.ts"
import { type Cell, isHeal, type Operation } from "../../results/schema.ts"
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

const isSplit = ({ exact }: Cell): boolean => exact.inBroadcasts > 0

/** Columns that would say the same of every cell are left out. */
export function countsOf(cells: readonly Cell[], operation: Operation): readonly Column[] {
  const hasInside = cells.some(isSplit)
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

/** What the headings mean, of those that the tables of `cells` have. */
export function countNotes(cells: readonly Cell[]): readonly string[] {
  const [inside, unsplit] = cells.some(isSplit) ? [INSIDE_NOTE, UNSPLIT_NOTE] : ["", ""]
  return [
    `messages: what members upload, answers included: two-party messages, broadcasts and welcomes, each once.${inside} deliveries: copies handed to recipients.`,
    `uploaded: bytes, a broadcast once. delivered: a broadcast once per recipient.${unsplit} Membership notices of the server and prekey bundles are in neither (see --json).`,
    ...(cells.some(({ operation }) => operation === "update") ? [RENEWED_NOTE] : []),
    ...(cells.some(({ operation }) => isHeal(operation)) ? [HEALING_NOTE] : []),
  ]
}

const INSIDE_NOTE =
  " inside: ciphertexts that travel inside a broadcast, each for one recipient; they are part of that message."
const UNSPLIT_NOTE =
  " Of the ciphertexts inside it each recipient gets only its own; unsplit: if the server sends all of them to everybody."
const RENEWED_NOTE = "renewed: members whose secret for sending is replaced."
const HEALING_NOTE =
  "healed: whether an adversary with the stolen state reads nothing any more. safe from: the first round of the heal from" +
  " which on it reads nothing (list names the rounds). readable: packets of the heal that it opened."

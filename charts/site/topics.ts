/** What the site has a page of figures about: each operation, and throughput. */
import { isHeal, OPERATIONS, type Operation, type ResultDocument } from "../../results/schema.ts"
import { operationsOf } from "../specs/frame.ts"
import { OPERATION_MEASURES, operationRows, WHOSE } from "./operation-measures.ts"
import type { Choice, Measure, Row } from "./row.ts"
import { THROUGHPUT_MEASURES, threadChoices, throughputRows } from "./throughput-measures.ts"

export type Topic = {
  readonly slug: Operation | "throughput"
  readonly title: string
  /** What happens, from the first step to the last. */
  readonly lead: string
  readonly measures: readonly Measure[]
  readonly whose: readonly Choice[]
  readonly rowsOf: (document: ResultDocument) => readonly Row[]
}

const TEXTS: Readonly<Record<Topic["slug"], { readonly title: string; readonly lead: string }>> = {
  heal: {
    title: "Heal after a theft",
    lead:
      "The first member’s whole state has just been copied. The group takes the fewest steps that make the copy worthless " +
      "without leaving two-party sessions; under periodic-sender-keys nobody notices, and renewals fall due. An adversary " +
      "program with the copy tries the later messages, and decides whether the group has healed.",
  },
  "heal-fresh": {
    title: "Heal over fresh sessions",
    lead:
      "The same theft, but the victim leaves its sessions behind: it opens a fresh one with each other member from a new " +
      "prekey bundle and renews its secret over them, so that the copy cannot read the renewal. Then the others renew where " +
      "their secrets were in the copy too. The bundles are not among the messages.",
  },
  create: {
    title: "Create a group",
    lead: "A group of n devices forms, until every member is able to send. Setting up the sessions is in it.",
  },
  message: {
    title: "Send a message",
    lead: "The first member sends one application message, until all others have read it.",
  },
  add: {
    title: "Add a member",
    lead:
      "The first member adds a device that has published prekeys, until old members and the newcomer are able to " +
      "send.",
  },
  remove: {
    title: "Remove a member",
    lead: "The first member removes the last, until every remaining member is able to send.",
  },
  update: {
    title: "Renew a secret",
    lead:
      "The first member renews its own secret, until all have processed that. Some protocols renew everybody’s with it; " +
      "pairwise has none to renew, and sends an empty message to each.",
  },
  throughput: {
    title: "Throughput of a group",
    lead:
      "Members are dealt to worker threads and speak in turn. Every other member opens every message, and it is " +
      "compared with what was said.",
  },
}

/** What the documents hold anything about; healing first, since it is what sets the protocols apart. */
export function topicsOf(documents: readonly ResultDocument[]): readonly Topic[] {
  const present = OPERATIONS.filter((operation) =>
    documents.some((document) => operationsOf(document).includes(operation)),
  )
  const ordered = [...present.filter(isHeal), ...present.filter((operation) => !isHeal(operation))]
  const hasThroughput = documents.some(({ throughput }) => throughput.length > 0)
  return [...ordered.map(operationTopic), ...(hasThroughput ? [throughputTopic(documents)] : [])]
}

const operationTopic = (operation: Operation): Topic => ({
  slug: operation,
  ...TEXTS[operation],
  measures: OPERATION_MEASURES,
  whose: WHOSE,
  rowsOf: (document) => operationRows(document, operation),
})

const throughputTopic = (documents: readonly ResultDocument[]): Topic => ({
  slug: "throughput",
  ...TEXTS.throughput,
  measures: THROUGHPUT_MEASURES,
  whose: threadChoices(documents),
  rowsOf: throughputRows,
})

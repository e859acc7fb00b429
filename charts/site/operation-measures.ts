/** The figures of an operation: what is measured, and whose it is. */
import { messagesIn } from "../../results/exact.ts"
import {
  type Cell,
  type Exact,
  isHeal,
  type Operation,
  type ResultDocument,
  type Sampled,
} from "../../results/schema.ts"
import { exactCells } from "../specs/frame.ts"
import { publicKeyCalls } from "../specs/primitives.ts"
import { type Choice, type Measure, type Row, scaled, type Value } from "./row.ts"

export const WHOSE = [
  { id: "group", title: "whole group" },
  { id: "member", title: "one member, mean" },
  { id: "initiator", title: "initiator" },
  { id: "recipient", title: "one recipient, mean" },
  { id: "newcomer", title: "newcomer" },
  { id: "largest", title: "largest member" },
] as const satisfies readonly Choice[]

type Whose = (typeof WHOSE)[number]["id"]
type Read = (cell: Cell) => Value | undefined

export type OperationMeasure = Measure & { readonly of: Readonly<Partial<Record<Whose, Read>>> }

const NS_PER_MS = 1e6

const total =
  (read: (exact: Exact) => number): Read =>
  ({ exact }) => ({ y: read(exact) })

/** Of each device that was a member before the operation. */
const share =
  (read: (exact: Exact) => number): Read =>
  ({ exact, groupSize }) => ({ y: read(exact) / groupSize })

type Times = NonNullable<Cell["sampled"]>

const timed =
  (read: (times: Times, cell: Cell) => Sampled | null, unit: (cell: Cell) => number): Read =>
  (cell) => {
    const found = cell.sampled && read(cell.sampled, cell)
    return found === null ? undefined : scaled(found, unit(cell))
  }

const milliseconds = (read: (times: Times) => Sampled | null): Read => timed(read, () => NS_PER_MS)

export const OPERATION_MEASURES: readonly OperationMeasure[] = [
  {
    id: "messages",
    title: "messages",
    axis: "Messages uploaded",
    unit: "count",
    kind: "exact",
    definition:
      "Every packet that a member uploads, once: to one recipient, to the whole group (broadcast) or to newcomers " +
      "(welcome); answers and acknowledgements included. Ciphertexts inside a broadcast are part of that one message. Not counted: copies " +
      "that the server fans out, public keys fetched to open a channel (prekey bundles), and the server’s own notices.",
    of: { group: total(messagesIn), member: share(messagesIn) },
  },
  {
    id: "deliveries",
    title: "deliveries",
    axis: "Copies handed to recipients",
    unit: "count",
    kind: "exact",
    definition:
      "Copies that the server hands out: one for a two-party message, one per recipient of a broadcast or welcome. A " +
      "ciphertext inside a broadcast is no copy of its own.",
    of: { group: total(({ deliveries }) => deliveries), member: share(({ deliveries }) => deliveries) },
  },
  {
    id: "rounds",
    title: "rounds",
    axis: "Rounds",
    unit: "count",
    kind: "exact",
    definition:
      "One-way trips that have to follow one another: members who act without hearing one another share a trip, and an " +
      "answer takes another one.",
    of: { group: total(({ rounds }) => rounds) },
  },
  {
    id: "uploaded",
    title: "bytes uploaded",
    axis: "Bytes uploaded",
    unit: "bytes",
    kind: "exact",
    definition:
      "Every packet once, as its sender hands it to the server. Not counted: transport framing and addresses, and " +
      "prekey bundles.",
    of: {
      group: total(({ bytesUploaded }) => bytesUploaded),
      member: share(({ bytesUploaded }) => bytesUploaded),
      initiator: total(({ bytesUploadedByInitiator }) => bytesUploadedByInitiator),
    },
  },
  {
    id: "delivered",
    title: "bytes delivered",
    axis: "Bytes delivered",
    unit: "bytes",
    kind: "exact",
    definition:
      "Every packet once per recipient, so a broadcast to a group of n counts n − 1 times; of the ciphertexts inside it " +
      "each recipient gets only its own.",
    of: {
      group: total(({ bytesDelivered }) => bytesDelivered),
      member: share(({ bytesDelivered }) => bytesDelivered),
    },
  },
  {
    id: "time",
    title: "CPU time",
    axis: "CPU time (ms)",
    unit: "ms",
    kind: "sampled",
    definition:
      "Time on one core inside the members’ own steps, median over blocks with its 95 % interval. Not counted: " +
      "network, storage, and the forming of the group that the operation runs on.",
    of: {
      group: milliseconds(({ groupNs }) => groupNs),
      member: timed(
        ({ groupNs }) => groupNs,
        ({ groupSize }) => NS_PER_MS * groupSize,
      ),
      initiator: milliseconds(({ initiatorNs }) => initiatorNs),
      recipient: milliseconds(({ recipientNs }) => recipientNs),
      newcomer: milliseconds(({ newcomerNs }) => newcomerNs),
    },
  },
  {
    id: "rate",
    title: "messages per second",
    axis: "Messages per second on one core",
    unit: "perSecond",
    kind: "sampled",
    definition:
      "How many messages the whole group gets through on one core: a second over the CPU time of one message, with " +
      "its sender and all its recipients.",
    of: {
      group: timed(
        ({ messagesPerSecond }) => messagesPerSecond,
        () => 1,
      ),
    },
  },
  {
    id: "calls",
    title: "public-key operations",
    axis: "Public-key operations",
    unit: "count",
    kind: "exact",
    definition:
      "Diffie–Hellman, generation of a key pair, signing, verifying, each counted as one. Not counted: hashes, key " +
      "derivation and symmetric encryption.",
    of: {
      group: total(({ primitives }) => publicKeyCalls(primitives.group)),
      member: share(({ primitives }) => publicKeyCalls(primitives.group)),
      initiator: total(({ primitives }) => publicKeyCalls(primitives.initiator)),
      recipient: total(({ primitives }) => publicKeyCalls(primitives.recipientMean)),
    },
  },
  {
    id: "state",
    title: "state",
    axis: "State of a member afterwards (bytes)",
    unit: "bytes",
    kind: "exact",
    definition:
      "Keys, counters and names that a member keeps after the operation. Not counted: the overhead of containers and " +
      "of a database, and the messages themselves.",
    of: {
      member: total(({ stateBytesMean }) => stateBytesMean),
      largest: total(({ stateBytesMax }) => stateBytesMax),
    },
  },
]

/** Every figure that a document has of an operation. A heal that nobody judged has none. */
export function operationRows(document: ResultDocument, operation: Operation): readonly Row[] {
  return OPERATION_MEASURES.flatMap((measure) => {
    const cells = measure.kind === "exact" ? exactCells(document) : document.cells
    const own = cells.filter((cell) => cell.operation === operation && isJudged(cell))
    return own.flatMap((cell) => rowsOfCell(cell, measure))
  })
}

const isJudged = ({ operation, healing }: Cell): boolean => !isHeal(operation) || healing !== undefined

function rowsOfCell(cell: Cell, { id, kind, of }: OperationMeasure): readonly Row[] {
  const { protocol, groupSize, suite, healing } = cell
  const about = {
    protocol,
    n: groupSize,
    ...(kind === "exact" ? {} : { suite }),
    ...(healing?.healed === false ? { unhealed: true as const } : {}),
  }
  return Object.entries(of).flatMap(([whose, read]) => {
    const value = read(cell)
    return value === undefined ? [] : [{ measure: id, of: whose, ...about, ...value }]
  })
}

/**
 * What a newcomer is told, wholly inside a channel's encryption: the group as its adder knew it, and the adder's
 * chain; records to bytes and back.
 *
 * Source: ePrint 2020/1281 of 2020-10-07, §6.2 (welcome) and §5.1 (current signing keys; signed with the identity).
 * Departure: of the history what is under way.
 */
import { concat, type Key32, utf8 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { decodeFields, decodeList, encodeFields, encodeList, type Fields, required } from "../protobuf.ts"
import type { Id } from "./ids.ts"
import type { Add, Membership, Remove } from "./membership.ts"
import { copyOf, textOf } from "./messages.ts"
import type { GroupState, Peer } from "./state.ts"

/** The group before the add that it tells of. */
export type Welcome = Pick<GroupState, "groupId" | "membership" | "owesUpdate"> & {
  readonly peers: ReadonlyMap<Id, Pick<Peer, "signingKey" | "seen">>
  /** What the adder signed with first, and signs this with. */
  readonly identity: Key32
  /** The adder's, before the add. */
  readonly ratchet: Key32
  /** The control message that all others get, without its signature. */
  readonly add: Uint8Array
}

export type SignedWelcome = Welcome & { readonly signed: Uint8Array; readonly signature: Uint8Array }

const SIGNATURE_LENGTH = 64
/** Group id, identity, ratchet, add, whether an update is owed, peers, adds and removes under way. */
const FIELDS = {
  1: "bytes",
  2: "bytes",
  3: "bytes",
  4: "bytes",
  5: "uint32",
  6: "bytes",
  7: "bytes",
  8: "bytes",
} as const
/** Id, number of its last message, signing key; present for one who was removed. */
const PEER_FIELDS = { 1: "bytes", 2: "uint32", 3: "bytes", 4: "uint32" } as const
/** Message, those who have yet to acknowledge it, the members added or removed, the adder. */
const OPERATION_FIELDS = { 1: "bytes", 2: "bytes", 3: "bytes", 4: "bytes" } as const

const LABEL = utf8("dcgka-bench dcgka welcome v1\0")
export const coveredWelcome = (signed: Uint8Array): Uint8Array => concat(LABEL, signed)

/** All but the signature. */
export function encodeWelcome({ groupId, identity, ratchet, add, ...group }: Welcome): Uint8Array {
  const { membership, peers, owesUpdate } = group
  const { adds, removes } = membership
  return encodeFields([
    groupId,
    identity,
    ratchet,
    add,
    owesUpdate ? 1 : 0,
    encodeList(Array.from(peers, ([id, peer]) => encodePeer(id, peer, membership))),
    encodeList(Array.from(adds, ([key, add]) => encodeAdd(key, add))),
    encodeList(Array.from(removes, ([key, remove]) => encodeRemove(key, remove))),
  ])
}

const encodePeer = (
  id: Id,
  { seen, signingKey }: Pick<Peer, "seen" | "signingKey">,
  { removed }: Membership,
) => encodeFields([utf8(id), seen, signingKey, removed.has(id) ? 1 : undefined])

const encodeAdd = (key: string, { adder, added, awaiting }: Add): Uint8Array =>
  encodeFields([utf8(key), encodeIds(awaiting), encodeIds([added]), utf8(adder)])

const encodeRemove = (key: string, { removed, awaiting }: Remove): Uint8Array =>
  encodeFields([utf8(key), encodeIds(awaiting), encodeIds(removed)])

const encodeIds = (ids: Iterable<Id>): Uint8Array => encodeList(Array.from(ids, utf8))
const decodeIds = (bytes: Uint8Array | undefined): Set<Id> => new Set(decodeList(required(bytes)).map(textOf))

/** @throws ProtocolError `too-short`, `bad-encoding` */
export function decodeWelcome(bytes: Uint8Array): SignedWelcome {
  if (bytes.length < SIGNATURE_LENGTH) throw new ProtocolError("too-short")
  const signed = bytes.subarray(0, -SIGNATURE_LENGTH)
  const fields = decodeFields(signed, FIELDS)
  const peers = decodeList(required(fields.bytes(6))).map((item) => decodeFields(item, PEER_FIELDS))
  return {
    groupId: copyOf(fields.bytes(1), 16),
    identity: copyOf(fields.bytes(2), 32),
    ratchet: copyOf(fields.bytes(3), 32),
    add: required(fields.bytes(4)),
    owesUpdate: required(fields.uint32(5)) !== 0,
    peers: new Map(peers.map((peer) => [idIn(peer), decodePeer(peer)])),
    membership: decodeMembership(peers, fields),
    signed,
    signature: bytes.subarray(-SIGNATURE_LENGTH),
  }
}

const idIn = (peer: Fields): Id => textOf(peer.bytes(1))
const isRemoved = (peer: Fields): boolean => peer.uint32(4) !== undefined

const decodePeer = (peer: Fields): Pick<Peer, "signingKey" | "seen"> => ({
  signingKey: copyOf(peer.bytes(3), 32),
  seen: required(peer.uint32(2)),
})

function decodeMembership(peers: readonly Fields[], fields: Fields): Membership {
  const operations = (list: Uint8Array | undefined) =>
    decodeList(required(list)).map((item) => decodeFields(item, OPERATION_FIELDS))
  return {
    members: new Set(peers.filter((peer) => !isRemoved(peer)).map(idIn)),
    removed: new Set(peers.filter(isRemoved).map(idIn)),
    adds: new Map(operations(fields.bytes(7)).map((add) => [textOf(add.bytes(1)), decodeAdd(add)])),
    removes: new Map(
      operations(fields.bytes(8)).map((remove) => [textOf(remove.bytes(1)), decodeRemove(remove)]),
    ),
  }
}

function decodeAdd(add: Fields): Add {
  const [added] = decodeIds(add.bytes(3))
  return { adder: textOf(add.bytes(4)), added: required(added), awaiting: decodeIds(add.bytes(2)) }
}

const decodeRemove = (remove: Fields): Remove => ({
  removed: decodeIds(remove.bytes(3)),
  awaiting: decodeIds(remove.bytes(2)),
})

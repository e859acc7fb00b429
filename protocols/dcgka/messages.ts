/**
 * Control messages: what every member receives, signed by its author; records to bytes and back.
 *
 * Source: ePrint 2020/1281 of 2020-10-07, §6 (kinds), §5.1 (signatures, fresh signing keys). Departures: the message
 * says how many application messages its author sent before it; secrets that travel with it are signed for by a hash.
 */
import { type Bytes, concat, exactly, type Key32, utf8 } from "../bytes.ts"
import { ProtocolError, unreachable } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import {
  decodeFields,
  decodeList,
  encodeFields,
  encodeList,
  type Fields,
  type FieldValue,
  required,
} from "../protobuf.ts"
import type { DistributionId } from "../sending-chain/messages.ts"
import { type Id, idOf, joiningOf, type MessageId } from "./ids.ts"

/** A member and the key with which it signs first. */
export type Introduction = { readonly id: Id; readonly signingKey: Key32 }

/** `commitment`: the hash with which a secret that travels along is signed for; see `seeds.ts`. */
export type Control =
  | {
      readonly kind: "create"
      readonly groupId: DistributionId
      readonly members: readonly Introduction[]
      readonly commitment: Key32
    }
  /** `signingKey`: what its author signs with from now on. */
  | { readonly kind: "update"; readonly signingKey: Key32; readonly commitment: Key32 }
  | {
      readonly kind: "remove"
      readonly removed: Id
      readonly signingKey: Key32
      readonly commitment: Key32
    }
  | { readonly kind: "add"; readonly added: Introduction; readonly signingKey: Key32 }
  /** With a commitment where a member secret is forwarded. */
  | { readonly kind: "ack"; readonly acked: MessageId; readonly commitment: Key32 | undefined }
  /** With a commitment where the added member is given a chain. */
  | { readonly kind: "add-ack"; readonly acked: MessageId; readonly commitment: Key32 | undefined }

export type ControlMessage = MessageId & {
  /** How many application messages its author sent since its last update secret. */
  readonly spoken: number
  readonly body: Control
}

/** Its byte strings are copies, but for `signed` and `signature`, which are views. */
export type SignedMessage = ControlMessage & { readonly signed: Uint8Array; readonly signature: Uint8Array }

const SIGNATURE_LENGTH = 64
const KINDS = ["create", "update", "remove", "add", "ack", "add-ack"] as const satisfies Control["kind"][]
const FIELDS = {
  /** Index in {@link KINDS}, seq, spoken; how manieth time the author is in the group, where not the first. */
  1: "uint32",
  2: "uint32",
  3: "uint32",
  4: "uint32",
  /** Commitment, new signing key. */
  5: "bytes",
  6: "bytes",
  /** The member removed, added or acknowledged; of the last its seq, of the added its first signing key. */
  7: "bytes",
  8: "uint32",
  9: "bytes",
  /** Group id, members. */
  10: "bytes",
  11: "bytes",
} as const

/** All but the signature: what it covers, together with the group's id. */
export function encodeControl({ author, seq, spoken, body }: ControlMessage): Uint8Array {
  const joining = joiningOf(author)
  const header = [KINDS.indexOf(body.kind), seq, spoken, joining === 1 ? undefined : joining]
  return encodeFields([...header, ...bodyFields(body)])
}

/** Fields 5, 6, … */
function bodyFields(body: Control): FieldValue[] {
  const none = undefined
  switch (body.kind) {
    case "create":
      return [body.commitment, none, none, none, none, body.groupId, encodeIntroductions(body.members)]
    case "update":
      return [body.commitment, body.signingKey]
    case "remove":
      return [body.commitment, body.signingKey, utf8(body.removed)]
    case "add":
      return [none, body.signingKey, utf8(body.added.id), none, body.added.signingKey]
    case "ack":
    case "add-ack":
      return [body.commitment, none, utf8(body.acked.author), body.acked.seq]
    default:
      return unreachable(body)
  }
}

export const withSignature = (signed: Uint8Array, signature: Uint8Array): Uint8Array =>
  concat(signed, signature)

/**
 * @param from - the device that sent it, by the server's word
 * @throws ProtocolError `too-short`, `bad-encoding`
 */
export function decodeSigned(from: MemberId, bytes: Uint8Array): SignedMessage {
  if (bytes.length < SIGNATURE_LENGTH) throw new ProtocolError("too-short")
  const signed = bytes.subarray(0, -SIGNATURE_LENGTH)
  return { ...decodeControl(from, signed), signed, signature: bytes.subarray(-SIGNATURE_LENGTH) }
}

/** @throws ProtocolError `bad-encoding` */
export function decodeControl(from: MemberId, bytes: Uint8Array): ControlMessage {
  const fields = decodeFields(bytes, FIELDS)
  return {
    author: idOf(from, fields.uint32(4) ?? 1),
    seq: required(fields.uint32(2)),
    spoken: required(fields.uint32(3)),
    body: decodeBody(fields),
  }
}

function decodeBody(fields: Fields): Control {
  const kind = required(KINDS[required(fields.uint32(1))])
  switch (kind) {
    case "create": {
      const members = decodeIntroductions(required(fields.bytes(11)))
      return { kind, groupId: copyOf(fields.bytes(10), 16), members, commitment: copyOf(fields.bytes(5), 32) }
    }
    case "update":
      return { kind, signingKey: copyOf(fields.bytes(6), 32), commitment: copyOf(fields.bytes(5), 32) }
    case "remove": {
      const [commitment, signingKey] = [copyOf(fields.bytes(5), 32), copyOf(fields.bytes(6), 32)]
      return { kind, removed: textOf(fields.bytes(7)), signingKey, commitment }
    }
    case "add": {
      const added = { id: textOf(fields.bytes(7)), signingKey: copyOf(fields.bytes(9), 32) }
      return { kind, added, signingKey: copyOf(fields.bytes(6), 32) }
    }
    case "ack":
    case "add-ack": {
      const acked = { author: textOf(fields.bytes(7)), seq: required(fields.uint32(8)) }
      const commitment = fields.bytes(5)
      return { kind, acked, commitment: commitment && copyOf(commitment, 32) }
    }
    default:
      return unreachable(kind)
  }
}

const encodeIntroductions = (members: readonly Introduction[]): Uint8Array =>
  encodeList(members.map(({ id, signingKey }) => concat(signingKey, utf8(id))))

const decodeIntroductions = (bytes: Uint8Array): Introduction[] =>
  decodeList(bytes).map((item) => ({
    id: textOf(item.subarray(32)),
    signingKey: copyOf(item.subarray(0, 32), 32),
  }))

/** @throws ProtocolError `bad-encoding` where the field is absent or of another length */
export function copyOf<N extends number>(bytes: Uint8Array | undefined, length: N): Bytes<N> {
  if (bytes?.length !== length) throw new ProtocolError("bad-encoding")
  return exactly(bytes.slice(), length)
}

/** A name. @throws ProtocolError `bad-encoding` where the field is absent, empty or not UTF-8 */
export function textOf(bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.length === 0) throw new ProtocolError("bad-encoding")
  try {
    return DECODER.decode(bytes)
  } catch (cause) {
    throw new ProtocolError("bad-encoding", { cause })
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

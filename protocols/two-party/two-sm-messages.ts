/**
 * Messages of the channel `2sm`: bytes to records and back.
 *
 * Our own encoding: the paper leaves it open. A byte says which key the message is encrypted to; numbers are
 * varints (7 bits a byte, least significant first), keys their 32 bytes. So a message with a payload of L bytes
 * takes L + 114 to 115 while its numbers are below 128, and the first one of a channel L + 147.
 */
import { concat, type Key32, key32 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"

/** Which key a message is encrypted to, in the clear; the messages of one direction are numbered from 1. */
export type Header =
  /** The recipient's prekeys: always message 1. No one-time prekey where the bundle had none. */
  | {
      readonly kind: "prekey"
      readonly number: 1
      readonly identityKey: Key32
      readonly ephemeral: Key32
      readonly signedPreKeyId: number
      readonly preKeyId: number | undefined
    }
  /** The key that the sender made for the recipient and put into its previous message. */
  | { readonly kind: "made"; readonly number: number }
  /** The key that the recipient announced in its message number `index`. */
  | { readonly kind: "announced"; readonly number: number; readonly index: number }

/** A message as it was read; the byte strings are views of it, keys are copies. */
export type TwoSmMessage<H extends Header = Header> = {
  readonly header: H
  /** The header's bytes, which the encryption authenticates. */
  readonly headerBytes: Uint8Array
  /** What the encryption put out. */
  readonly sealed: Uint8Array
}

const TAGS = { prekey: 0, made: 1, announced: 2 } as const
const NO_PREKEY = 0 // ids count from 1
const UINT32_MAX = 0xffffffff

export function encodeHeader(header: Header): Uint8Array {
  const tag = Uint8Array.of(TAGS[header.kind])
  if (header.kind === "made") return concat(tag, varint(header.number))
  if (header.kind === "announced") return concat(tag, varint(header.number), varint(header.index))
  const { identityKey, ephemeral, signedPreKeyId, preKeyId = NO_PREKEY } = header
  return concat(tag, identityKey, ephemeral, varint(signedPreKeyId), varint(preKeyId))
}

/** @throws ProtocolError `bad-encoding` */
export function decodeMessage(bytes: Uint8Array): TwoSmMessage {
  const reader = new Reader(bytes)
  const header = readHeader(reader)
  return { header, headerBytes: reader.read, sealed: reader.rest }
}

function readHeader(reader: Reader): Header {
  const tag = reader.uint32()
  if (tag === TAGS.made) return { kind: "made", number: reader.uint32() }
  if (tag === TAGS.announced) return { kind: "announced", number: reader.uint32(), index: reader.uint32() }
  if (tag !== TAGS.prekey) throw new ProtocolError("bad-encoding")
  const [identityKey, ephemeral] = [reader.key(), reader.key()]
  const [signedPreKeyId, preKeyId] = [reader.uint32(), reader.uint32() || undefined]
  return { kind: "prekey", number: 1, identityKey, ephemeral, signedPreKeyId, preKeyId }
}

/**
 * What is encrypted, the paper's (m, otherNewSk, nextIndex, myNewPk). The index is the number in the header, which
 * is authenticated: each message announces one key.
 */
export type Tuple = { readonly message: Uint8Array; readonly otherNewSk: Key32; readonly myNewPk: Key32 }

export const encodeTuple = ({ message, otherNewSk, myNewPk }: Tuple): Uint8Array =>
  concat(otherNewSk, myNewPk, message)

/** @throws ProtocolError `bad-encoding` */
export function decodeTuple(bytes: Uint8Array): Tuple {
  const reader = new Reader(bytes)
  return { otherNewSk: reader.key(), myNewPk: reader.key(), message: reader.rest.slice() }
}

/** An HPKE ciphertext behind its ephemeral key. @throws ProtocolError `bad-encoding` */
export function decodeSealed(bytes: Uint8Array): { readonly enc: Key32; readonly ciphertext: Uint8Array } {
  const reader = new Reader(bytes)
  return { enc: reader.key(), ciphertext: reader.rest }
}

/** A uint32: 1 to 5 bytes. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  return Uint8Array.of(...bytes, rest)
}

class Reader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** What was read so far. */
  get read(): Uint8Array {
    return this.#bytes.subarray(0, this.#offset)
  }

  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#offset)
  }

  uint32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#offset++]
      if (byte === undefined) break
      value += (byte & 0x7f) * 2 ** shift
      if (value <= UINT32_MAX && byte < 0x80) return value
    }
    throw new ProtocolError("bad-encoding")
  }

  /** A copy. */
  key(): Key32 {
    const start = this.#offset
    this.#offset += 32
    if (this.#offset > this.#bytes.length) throw new ProtocolError("bad-encoding")
    return key32(this.#bytes.slice(start, this.#offset))
  }
}

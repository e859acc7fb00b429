/**
 * The protobuf wire format, as strictly and as leniently as libsignal reads it.
 *
 * Source: Protocol Buffers, "Encoding" (protobuf.dev). A library does not fit here: @bufbuild/protobuf accepts
 * varints that overflow 64 bits, which libsignal refuses, and these bytes must get the same verdict.
 */
import { concat } from "./bytes.ts"
import { ProtocolError } from "./errors.ts"

/** A uint32 or a byte string; `undefined` fields are left out, zeros are written. */
export type FieldValue = number | Uint8Array | undefined

/** Wire type of each field that a message knows. */
export type FieldTypes = Readonly<Record<number, "uint32" | "bytes">>

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const START_GROUP = 3
const END_GROUP = 4
const FIXED32 = 5
/** Nested unknown groups beyond this are refused. */
const MAX_DEPTH = 100
const NOTHING = new Uint8Array(0)

/** Fields 1, 2, … in ascending order, behind what comes first in the message, as a version byte. */
export function encodeFields(values: readonly FieldValue[], prefix: Uint8Array = NOTHING): Uint8Array {
  const length = values.reduce<number>((sum, value, i) => sum + encodedLength(i + 1, value), prefix.length)
  const bytes = new Uint8Array(length)
  bytes.set(prefix)
  let offset = prefix.length
  for (let i = 0; i < values.length; i++) offset = writeField(bytes, offset, i + 1, values[i])
  return bytes
}

function encodedLength(number: number, value: FieldValue): number {
  if (value === undefined) return 0
  const tagLength = varintLength(number * 8)
  return typeof value === "number"
    ? tagLength + varintLength(value)
    : tagLength + varintLength(value.length) + value.length
}

/** A list of byte strings, as a message in which each is a field 1. */
export const encodeList = (items: readonly Uint8Array[]): Uint8Array =>
  concat(...items.map((item) => encodeFields([item])))

/** @returns the offset after the field */
function writeField(bytes: Uint8Array, offset: number, number: number, value: FieldValue): number {
  if (value === undefined) return offset
  if (typeof value === "number") {
    return writeVarint(bytes, writeVarint(bytes, offset, number * 8 + VARINT), value)
  }
  const start = writeVarint(bytes, writeVarint(bytes, offset, number * 8 + BYTES), value.length)
  bytes.set(value, start)
  return start + value.length
}

/** Bytes of a uint32: 1 to 5. */
function varintLength(value: number): number {
  let length = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++
  return length
}

function writeVarint(bytes: Uint8Array, offset: number, value: number): number {
  let end = offset
  let rest = value >>> 0
  for (; rest > 0x7f; rest >>>= 7) bytes[end++] = (rest & 0x7f) | 0x80
  bytes[end++] = rest
  return end
}

/** The fields of one message, by number; the last occurrence of a field wins. */
export class Fields {
  readonly #values: readonly FieldValue[]

  constructor(values: readonly FieldValue[]) {
    this.#values = values
  }

  uint32(number: number): number | undefined {
    return this.#values[number] as number | undefined
  }

  bytes(number: number): Uint8Array | undefined {
    return this.#values[number] as Uint8Array | undefined
  }
}

/** @throws ProtocolError `bad-encoding` when a required field is absent */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new ProtocolError("bad-encoding")
  return value
}

/**
 * Read a message: unknown fields are skipped. Byte strings are views of `bytes`; who keeps one copies it.
 *
 * @throws ProtocolError `bad-encoding` for truncation, field number 0, an unknown wire type, a known field
 *   with another wire type, unbalanced groups, or a varint beyond 64 bits
 */
export function decodeFields(bytes: Uint8Array, types: FieldTypes): Fields {
  const reader = new Reader(bytes)
  const values: FieldValue[] = []
  while (!reader.atEnd()) {
    const tag = reader.tag()
    const type = types[numberOf(tag)]
    if (type === undefined) reader.skip(tag, 0)
    else if (type === "uint32" && wireTypeOf(tag) === VARINT) values[numberOf(tag)] = reader.uint32()
    else if (type === "bytes" && wireTypeOf(tag) === BYTES) values[numberOf(tag)] = reader.bytes()
    else throw new ProtocolError("bad-encoding")
  }
  return new Fields(values)
}

/**
 * The reverse of {@link encodeList}, as strict as there is nothing else to skip: views of `bytes`.
 *
 * @throws ProtocolError `bad-encoding`
 */
export function decodeList(bytes: Uint8Array): Uint8Array[] {
  const reader = new Reader(bytes)
  const items: Uint8Array[] = []
  while (!reader.atEnd()) {
    if (reader.tag() !== 8 + BYTES) throw new ProtocolError("bad-encoding")
    items.push(reader.bytes())
  }
  return items
}

/** A field as it lies in its message: the tag and where a length follows it also that, then the value. */
export type LaidField = { readonly number: number; readonly head: Uint8Array; readonly value: Uint8Array }

/**
 * Every field of a message in its order, known or not, for who shows the bytes; together they are all of `bytes`.
 *
 * @throws ProtocolError `bad-encoding` as {@link decodeFields}
 */
export function layOut(bytes: Uint8Array): LaidField[] {
  const reader = new Reader(bytes)
  const fields: LaidField[] = []
  while (!reader.atEnd()) fields.push(reader.laidField())
  return fields
}

const numberOf = (tag: number): number => tag >>> 3
const wireTypeOf = (tag: number): number => tag & 7

class Reader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  /** Field number and wire type: 32 bits. */
  tag(): number {
    const tag = this.#varint()
    if (tag > 0xffffffff || numberOf(tag) === 0) throw new ProtocolError("bad-encoding")
    return tag
  }

  /** A varint cut to its low 32 bits. */
  uint32(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#varintByte(shift)
      if (shift < 32) value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }

  bytes(): Uint8Array {
    return this.#take(this.#varint())
  }

  laidField(): LaidField {
    const start = this.#offset
    const tag = this.tag()
    if (wireTypeOf(tag) !== BYTES) {
      const head = this.#bytes.subarray(start, this.#offset)
      return { number: numberOf(tag), head, value: this.#skipped(tag) }
    }
    const value = this.bytes()
    return { number: numberOf(tag), head: this.#bytes.subarray(start, this.#offset - value.length), value }
  }

  /** The bytes that {@link skip} passes over. */
  #skipped(tag: number): Uint8Array {
    const start = this.#offset
    this.skip(tag, 0)
    return this.#bytes.subarray(start, this.#offset)
  }

  skip(tag: number, depth: number): void {
    const wireType = wireTypeOf(tag)
    if (wireType === VARINT) this.#varint()
    else if (wireType === FIXED64) this.#take(8)
    else if (wireType === BYTES) this.#take(this.#varint())
    else if (wireType === FIXED32) this.#take(4)
    else if (wireType === START_GROUP && depth < MAX_DEPTH) this.#skipGroup(numberOf(tag), depth + 1)
    else throw new ProtocolError("bad-encoding")
  }

  #skipGroup(group: number, depth: number): void {
    for (;;) {
      const tag = this.tag()
      if (wireTypeOf(tag) !== END_GROUP) this.skip(tag, depth)
      else if (numberOf(tag) === group) return
      else throw new ProtocolError("bad-encoding")
    }
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#offset) throw new ProtocolError("bad-encoding")
    const start = this.#offset
    this.#offset += length
    return this.#bytes.subarray(start, this.#offset)
  }

  /** Rounded from 2^53 on: such a value is refused or skipped. */
  #varint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#varintByte(shift)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  /** The byte of a varint that adds bits from `shift` on; the tenth has room for one. */
  #varintByte(shift: number): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined || (shift === 63 && byte > 1)) throw new ProtocolError("bad-encoding")
    return byte
  }
}

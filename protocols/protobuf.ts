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

/** Fields 1, 2, … in ascending order. */
export function encodeFields(values: readonly FieldValue[]): Uint8Array {
  return concat(...values.flatMap((value, index) => encodeField(index + 1, value)))
}

function encodeField(number: number, value: FieldValue): Uint8Array[] {
  if (value === undefined) return []
  if (typeof value === "number") return [varint(number * 8 + VARINT), varint(value)]
  return [varint(number * 8 + BYTES), varint(value.length), value]
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value >>> 0
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  return Uint8Array.from([...bytes, rest])
}

/** The fields of one message; the last occurrence of a field wins. */
export class Fields {
  readonly #values: ReadonlyMap<number, number | Uint8Array>

  constructor(values: ReadonlyMap<number, number | Uint8Array>) {
    this.#values = values
  }

  uint32(number: number): number | undefined {
    return this.#values.get(number) as number | undefined
  }

  bytes(number: number): Uint8Array | undefined {
    return this.#values.get(number) as Uint8Array | undefined
  }
}

/** @throws ProtocolError `bad-encoding` when a required field is absent */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new ProtocolError("bad-encoding")
  return value
}

/**
 * Read a message: unknown fields are skipped, byte strings are copied out of `bytes`.
 *
 * @throws ProtocolError `bad-encoding` for truncation, field number 0, an unknown wire type, a known field
 *   with another wire type, unbalanced groups, or a varint beyond 64 bits
 */
export function decodeFields(bytes: Uint8Array, types: FieldTypes): Fields {
  const reader = new Reader(bytes)
  const values = new Map<number, number | Uint8Array>()
  while (!reader.atEnd()) {
    const { number, wireType } = reader.tag()
    const type = types[number]
    if (type === undefined) reader.skip(number, wireType, 0)
    else if (type === "uint32" && wireType === VARINT) values.set(number, reader.uint32())
    else if (type === "bytes" && wireType === BYTES) values.set(number, reader.bytes())
    else throw new ProtocolError("bad-encoding")
  }
  return new Fields(values)
}

class Reader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  tag(): { number: number; wireType: number } {
    const tag = this.#varint()
    const number = Number(tag >> 3n)
    if (tag > 0xffffffffn || number === 0) throw new ProtocolError("bad-encoding")
    return { number, wireType: Number(tag & 7n) }
  }

  /** A varint cut to its low 32 bits. */
  uint32(): number {
    return Number(this.#varint() & 0xffffffffn)
  }

  bytes(): Uint8Array {
    return this.#take(this.#varint()).slice()
  }

  skip(number: number, wireType: number, depth: number): void {
    if (wireType === VARINT) this.#varint()
    else if (wireType === FIXED64) this.#take(8n)
    else if (wireType === BYTES) this.#take(this.#varint())
    else if (wireType === FIXED32) this.#take(4n)
    else if (wireType === START_GROUP && depth < MAX_DEPTH) this.#skipGroup(number, depth + 1)
    else throw new ProtocolError("bad-encoding")
  }

  #skipGroup(group: number, depth: number): void {
    for (;;) {
      const { number, wireType } = this.tag()
      if (wireType !== END_GROUP) this.skip(number, wireType, depth)
      else if (number === group) return
      else throw new ProtocolError("bad-encoding")
    }
  }

  #take(length: bigint): Uint8Array {
    if (length > BigInt(this.#bytes.length - this.#offset)) throw new ProtocolError("bad-encoding")
    const start = this.#offset
    this.#offset += Number(length)
    return this.#bytes.subarray(start, this.#offset)
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#offset++]
      if (byte === undefined || (shift === 63n && byte > 1)) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new ProtocolError("bad-encoding")
  }
}

/** Damages protobuf messages in the ways on which decoders disagree. */
import { concat } from "../bytes.ts"
import { fromHex, type Hex } from "./vector-files.ts"

/** A whole number from 0 to below `limit`. */
export type Draw = (limit: number) => number

/** One field as it is on the wire; all tags of the messages here take one byte. */
type Field = { readonly tag: Uint8Array; readonly body: Uint8Array }

const VARINTS: readonly Hex[] = [
  "00",
  "8000", // longer than needed
  "ffffffff0f", // 2^32 - 1
  "ffffffff1f", // more than 32 bits
  "808080808001", // 2^35: zero when cut to 32 bits
  "ffffffffffffffffff01", // 2^64 - 1
  "ffffffffffffffffff02", // more than 64 bits
  "8080808080808080808000", // eleven bytes
  "80", // unfinished
]

const nested = (depth: number): Hex => "7b".repeat(depth) + "7c".repeat(depth)
const UNKNOWN: readonly Hex[] = [
  "7805", // field 15, varint
  "790102030405060708", // fixed64
  "7a03010203", // bytes
  "7d01020304", // fixed32
  "7b78057c", // group
  "7b7a0301",
  "7b", // group without end
  "7c", // end without group
  "7b8401", // group ended by field 16
  nested(99),
  nested(100),
  nested(101),
  "7e00", // wire types 6 and 7
  "7f00",
  "0001", // field 0
  "0200",
  "f8ffffff0f01", // field 2^29 - 1
  "f8ffffff1f01", // field beyond 29 bits
  "8a8000", // overlong tags
  "f880808080808080800001",
  "7affffffff0f", // length beyond the end
]

type Mutation = (fields: Field[], draw: Draw) => void

const pickOne = <T>(choices: readonly T[], draw: Draw): T => choices[draw(choices.length)] as T
const at = (fields: readonly Field[], draw: Draw): number => draw(fields.length)
const isVarint = ({ tag }: Field): boolean => ((tag[0] as number) & 7) === 0
const raw = (hex: Hex): Field => ({ tag: new Uint8Array(0), body: fromHex(hex) })

function replaceBody(fields: Field[], index: number, body: Uint8Array): void {
  fields[index] = { ...(fields[index] as Field), body }
}

const FIELD_MUTATIONS: readonly Mutation[] = [
  (fields, draw) => fields.splice(at(fields, draw), 1),
  (fields, draw) => fields.splice(at(fields, draw), 0, pickOne(fields, draw)),
  (fields, draw) => fields.splice(at(fields, draw), 0, ...fields.splice(at(fields, draw), 1)),
  (fields, draw) => fields.splice(draw(fields.length + 1), 0, raw(pickOne(UNKNOWN, draw))),
  (fields, draw) => {
    const index = at(fields, draw)
    if (isVarint(fields[index] as Field)) replaceBody(fields, index, fromHex(pickOne(VARINTS, draw)))
  },
  (fields, draw) => {
    const index = at(fields, draw)
    const { tag, body } = fields[index] as Field
    fields[index] = { tag: tag.map((byte) => (byte & 0xf8) | draw(8)), body }
  },
  // A byte string that is one byte longer or shorter, with a length that fits
  (fields, draw) => {
    const index = at(fields, draw)
    const field = fields[index] as Field
    const length = field.body[0]
    if (length === undefined || length > 100 || isVarint(field)) return
    const content = field.body.subarray(1)
    const other = pickOne(
      [content.subarray(1), concat(content, Uint8Array.of(5)), content.subarray(0, 0)],
      draw,
    )
    replaceBody(fields, index, concat(Uint8Array.of(other.length), other))
  },
]

type ByteMutation = (bytes: Uint8Array, draw: Draw) => Uint8Array
const BYTE_MUTATIONS: readonly ByteMutation[] = [
  (bytes, draw) => bytes.slice(0, draw(bytes.length + 1)),
  (bytes, draw) => bytes.with(draw(bytes.length), draw(256)),
  (bytes, draw) => concat(bytes, Uint8Array.of(draw(256))),
]

/** One to three damages to `message`, the fields of a well-formed one. */
export function mutate(message: Uint8Array, draw: Draw): Uint8Array {
  const fields = split(message)
  for (let round = draw(3); round >= 0 && fields.length > 0; round--)
    pickOne(FIELD_MUTATIONS, draw)(fields, draw)
  const bytes = concat(...fields.flatMap(({ tag, body }) => [tag, body]))
  return bytes.length > 0 && draw(4) === 0 ? pickOne(BYTE_MUTATIONS, draw)(bytes, draw) : bytes
}

function split(message: Uint8Array): Field[] {
  const fields: Field[] = []
  for (let start = 0; start < message.length; ) {
    let end = start + 1
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[end++] as number
      length += (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    if (((message[start] as number) & 7) === 2) end += length
    fields.push({ tag: message.slice(start, start + 1), body: message.slice(start + 1, end) })
    start = end
  }
  return fields
}

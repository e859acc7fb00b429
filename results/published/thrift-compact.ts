/**
 * How many bytes Apache Thrift's compact protocol gives to a value, and what they are for. Nothing is encoded.
 *
 * Source: Apache Thrift, doc/specs/thrift-compact-protocol.md (0.13), as far as the DCGKA prototype's structs need it:
 * fields follow each other by less than 16, so a field header is one byte.
 */
import { type Encoded, framing, totalBytes } from "./field-bytes.ts"

/** A boolean field: its value is in the field's header. */
export const BOOL: Encoded = []

export function i32(field: string, value: number): Encoded {
  return [{ field, bytes: varintBytes(zigzag(value)) }]
}

/** Also what a struct becomes that is serialized by itself and put into another's field. */
export function binary(content: Encoded): Encoded {
  return [framing(varintBytes(totalBytes(content))), ...content]
}

/** A list or a set. */
export function list(elements: readonly Encoded[]): Encoded {
  const isShort = elements.length < 15
  return [framing(isShort ? 1 : 1 + varintBytes(elements.length)), ...elements.flat()]
}

/** @param entries - each key with its value */
export function map(entries: readonly Encoded[]): Encoded {
  const isEmpty = entries.length === 0
  return [framing(isEmpty ? 1 : varintBytes(entries.length) + 1), ...entries.flat()]
}

/** @param fields - those that are set */
export function struct(...fields: readonly Encoded[]): Encoded {
  return [...fields.flatMap((field) => [framing(1), ...field]), framing(1)]
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** @param value - not negative; seven bits to a byte */
function varintBytes(value: number): number {
  return value < 0x80 ? 1 : 1 + varintBytes(Math.floor(value / 0x80))
}

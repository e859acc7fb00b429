/** How large a member's state is, independent of engine and container. */

/** A number in a state is an id, a counter or a time; each is counted as it would be stored plainly. */
const NUMBER_BYTES = 8

/**
 * Bytes of all that a state holds: byte strings at their length, text at its UTF-8 length, numbers at 8, truth
 * values at 1. Field names and containers count nothing; map keys do, they are data.
 */
export function stateBytes(value: unknown): number {
  if (value === undefined || value === null) return 0
  if (typeof value === "number" || typeof value === "bigint") return NUMBER_BYTES
  if (typeof value === "boolean") return 1
  if (typeof value === "string") return Buffer.byteLength(value)
  if (value instanceof Uint8Array) return value.length
  return parts(value as object).reduce<number>((sum, part) => sum + stateBytes(part), 0)
}

function parts(value: object): readonly unknown[] {
  if (value instanceof Map) return [...value].flat()
  if (value instanceof Set) return [...value]
  return Object.values(value)
}

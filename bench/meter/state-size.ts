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
  return containedBytes(value as object)
}

function containedBytes(container: object): number {
  let sum = 0
  if (container instanceof Map) {
    for (const [key, item] of container) sum += stateBytes(key) + stateBytes(item)
  } else if (container instanceof Set || Array.isArray(container)) {
    for (const item of container) sum += stateBytes(item)
  } else {
    for (const name in container) sum += stateBytes((container as Record<string, unknown>)[name])
  }
  return sum
}

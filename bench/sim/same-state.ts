/** Whether two states, plain data both, say the same. */
import { equal } from "../../protocols/bytes.ts"

export function sameState(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true // as most of a copy is
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equal(a, b)
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return false
  const [ours, theirs] = [entriesOf(a), entriesOf(b)]
  return (
    ours.length === theirs.length &&
    ours.every(([key, value], index) => {
      const [otherKey, otherValue] = theirs[index] as readonly [unknown, unknown]
      return sameState(key, otherKey) && sameState(value, otherValue)
    })
  )
}

function entriesOf(value: object): (readonly [unknown, unknown])[] {
  if (value instanceof Map) return [...value]
  return value instanceof Set ? [...value].map((item) => [item, item]) : Object.entries(value)
}

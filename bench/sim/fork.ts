/**
 * A copy of a member's state, or of many, that lives on by itself.
 *
 * Records, arrays, maps and sets are copied. Shared is what cannot change: frozen arrays, as rosters are, and byte
 * strings, which in a state are values, replaced and never written into (a test holds every protocol to it).
 * Copying those would take most of the time.
 */
export function fork<T>(value: T): T {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value
  return forkContainer(value) as T
}

function forkContainer(value: object): object {
  if (value instanceof Map) return forkMap(value)
  if (value instanceof Set) return new Set(value)
  if (Array.isArray(value)) return Object.isFrozen(value) ? value : value.map(fork)
  const copy: Record<string, unknown> = { ...value } // of the same shape, which the engine knows
  for (const name in copy) {
    if (typeof copy[name] === "object") copy[name] = fork(copy[name])
  }
  return copy
}

function forkMap(map: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  const copy = new Map<unknown, unknown>()
  for (const [key, item] of map) copy.set(key, fork(item))
  return copy
}

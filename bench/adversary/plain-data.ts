/**
 * What a state is made of, down to its last value.
 *
 * A state is plain data (`protocols/group.ts`): records, arrays, maps, sets, byte strings, text, numbers, truth values.
 * Anything else could hold a key where nobody looks, so it is refused and not passed over.
 */

/** A value in which bytes can be. Truth values, and what is undefined or null, are the numbers 0 and 1. */
export type Value = Uint8Array | string | number | bigint

export type Leaf = {
  /** Where it is, for people; never with anything in it that could be secret. */
  readonly path: string
  /** The path with every index left out: what is at the same place in each of many entries. */
  readonly shape: string
  /** Path of the container that it stands in. */
  readonly container: string
  readonly value: Value
}

/** A state holds something that plain data does not have. */
export class NotPlainData extends Error {
  constructor(path: string, what: string) {
    super(`${path} is ${what}: a state is plain data, or a copy of it would not be the member`)
    this.name = "NotPlainData"
  }
}

/**
 * Every value that `root` holds, in order; names of properties too, each once.
 *
 * @param name - what the root is called in paths
 * @throws NotPlainData
 */
export function leavesOf(root: unknown, name = "state"): Leaf[] {
  const walk = new Walk()
  walk.value(root, { path: name, shape: name, container: "" })
  return [...walk.leaves, ...walk.nameLeaves(name)]
}

type Place = Omit<Leaf, "value">

class Walk {
  readonly leaves: Leaf[] = []
  readonly #names = new Set<string>()
  readonly #open = new Set<object>()

  nameLeaves(root: string): Leaf[] {
    return [...this.#names].map((value, index) => ({
      path: `${root}: name of property ${index}`,
      shape: "names",
      container: "names",
      value,
    }))
  }

  value(value: unknown, place: Place): void {
    if (value === undefined || value === null) this.#leaf(Number(value === null), apart(place))
    else if (typeof value === "boolean") this.#leaf(Number(value), place)
    else if (typeof value === "object") this.#object(value, place)
    else if (typeof value === "function" || typeof value === "symbol")
      throw new NotPlainData(place.path, `a ${typeof value}`)
    else this.#leaf(value as Value, place)
  }

  #leaf(value: Value, place: Place): void {
    const { path, shape, container } = place
    this.leaves.push({ path, shape, container, value })
  }

  #object(value: object, place: Place): void {
    const bytes = bytesOf(value, place.path)
    if (bytes === undefined) this.#container(value, place)
    else this.#bytes(bytes, place)
  }

  #bytes(bytes: Uint8Array, place: Place): void {
    this.#leaf(bytes, place)
    const hidden = behind(bytes)
    if (hidden.length > 0) this.#leaf(hidden, { ...apart(place), path: `${place.path} (behind it)` })
  }

  #container(container: object, { path, shape }: Place): void {
    if (this.#open.has(container)) throw new NotPlainData(path, "inside itself")
    this.#open.add(container)
    const at = (name: string, kind: string): Place => ({
      path: path + name,
      shape: shape + kind,
      container: path,
    })
    if (container instanceof Map) this.#map(container, path, at)
    else if (container instanceof Set) this.#list([...container], at)
    else if (Array.isArray(container)) this.#list(requirePlainArray(container, path), at)
    else this.#record(container, path, at)
    this.#open.delete(container)
  }

  #map(map: ReadonlyMap<unknown, unknown>, path: string, at: (name: string, kind: string) => Place): void {
    requireNoProperties(map, path)
    this.#leaf(map.size, apart(at(".size", ".size")))
    for (const [index, [key, item]] of [...map].entries()) {
      this.value(key, at(`.keys[${index}]`, ".keys[]"))
      this.value(item, at(typeof key === "string" ? `[${shown(key, index)}]` : `[${index}]`, "[]"))
    }
  }

  /** How many there are can say something too. */
  #list(items: readonly unknown[], at: (name: string, kind: string) => Place): void {
    this.#leaf(items.length, apart(at(".length", ".length")))
    for (const [index, item] of items.entries()) this.value(item, at(`[${index}]`, "[]"))
  }

  #record(record: object, path: string, at: (name: string, kind: string) => Place): void {
    requirePlainRecord(record, path)
    for (const [index, [name, item]] of Object.entries(record).entries()) {
      this.#names.add(name)
      this.value(item, at(`.${shown(name, index)}`, `.${name}`))
    }
  }
}

/** Beside the others of its container, not among them: what was cut into pieces stays together. */
const apart = (place: Place): Place => ({ ...place, container: `${place.container}${APART}` })
const APART = " (beside)"
export const isApart = (container: string): boolean => container.endsWith(APART)

const NAME = /^[A-Za-z]{1,24}\d{0,4}$/

/** A name from the source may be shown; one that could be a key in disguise is a number. */
const shown = (name: string, index: number): string => (NAME.test(name) ? name : String(index))

function bytesOf(value: object, path: string): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (!ArrayBuffer.isView(value)) return undefined
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  const items = "length" in value ? (value.length as number) : 0
  if (Object.keys(value).length > items) throw new NotPlainData(path, "a byte string with properties")
  return bytes
}

/** The rest of the buffer that a byte string is a view of: a copy of the state has it too. Buffers of Node share theirs. */
function behind({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  if (buffer.byteLength === Buffer.poolSize) return new Uint8Array()
  const all = new Uint8Array(buffer)
  return Buffer.concat([all.subarray(0, byteOffset), all.subarray(byteOffset + byteLength)])
}

function requirePlainArray(array: readonly unknown[], path: string): readonly unknown[] {
  if (Reflect.ownKeys(array).length !== array.length + 1)
    throw new NotPlainData(path, "an array with gaps or properties")
  return array
}

function requireNoProperties(map: object, path: string): void {
  if (Reflect.ownKeys(map).length > 0) throw new NotPlainData(path, "a map or set with properties")
}

function requirePlainRecord(record: object, path: string): void {
  const prototype = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotPlainData(path, `a ${prototype.constructor?.name ?? "record with a prototype"}`)
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(record)))
    if (property.get !== undefined || property.set !== undefined || !property.enumerable)
      throw new NotPlainData(`${path}.${shown(name, 0)}`, "a hidden or computed property")
  if (Object.getOwnPropertySymbols(record).length > 0)
    throw new NotPlainData(path, "a record with a symbol as a name")
}

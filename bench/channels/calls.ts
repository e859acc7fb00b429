/**
 * What a group asks of its two-party channels, written down in order: to open, leave, encrypt, decrypt. It is all
 * that a channel needs to be played again by itself, since no channel draws on another.
 *
 * Plain data and compact: healing 1024 devices asks more than two million times.
 */
import type { MemberId } from "../../protocols/ids.ts"
import { memberIndex } from "../../protocols/ids.ts"

/**
 * - `counted`: part of the operation.
 * - `uncounted`: before or after it, as when members speak to see that all is well.
 * - `probe`: what would be sent next; it never is, and changes nothing.
 */
export type Phase = "counted" | "uncounted" | "probe"

/** Calls that have these in common; `wave` counts from 0 where a thief listens. */
export type Segment = { readonly phase: Phase; readonly now: number; readonly wave: number }

/**
 * One call; `argument`: of `open` the bundle's number, of `encrypt` the index of the content. `copy` is none: what was
 * encrypted last travels inside a broadcast to `argument` recipients.
 */
export type Call = {
  readonly kind: (typeof KINDS)[number]
  readonly segment: Segment
  readonly me: number
  readonly peer: number
  readonly argument: number
}

export const KINDS = ["open", "leave", "encrypt", "copy", "decrypt"] as const

/** Calls as plain data: `table` has {@link FIELDS} numbers for each. */
export type Calls = {
  readonly segments: readonly Segment[]
  readonly contents: readonly Uint8Array[]
  readonly table: Int32Array
}

const FIELDS = 5
const PLACEHOLDER_LENGTH = 4

/** Collects calls. */
export class CallLog {
  readonly #segments: Segment[] = []
  readonly #contents: Uint8Array[] = []
  readonly #placeholders: Uint8Array[] = []
  readonly #indices = new Map<Uint8Array, number>()
  #table = new Int32Array(1024 * FIELDS)
  #length = 0

  begin(segment: Segment): void {
    this.#segments.push(segment)
    this.#indices.clear()
  }

  get phase(): Phase | undefined {
    return this.#segments.at(-1)?.phase
  }

  note(kind: Call["kind"], me: MemberId, peer: MemberId, argument: number): void {
    if (this.#length === this.#table.length) this.#grow()
    const row = [KINDS.indexOf(kind), this.#segments.length - 1, memberIndex(me), memberIndex(peer), argument]
    this.#table.set(row, this.#length)
    this.#length += FIELDS
  }

  /** One content goes to many peers: the same object is kept once. */
  indexOf(content: Uint8Array): number {
    const known = this.#indices.get(content)
    if (known !== undefined) return known
    this.#indices.set(content, this.#contents.push(content) - 1)
    return this.#contents.length - 1
  }

  /** Stands for all ciphertexts of a content: there may be a million, and nobody reads them. */
  placeholder(index: number): Uint8Array {
    const known = this.#placeholders[index]
    if (known !== undefined) return known
    const made = new Uint8Array(PLACEHOLDER_LENGTH)
    new DataView(made.buffer).setUint32(0, index)
    this.#placeholders[index] = made
    return made
  }

  /** What a placeholder stands for. */
  contentOf({ buffer, byteOffset }: Uint8Array): Uint8Array {
    return this.#contents[new DataView(buffer, byteOffset).getUint32(0)] as Uint8Array
  }

  #grow(): void {
    const larger = new Int32Array(this.#table.length * 2)
    larger.set(this.#table)
    this.#table = larger
  }

  finish(): Calls {
    return {
      segments: this.#segments,
      contents: this.#contents,
      table: this.#table.slice(0, this.#length),
    }
  }
}

/** Of two devices the one with the higher number decides where their channel belongs. */
const columnAt = (table: Int32Array, row: number): number =>
  Math.max(table[row + 2] as number, table[row + 3] as number)

/** Cut by channel into `parts`: a device's channels with all devices before it stay together. */
export function split({ segments, contents, table }: Calls, parts: number): Calls[] {
  const lengths = new Array<number>(parts).fill(0)
  for (let row = 0; row < table.length; row += FIELDS) {
    const part = columnAt(table, row) % parts
    lengths[part] = (lengths[part] as number) + FIELDS
  }
  const tables = lengths.map((length) => new Int32Array(length))
  const ends = new Array<number>(parts).fill(0)
  for (let row = 0; row < table.length; row += FIELDS) {
    const part = columnAt(table, row) % parts
    const [piece, end] = [tables[part] as Int32Array, ends[part] as number]
    for (let field = 0; field < FIELDS; field++) piece[end + field] = table[row + field] as number
    ends[part] = end + FIELDS
  }
  return tables.map((piece) => ({ segments, contents, table: piece }))
}

/** The rows of each channel, by {@link channelKey}. */
export function byChannel({ table }: Calls): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (let row = 0; row < table.length; row += FIELDS) {
    const key = channelKey(table[row + 2] as number, table[row + 3] as number)
    const known = rows.get(key)
    if (known === undefined) rows.set(key, [row])
    else known.push(row)
  }
  return rows
}

const KEY_FACTOR = 4096

/** One number for the channel of two devices; sorted, a device's channels with those before it stand together. */
export const channelKey = (one: number, other: number): number =>
  Math.max(one, other) * KEY_FACTOR + Math.min(one, other)

/** The two devices of a key, the lower number first. */
export const endsOf = (key: number): readonly [number, number] => [
  key % KEY_FACTOR,
  Math.floor(key / KEY_FACTOR),
]

export function callAt({ segments, table }: Calls, row: number): Call {
  return {
    kind: KINDS[table[row] as number] as Call["kind"],
    segment: segments[table[row + 1] as number] as Segment,
    me: table[row + 2] as number,
    peer: table[row + 3] as number,
    argument: table[row + 4] as number,
  }
}

/** Whether both ask the same, word for word, though perhaps at other times. */
export function sameCalls(a: Calls, b: Calls): boolean {
  return (
    a.table.length === b.table.length &&
    a.segments.length === b.segments.length &&
    a.segments.every(({ phase, wave }, index) => {
      const other = b.segments[index] as Segment
      return phase === other.phase && wave === other.wave
    }) &&
    a.contents.length === b.contents.length &&
    Buffer.compare(bytesOf(a.table), bytesOf(b.table)) === 0 &&
    a.contents.every((content, index) => Buffer.compare(content, b.contents[index] as Uint8Array) === 0)
  )
}

/** When the last of them is made. */
export const endOf = ({ segments }: Calls): number => segments.at(-1)?.now ?? 0

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

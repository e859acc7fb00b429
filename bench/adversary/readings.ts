/**
 * The byte strings that plain data can stand for: the bytes themselves, text in hexadecimal or base 64 or as its code
 * units, lists of numbers, large integers; each value alone, and what stands side by side put together, forwards and
 * backwards. Whatever is decoded here is nothing but another way to write the same bytes.
 */
import { integerReadings, numberReadings, readingsOfAll, reversedWords } from "./number-readings.ts"
import { isApart, type Leaf, leavesOf, type Value } from "./plain-data.ts"
import { PIECE_BYTES } from "./secrets.ts"

/** Part of a text that is bytes written down. */
export type Run = { readonly start: number; readonly end: number; readonly bytes: readonly Uint8Array[] }

const HEX_RUN = new RegExp(`[0-9a-fA-F]{${2 * PIECE_BYTES},}`, "g")
const BASE64_RUN = /[A-Za-z0-9+/_-]{11,}={0,2}/g
/** Pairs of digits with something between them, as in `de:ad:be:ef`. */
const SPACED_HEX = /(?:[0-9a-fA-F]{2}[ ,:;.-]+){7,}[0-9a-fA-F]{2}/g
const DECIMALS = /(?:-?\d+[ ,:;[\]"]+){7,}-?\d+/g

/** All readings of whatever a state holds. @throws NotPlainData */
export const readingsOf = (state: unknown): Uint8Array[] =>
  [...sequencesIn(leavesOf(state))].flatMap(readingsOfSequence)

/** A byte string as it went over the wire or into a ciphertext, and what is written as text inside it. */
export const readingsOfBytes = (bytes: Uint8Array): Uint8Array[] => [
  bytes,
  ...runsIn(latin1(bytes)).flatMap((run) => run.bytes),
]

/** What stands in one container, what is at the same place of each entry, and everything; both ways round. */
export function* sequencesIn(leaves: readonly Leaf[]): Generator<readonly Value[]> {
  for (const group of [
    groupsBy(leaves, ({ container }) => String(isApart(container))),
    groupsBy(leaves, ({ container }) => container),
    groupsBy(leaves, ({ shape }) => shape),
  ].flat()) {
    const values = group.map(({ value }) => value)
    yield values
    if (values.length > 1) yield values.toReversed()
  }
}

function groupsBy(leaves: readonly Leaf[], key: (leaf: Leaf) => string): Leaf[][] {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    const group = groups.get(key(leaf))
    if (group === undefined) groups.set(key(leaf), [leaf])
    else group.push(leaf)
  }
  return [...groups.values()]
}

/** Values side by side, those of one kind put together. */
export function readingsOfSequence(values: readonly Value[]): Uint8Array[] {
  const bytes = values.filter((value) => value instanceof Uint8Array)
  const text = values.filter((value) => typeof value === "string")
  return [
    ...(bytes.length > 0 ? readingsOfBytes(Buffer.concat(bytes)) : []),
    ...(text.length > 0 ? textReadings(text.join("")) : []),
    ...numberReadings(values.filter((value) => typeof value === "number")),
    ...integerReadings(values.filter((value) => typeof value === "bigint")),
  ]
}

/** Its code units, and what is written in digits. */
const textReadings = (text: string): Uint8Array[] => [
  ...bytesOfText(text),
  ...runsIn(text).flatMap((run) => run.bytes),
]

/** Each code unit a byte, or where one of them is larger, two in either order. */
export function bytesOfText(text: string): Uint8Array[] {
  const units = Buffer.from(text, "utf16le")
  const isLatin1 = units.every((byte, index) => index % 2 === 0 || byte === 0)
  return isLatin1 ? [Buffer.from(text, "latin1")] : [units, reversedWords(units, 2)]
}

/** Byte strings that are written in a text as digits. */
export function runsIn(text: string): Run[] {
  const found: Run[] = []
  const collect = (pattern: RegExp, decode: (written: string) => Uint8Array[]) => {
    for (const match of text.matchAll(pattern))
      found.push({ start: match.index, end: match.index + match[0].length, bytes: decode(match[0]) })
  }
  collect(HEX_RUN, (written) => [0, 1].map((skipped) => Buffer.from(written.slice(skipped), "hex")))
  collect(SPACED_HEX, (written) => [Buffer.from(written.replaceAll(/[^0-9a-fA-F]/g, ""), "hex")])
  collect(BASE64_RUN, (written) =>
    [0, 1, 2, 3].map((skipped) => Buffer.from(written.slice(skipped), "base64")),
  )
  collect(DECIMALS, (written) => readingsOfAll((written.match(/-?\d+/g) ?? []).map(Number)))
  return found
}

export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")

/**
 * Where every byte comes from. Honest code holds and sends what the cryptographic operations put out, and what is the
 * same whatever was drawn: names, counters, labels, lengths. A key in disguise is neither: masked, added to, turned
 * round or swapped, no operation made it, and another seed gives other bytes. So it is found without knowing the disguise.
 *
 * Forms that only write bytes in another way (text in hexadecimal, numbers for bytes …) are read as those bytes: they
 * may be there, since the derivability log looks into them as well.
 */
import { unreachable } from "../../protocols/errors.ts"
import { integerReadings, readingsOfAll } from "./number-readings.ts"
import type { Leaf, Value } from "./plain-data.ts"
import { bytesOfText, latin1, runsIn } from "./readings.ts"
import { PIECE_BYTES, Secrets } from "./secrets.ts"

/** A nonce of twelve bytes is cut from a longer output, and ends within one of its pieces. */
const NONCE_TAIL = [4, 12] as const
/** Draws of so few bytes are numbers, and no keys. */
const SMALL_DRAW_BYTES = 4

/** What operations put out. */
export class Outputs {
  readonly #pieces = new Secrets()
  readonly #numbers = new Set<number>()

  add(output: Uint8Array): void {
    this.#pieces.add(output)
    this.#pieces.add(output.subarray(...NONCE_TAIL))
    this.#pieces.add(output.subarray(-PIECE_BYTES))
  }

  /** Drawn to be a number, as chain ids of 31 bits and registration ids of 14 are: what is left of it without some bits. */
  addDraw(draw: Uint8Array): void {
    if (draw.length > SMALL_DRAW_BYTES) return
    const drawn = draw.reduce((number, byte) => number * 256 + byte, 0)
    for (let bits = 1; bits <= 8 * draw.length; bits++) {
      this.#numbers.add(drawn % 2 ** bits)
      this.#numbers.add(Math.floor(drawn / 2 ** bits))
    }
  }

  /** Whether a number can be what was drawn; smaller ones could be anything. */
  isDraw(number: number): boolean {
    return number > 0xff && this.#numbers.has(number)
  }

  /** Mark the bytes of which some operation is the origin. */
  mark(bytes: Uint8Array, marks: Uint8Array): void {
    this.#pieces.search(bytes, (_piece, offset) => marks.fill(1, offset, offset + PIECE_BYTES))
  }

  /** Whether all of it was put out by some operation. */
  explain(bytes: Uint8Array): boolean {
    const marks = new Uint8Array(bytes.length)
    this.mark(bytes, marks)
    return !marks.includes(0)
  }
}

/** Bytes of a value that nobody accounts for: how many, and how many of them side by side. */
type Residue = { readonly bytes: number; readonly longest: number }

const NO_RESIDUE: Residue = { bytes: 0, longest: 0 }

/**
 * What of a value is neither an output nor the same in both plays.
 *
 * @param other - what stands in its place when other bytes are drawn
 */
function residueOf(value: Value, other: Value | undefined, outputs: Outputs): Residue {
  if (other === value) return NO_RESIDUE
  switch (typeof value) {
    case "object":
      return residueOfBytes(value, other, outputs)
    case "string":
      return residueOfText(value, other, outputs)
    case "number":
      return outputs.isDraw(value) ? NO_RESIDUE : whole(widthOf(value))
    case "bigint":
      return integerReadings([value]).some((bytes) => outputs.explain(bytes))
        ? NO_RESIDUE
        : whole(Math.ceil(value.toString(16).length / 2))
    default:
      return unreachable(value)
  }
}

const whole = (bytes: number): Residue => ({ bytes, longest: bytes })

function residueOfBytes(value: Uint8Array, other: Value | undefined, outputs: Outputs): Residue {
  const marks = new Uint8Array(value.length)
  outputs.mark(value, marks)
  if (marks.includes(0) && other instanceof Uint8Array) markConstant(value, other, marks)
  if (marks.includes(0)) markRuns(latin1(value), outputs, marks)
  return unmarked(marks)
}

function residueOfText(text: string, other: Value | undefined, outputs: Outputs): Residue {
  const marks = new Uint8Array(text.length)
  if (typeof other === "string") markConstant(text, other, marks)
  markRuns(text, outputs, marks)
  if (bytesOfText(text).some((bytes) => outputs.explain(bytes))) marks.fill(1)
  return unmarked(marks)
}

/** What stands at the same place of both, from the beginning or from the end. */
function markConstant<T>(value: ArrayLike<T>, other: ArrayLike<T>, marks: Uint8Array): void {
  const longer = other.length - value.length
  for (let index = 0; index < value.length; index++)
    if (value[index] === other[index] || value[index] === other[longer + index]) marks[index] = 1
}

/** Digits that are all of them outputs written down. */
function markRuns(text: string, outputs: Outputs, marks: Uint8Array): void {
  for (const { start, end, bytes } of runsIn(text))
    if (bytes.some((written) => outputs.explain(written))) marks.fill(1, start, end)
}

function unmarked(marks: Uint8Array): Residue {
  if (!marks.includes(0)) return NO_RESIDUE
  const stretches = Buffer.from(marks).toString("latin1").split("\u0001")
  const lengths = stretches.map(({ length }) => length)
  return { bytes: lengths.reduce((sum, length) => sum + length, 0), longest: Math.max(...lengths) }
}

/** Bytes that a number takes. */
function widthOf(number: number): number {
  if (!Number.isInteger(number)) return 8
  return [1, 2, 3, 4, 6].find((width) => Math.abs(number) < 256 ** width) ?? 8
}

/** Something that is looked into, by the name that a finding gives it. */
export type Holding = { readonly name: string; readonly leaves: readonly Leaf[] }

/**
 * Where there are too many bytes that nobody accounts for: in one place, or in several together. A few may be left,
 * such as the number of a device.
 *
 * @param twin - the same thing when other bytes are drawn
 */
export function flawOf(holding: Holding, twin: Holding | undefined, outputs: Outputs): string | undefined {
  const { name, leaves } = holding
  const residues = residuesOf(holding, twin, outputs)
  const total = residues.reduce((sum, residue) => sum + residue.bytes, 0)
  if (total < PIECE_BYTES) return undefined
  const at = residues.findIndex(({ longest }) => longest >= PIECE_BYTES)
  if (at >= 0) return `${leaves[at]?.path} has ${residues[at]?.bytes} bytes that no operation made`
  const first = leaves[residues.findIndex(({ bytes }) => bytes > 0)]
  return `${name} has ${total} bytes in several places that no operation made, the first at ${first?.path}`
}

function residuesOf({ leaves }: Holding, twin: Holding | undefined, outputs: Outputs): Residue[] {
  const residues = leaves.map((leaf, index) => residueOf(leaf.value, valueLike(leaf, index, twin), outputs))
  return withoutLists(leaves, residues, outputs)
}

/** What stands in a twin where `leaf` stands here; normally as the same leaf of all. */
function valueLike({ path }: Leaf, index: number, twin: Holding | undefined): Value | undefined {
  const inPlace = twin?.leaves[index]
  return (inPlace?.path === path ? inPlace : twin?.leaves.find((other) => other.path === path))?.value
}

/** Lists of numbers that are outputs written down, each number a byte or a word, leave no residue. */
function withoutLists(leaves: readonly Leaf[], residues: readonly Residue[], outputs: Outputs): Residue[] {
  const suspicious = leaves.filter(({ value }, index) => typeof value === "number" && residues[index]?.bytes)
  const isOutput = new Map(
    suspicious.map(({ container }) => [container, areOutput(numbersIn(container, leaves), outputs)]),
  )
  return residues.map((residue, index) => {
    const { value, container } = leaves[index] as Leaf
    return typeof value === "number" && isOutput.get(container) ? NO_RESIDUE : residue
  })
}

const numbersIn = (container: string, leaves: readonly Leaf[]): number[] =>
  leaves
    .filter((leaf) => leaf.container === container)
    .map(({ value }) => value)
    .filter((value) => typeof value === "number")

const areOutput = (numbers: readonly number[], outputs: Outputs): boolean =>
  readingsOfAll(numbers).some((bytes) => bytes.length >= PIECE_BYTES && outputs.explain(bytes))

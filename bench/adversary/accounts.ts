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
import type { Value } from "./plain-data.ts"
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
  isDraw = (number: number): boolean => number > 0xff && this.#numbers.has(number)

  /** Mark the bytes of which some operation is the origin. */
  mark(bytes: Uint8Array, marks: Uint8Array): void {
    for (const offset of this.#pieces.places(bytes)) marks.fill(1, offset, offset + PIECE_BYTES)
  }

  /** Whether all of it was put out by some operation. */
  explain(bytes: Uint8Array): boolean {
    const marks = new Uint8Array(bytes.length)
    this.mark(bytes, marks)
    return !marks.includes(0)
  }
}

/** Bytes of a value that nobody accounts for: how many, and how many of them side by side. */
export type Residue = { readonly bytes: number; readonly longest: number }

export const NO_RESIDUE: Residue = { bytes: 0, longest: 0 }

/**
 * What of a value is neither an output nor the same in all plays.
 *
 * @param others - what stands in its place when other bytes are drawn
 */
export function residueOf(value: Value, others: readonly (Value | undefined)[], outputs: Outputs): Residue {
  if (others.length > 0 && others.every((other) => other === value)) return NO_RESIDUE
  switch (typeof value) {
    case "object":
      return residueOfBytes(value, others, outputs)
    case "string":
      return residueOfText(value, others, outputs)
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

function residueOfBytes(value: Uint8Array, others: readonly unknown[], outputs: Outputs): Residue {
  const marks = new Uint8Array(value.length)
  markConstant(
    value,
    others.filter((other) => other instanceof Uint8Array),
    marks,
  )
  outputs.mark(value, marks)
  if (marks.includes(0)) markRuns(latin1(value), outputs, marks)
  return unmarked(marks)
}

function residueOfText(text: string, others: readonly unknown[], outputs: Outputs): Residue {
  const marks = new Uint8Array(text.length)
  const like = others.filter((other) => typeof other === "string")
  markConstant(text, like, marks)
  markRuns(text, outputs, marks)
  for (const bytes of bytesOfText(text)) if (outputs.explain(bytes)) marks.fill(1)
  return unmarked(marks)
}

/** What stands at the same place of all, from the beginning or from the end. */
function markConstant<T>(value: ArrayLike<T>, others: readonly ArrayLike<T>[], marks: Uint8Array): void {
  if (others.length === 0) return
  for (let index = 0; index < value.length; index++) {
    const fromStart = others.every((other) => other[index] === value[index])
    const fromEnd = others.every((other) => other[other.length - value.length + index] === value[index])
    if (fromStart || fromEnd) marks[index] = 1
  }
}

/** Digits that are all of them outputs written down. */
function markRuns(text: string, outputs: Outputs, marks: Uint8Array): void {
  for (const { start, end, bytes } of runsIn(text))
    if (bytes.some((written) => outputs.explain(written))) marks.fill(1, start, end)
}

function unmarked(marks: Uint8Array): Residue {
  const stretches = Buffer.from(marks).toString("latin1").split("\u0001")
  const lengths = stretches.map(({ length }) => length)
  return { bytes: lengths.reduce((sum, length) => sum + length, 0), longest: Math.max(...lengths) }
}

/** Bytes that a number takes. */
function widthOf(number: number): number {
  if (!Number.isInteger(number)) return 8
  return [1, 2, 3, 4, 6].find((width) => Math.abs(number) < 256 ** width) ?? 8
}

/** Whether numbers that stand together are an output in other words, each for a byte or a word. */
export const areOutput = (numbers: readonly number[], outputs: Outputs): boolean =>
  readingsOfAll(numbers).some((bytes) => bytes.length >= PIECE_BYTES && outputs.explain(bytes))

/** Where secret byte strings occur in others, whole or in pieces. */
import { toHex } from "../../protocols/bytes.ts"

/**
 * A secret is kept as its pieces of so many bytes: half of an output is a key for some, and halves that lie apart are
 * the whole. No two secrets share a piece but by a chance of 2^-64.
 */
export const PIECE_BYTES = 8

const BEGINNING_BYTES = 4

export class Secrets {
  /** As hex. */
  readonly #pieces = new Set<string>()
  /** Their first four bytes as a number: nearly every place in a byte string is ruled out without cutting it. */
  readonly #beginnings = new Set<number>()

  /** @returns its pieces; bytes after the last whole one are left out */
  add(secret: Uint8Array): string[] {
    const pieces = piecesOf(secret)
    for (const [index, piece] of pieces.entries()) {
      this.#pieces.add(piece)
      this.#beginnings.add(numberAt(secret, index * PIECE_BYTES))
    }
    return pieces
  }

  addAll(others: Secrets): void {
    for (const piece of others.#pieces) this.#pieces.add(piece)
    for (const beginning of others.#beginnings) this.#beginnings.add(beginning)
  }

  /** The pieces of secrets that occur in `bytes`, at any offset. */
  within(bytes: Uint8Array): string[] {
    return this.places(bytes).map((offset) => toHex(bytes.subarray(offset, offset + PIECE_BYTES)))
  }

  /** Where in `bytes` they begin. */
  places(bytes: Uint8Array): number[] {
    const found: number[] = []
    let beginning = 0
    for (let end = 0; end < bytes.length; end++) {
      beginning = (beginning << 8) | (bytes[end] as number)
      const offset = end + 1 - BEGINNING_BYTES
      if (offset >= 0 && this.#beginnings.has(beginning) && this.#isAt(offset, bytes)) found.push(offset)
    }
    return found
  }

  #isAt(offset: number, bytes: Uint8Array): boolean {
    const piece = bytes.subarray(offset, offset + PIECE_BYTES)
    return piece.length === PIECE_BYTES && this.#pieces.has(toHex(piece))
  }
}

/** Its pieces as hex. */
export function piecesOf(bytes: Uint8Array): string[] {
  const whole = bytes.length - (bytes.length % PIECE_BYTES)
  return toHex(bytes.subarray(0, whole)).match(/.{16}/g) ?? []
}

const numberAt = (bytes: Uint8Array, offset: number): number =>
  bytes.subarray(offset, offset + BEGINNING_BYTES).reduce((number, byte) => (number << 8) | byte, 0)

/** Where secret byte strings occur in others, whole or in pieces. */

/**
 * A secret is kept as its pieces of so many bytes: half of an output is a key for some, and halves that lie apart are
 * the whole. No two secrets share a piece but by a chance of 2^-64.
 */
export const PIECE_BYTES = 8

/** A piece by its number, in the order in which they were added. */
export type Piece = number

/** Bits of a filter over the first half of each piece: nearly every place in a byte string is ruled out by one look. */
const FILTER_BITS = 21

export class Secrets {
  /** The latest piece that begins with these four bytes, by them as a number. */
  #latest = new Map<number, Piece>()
  /** Of each piece, the other four bytes, and the piece before it with the same beginning. */
  #rests: number[] = []
  #earlier: (Piece | undefined)[] = []
  #filter = new Uint8Array(2 ** (FILTER_BITS - 3))

  /** Others to begin with, by the same numbers. */
  copy(): Secrets {
    const copy = new Secrets()
    copy.#latest = new Map(this.#latest)
    copy.#rests = this.#rests.slice()
    copy.#earlier = this.#earlier.slice()
    copy.#filter = this.#filter.slice()
    return copy
  }

  /** @returns its pieces; bytes after the last whole one are left out */
  add(secret: Uint8Array): Piece[] {
    const pieces: Piece[] = []
    for (let offset = 0; offset + PIECE_BYTES <= secret.length; offset += PIECE_BYTES) {
      const [beginning, rest] = [wordAt(secret, offset), wordAt(secret, offset + 4)]
      pieces.push(this.#find(beginning, rest) ?? this.#append(beginning, rest))
    }
    return pieces
  }

  #append(beginning: number, rest: number): Piece {
    const piece = this.#rests.push(rest) - 1
    this.#earlier.push(this.#latest.get(beginning))
    this.#latest.set(beginning, piece)
    const place = placeInFilter(beginning)
    this.#filter[place >>> 3] = (this.#filter[place >>> 3] as number) | (1 << (place & 7))
    return piece
  }

  #find(beginning: number, rest: number): Piece | undefined {
    let piece = this.#latest.get(beginning)
    while (piece !== undefined && this.#rests[piece] !== rest) piece = this.#earlier[piece]
    return piece
  }

  /** Tell of each piece of a secret that occurs in `bytes`, and where. */
  search(bytes: Uint8Array, onFound: (piece: Piece, offset: number) => void): void {
    let [beginning, rest] = [0, 0]
    for (let end = 0; end < bytes.length; end++) {
      beginning = (beginning << 8) | (rest >>> 24)
      rest = (rest << 8) | (bytes[end] as number)
      const place = placeInFilter(beginning)
      if (((this.#filter[place >>> 3] as number) & (1 << (place & 7))) === 0) continue
      const piece = this.#find(beginning, rest)
      if (piece !== undefined && end + 1 >= PIECE_BYTES) onFound(piece, end + 1 - PIECE_BYTES)
    }
  }
}

/** Four bytes as a number. */
const wordAt = (bytes: Uint8Array, offset: number): number =>
  ((bytes[offset] as number) << 24) |
  ((bytes[offset + 1] as number) << 16) |
  ((bytes[offset + 2] as number) << 8) |
  (bytes[offset + 3] as number)

const placeInFilter = (beginning: number): number => (beginning ^ (beginning >>> 11)) & (2 ** FILTER_BITS - 1)

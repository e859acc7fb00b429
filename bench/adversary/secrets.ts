/** Byte strings of a key's length that are secret, and where they occur in others. Known as hex. */
import { toHex } from "../../protocols/bytes.ts"

export const KEY_LENGTHS = [16, 32] as const

const BEGINNING_BYTES = 4

export class Secrets {
  readonly #secrets = new Set<string>()
  /** Their first four bytes as a number: nearly every place in a byte string is ruled out without cutting it. */
  readonly #beginnings = new Set<number>()

  /** @returns the secret as hex */
  add(secret: Uint8Array): string {
    const hex = toHex(secret)
    this.#secrets.add(hex)
    this.#beginnings.add(secret.subarray(0, BEGINNING_BYTES).reduce(shifted, 0))
    return hex
  }

  addAll(others: Secrets): void {
    for (const secret of others.#secrets) this.#secrets.add(secret)
    for (const beginning of others.#beginnings) this.#beginnings.add(beginning)
  }

  /** The secrets that occur in `bytes`, at any offset. */
  within(bytes: Uint8Array): string[] {
    const found: string[] = []
    let beginning = 0
    for (let end = 0; end < bytes.length; end++) {
      beginning = shifted(beginning, bytes[end] as number)
      const offset = end + 1 - BEGINNING_BYTES
      if (offset >= 0 && this.#beginnings.has(beginning)) found.push(...this.#at(offset, bytes))
    }
    return found
  }

  #at(offset: number, bytes: Uint8Array): string[] {
    return KEY_LENGTHS.filter((length) => offset + length <= bytes.length)
      .map((length) => toHex(bytes.subarray(offset, offset + length)))
      .filter((secret) => this.#secrets.has(secret))
  }
}

/** The last four bytes as a number. */
const shifted = (number: number, byte: number): number => (number << 8) | byte

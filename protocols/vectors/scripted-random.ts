/** Randomness that a test wrote down beforehand. */
import type { RandomSource } from "../crypto/suite.ts"

const ANYTHING = 0x42

export class ScriptedRandom {
  #script: Uint8Array[] = []
  #otherwise: Uint8Array | "refuse" | "anything" = "refuse"

  /** Hand out these in turn, then nothing. */
  play(...script: readonly Uint8Array[]): void {
    this.#script = [...script]
    this.#otherwise = "refuse"
  }

  /** Hand out the same bytes each time, or whatever was asked for. */
  repeat(bytes: Uint8Array | "anything"): void {
    this.#script = []
    this.#otherwise = bytes
  }

  /** How much of the script was not asked for. */
  get left(): number {
    return this.#script.length
  }

  readonly source: RandomSource = (length) => {
    const bytes = this.#script.shift() ?? this.#otherwise
    if (bytes === "refuse") throw new Error(`nobody should draw ${length} random bytes here`)
    if (bytes === "anything") return new Uint8Array(length).fill(ANYTHING)
    if (bytes.length !== length)
      throw new Error(`${length} random bytes asked for, ${bytes.length} written down`)
    return bytes
  }
}

/**
 * HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256 over a library's bare hash: for the short inputs of a ratchet
 * a library's own HMAC spends more on its set-up than on hashing.
 */
import { type Key32, key32 } from "../bytes.ts"

/** Writes the SHA-256 of `data` into `output`, 32 bytes, which may be a part of `data`. */
type Sha256 = (output: Uint8Array, data: Uint8Array) => void

const BLOCK_LENGTH = 64
const HASH_LENGTH = 32
/** The longest data of one HMAC; longer ones are hashed faster elsewhere. */
export const MAX_SHORT = 512

/** Both functions over the same two buffers, which hold nothing between calls. */
export class ShortHmac {
  readonly #sha256: Sha256
  /** K ⊕ ipad, then the data. */
  readonly #inner = new Uint8Array(BLOCK_LENGTH + MAX_SHORT)
  /** K ⊕ opad, then the inner hash. */
  readonly #outer = new Uint8Array(BLOCK_LENGTH + HASH_LENGTH)
  /** Where the inner hash lies, and then the outer: the result. */
  readonly #hash = this.#outer.subarray(BLOCK_LENGTH)

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /** 32 bytes, or undefined where an input is too long. */
  hmac(key: Uint8Array, data: Uint8Array): Key32 | undefined {
    if (!isShort(key, data.length)) return undefined
    this.#authenticate(key, data)
    const result = key32(this.#hash.slice())
    this.#wipe()
    return result
  }

  /** `length` bytes, or undefined where an input is too long. */
  hkdf(salt: Uint8Array, input: Uint8Array, info: Uint8Array, length: number): Uint8Array | undefined {
    if (!isShort(salt, Math.max(input.length, HASH_LENGTH + info.length + 1, length))) return undefined
    this.#authenticate(salt, input)
    this.#setKey(this.#hash)
    const output = new Uint8Array(length)
    // T(i) = HMAC(PRK, T(i − 1) | info | i); T(0) is empty
    for (let i = 1, start = 0; start < length; i++, start += HASH_LENGTH) {
      const previous = i === 1 ? 0 : HASH_LENGTH
      this.#inner.set(info, BLOCK_LENGTH + previous)
      this.#inner[BLOCK_LENGTH + previous + info.length] = i
      this.#hashBoth(previous + info.length + 1)
      output.set(this.#hash.subarray(0, length - start), start)
      this.#inner.set(this.#hash, BLOCK_LENGTH)
    }
    this.#wipe()
    return output
  }

  #authenticate(key: Uint8Array, data: Uint8Array): void {
    this.#setKey(key)
    this.#inner.set(data, BLOCK_LENGTH)
    this.#hashBoth(data.length)
  }

  #setKey(key: Uint8Array): void {
    for (let i = 0; i < BLOCK_LENGTH; i++) {
      const byte = i < key.length ? (key[i] as number) : 0
      this.#inner[i] = byte ^ 0x36
      this.#outer[i] = byte ^ 0x5c
    }
  }

  /** The HMAC of the `length` bytes that lie behind the key. */
  #hashBoth(length: number): void {
    this.#sha256(this.#hash, this.#inner.subarray(0, BLOCK_LENGTH + length))
    this.#sha256(this.#hash, this.#outer)
  }

  #wipe(): void {
    this.#inner.fill(0)
    this.#outer.fill(0)
  }
}

const isShort = (key: Uint8Array, dataLength: number): boolean =>
  key.length <= BLOCK_LENGTH && dataLength <= MAX_SHORT

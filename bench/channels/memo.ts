/**
 * A suite that computes the same thing once. Both ends of a channel agree on the same secrets and derive the
 * same keys, every recipient verifies the same signature, and several operations begin with the same group:
 * when operations are counted and not timed, the second time may be answered from memory.
 *
 * It relies on nothing but that the functions are pure, that dh(a, B) = dh(b, A), and that what was encrypted decrypts
 * to itself. Tests hold every count and byte against those of groups without it. Never used under a clock.
 */
import { equal, type Key32 } from "../../protocols/bytes.ts"
import type { CreateSuite, KeyPair, Suite } from "../../protocols/crypto/suite.ts"

type Inputs = readonly Uint8Array[]
type Entry = { readonly kind: number; readonly inputs: Inputs; readonly result: unknown }

/** Results by what they came from: byte strings, and a number for what they are not. */
class Memo {
  readonly #entries = new Map<number, Entry>()

  recall<T>(kind: number, inputs: Inputs): T | undefined {
    const known = this.#entries.get(slotOf(kind, inputs))
    const isIt = known !== undefined && known.kind === kind && sameInputs(known.inputs, inputs)
    return isIt ? (known.result as T) : undefined
  }

  /** Whatever has the same slot is forgotten: it is computed again when it is needed. */
  keep<T>(kind: number, inputs: Inputs, result: T): T {
    this.#entries.set(slotOf(kind, inputs), { kind, inputs, result })
    return result
  }

  once<T>(kind: number, inputs: Inputs, compute: () => T): T {
    return this.recall<T>(kind, inputs) ?? this.keep(kind, inputs, compute())
  }

  clear(): void {
    this.#entries.clear()
  }
}

/** Inputs are mostly keys and hashes: their first bytes tell them apart. */
function slotOf(kind: number, inputs: Inputs): number {
  let slot = kind
  for (const input of inputs) slot = Math.imul(slot, 31) ^ headOf(input)
  return slot
}

const headOf = (bytes: Uint8Array): number =>
  ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) +
  bytes.length

const sameInputs = (a: Inputs, b: Inputs): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index] || equal(one, b[index] as Uint8Array))

/** What is remembered by function. Public keys and signatures belong to no channel: they outlive it. */
export class Memory {
  readonly lasting: Memory
  readonly pairs = new Memo()
  /** By private key. */
  readonly publics = new Memo()
  readonly agreements = new Memo()
  readonly hashes = new Memo()
  /** By key, vector or nonce, associated data and ciphertext. */
  readonly texts = new Memo()
  readonly signatures = new Memo()

  constructor(lasting?: Memory) {
    this.lasting = lasting ?? this
  }

  publicOf(secret: Key32): Key32 | undefined {
    return this.publics.recall(0, [secret]) ?? this.lasting.publics.recall(0, [secret])
  }

  /** Forget a channel. */
  clear(): void {
    for (const memo of [this.pairs, this.publics, this.agreements, this.hashes, this.texts]) memo.clear()
  }
}

// Kinds: what else tells two entries of one memory apart. That of an HKDF is its length.
const [CBC, GCM] = [0, 1]
const HASH = -1
const HMAC = 0
const [XEDDSA, ED25519] = [0, 1]

/** `createSuite` with a memory shared by all the suites it makes. */
export function memoized(createSuite: CreateSuite, memory: Memory): CreateSuite {
  const { pairs, publics, hashes, texts } = memory
  const { signatures } = memory.lasting
  return (random) => {
    let drawn: Uint8Array | undefined
    const suite = createSuite((length) => drawn ?? random(length))
    const pairFrom = (bytes: Uint8Array): KeyPair => {
      drawn = bytes
      const pair = suite.keyPair()
      drawn = undefined
      return pair
    }
    const keyPair = (): KeyPair => {
      const bytes = random(32)
      const pair = pairs.once(0, [bytes], () => pairFrom(bytes))
      publics.keep(0, [pair.secret], pair.public)
      return pair
    }
    return {
      ...suite,
      keyPair,
      publicKey: (secret) => memory.publicOf(secret) ?? publics.keep(0, [secret], suite.publicKey(secret)),
      dh: (secret, peer) => agreement(memory, suite, secret, peer),
      encryptCbc: (key, iv, plaintext) => {
        const ciphertext = suite.encryptCbc(key, iv, plaintext)
        texts.keep(CBC, [key, iv, ciphertext], plaintext)
        return ciphertext
      },
      decryptCbc: (key, iv, ciphertext) =>
        texts.recall<Uint8Array>(CBC, [key, iv, ciphertext])?.slice() ??
        suite.decryptCbc(key, iv, ciphertext),
      sealGcm: (key, nonce, associated, plaintext) => {
        const ciphertext = suite.sealGcm(key, nonce, associated, plaintext)
        texts.keep(GCM, [key, nonce, associated, ciphertext], plaintext)
        return ciphertext
      },
      openGcm: (key, nonce, associated, ciphertext) =>
        texts.recall<Uint8Array>(GCM, [key, nonce, associated, ciphertext])?.slice() ??
        suite.openGcm(key, nonce, associated, ciphertext),
      hash: (data) => hashes.once(HASH, [data], () => suite.hash(data)),
      hmac: (key, data) => hashes.once(HMAC, [key, data], () => suite.hmac(key, data)),
      hkdf: (salt, input, info, length) =>
        hashes.once(length, salt === undefined ? [input, info] : [salt, input, info], () =>
          suite.hkdf(salt, input, info, length),
        ),
      verify: (signer, message, signature) =>
        signatures.once(XEDDSA, [signer, message, signature], () => suite.verify(signer, message, signature)),
      edVerify: (signer, message, signature) =>
        signatures.once(ED25519, [signer, message, signature], () =>
          suite.edVerify(signer, message, signature),
        ),
    }
  }
}

const SECRET = 0
const PUBLIC = 1

/** The same for both ends, where our public key is known; else for this secret alone. */
function agreement(memory: Memory, suite: Suite, secret: Key32, peer: Key32): Key32 {
  const { agreements } = memory
  const ours = memory.publicOf(secret)
  const compute = () => suite.dh(secret, peer)
  if (ours === undefined) return agreements.once(SECRET, [secret, peer], compute)
  return agreements.once(PUBLIC, Buffer.compare(ours, peer) < 0 ? [ours, peer] : [peer, ours], compute)
}

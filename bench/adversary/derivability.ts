/**
 * The second adversary: what follows from a stolen state by the very derivations that were made, whoever made
 * them. It knows no protocol and no message format, so it cannot be fooled by either.
 *
 * Every suite operation of every member is written down. A secret is a byte string that some operation put out:
 * a private key, an agreement, a chain key, a message key; what a hash makes of nothing secret is none. From the secrets found anywhere in the stolen state
 * it follows the log: an operation whose secret inputs are all known gives its output away (an agreement to
 * whoever knows either private key, since both sides put out the same), and a ciphertext whose key is known
 * gives away the secrets inside. A message can be read when its cipher key is known.
 *
 * It finds what a thief running honest code would miss: an old key kept in any field of the state. It does not
 * guess, break primitives, or combine keys in ways in which no member ever did.
 */
import { toHex } from "../../protocols/bytes.ts"
import { observedSuite, type SuiteCall } from "../../protocols/crypto/counting.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import { KEY_LENGTHS, Secrets } from "./secrets.ts"

/** Outputs are cut into keys of either length, at multiples of the shorter. */
const CUT_BYTES = 16

/** Outputs given away to whoever knows all the inputs; secrets as hex. */
type Derivation = { readonly inputs: readonly string[]; readonly outputs: readonly string[] }

export class DerivationLog {
  readonly #secrets = new Secrets()
  readonly #derivations: Derivation[] = []
  readonly #ciphertexts: { readonly key: string; readonly plaintext: Uint8Array }[] = []
  readonly #isMessage: (plaintext: Uint8Array) => boolean

  /**
   * @param isMessage - whether it counts that a plaintext can be read; asked when it is counted. What leads from one
   *   secret to the next is followed in any case.
   */
  constructor(isMessage: (plaintext: Uint8Array) => boolean = () => true) {
    this.#isMessage = isMessage
  }

  /** A log that begins with all that is in this one. @param isMessage - as for the constructor */
  continued(isMessage: (plaintext: Uint8Array) => boolean): DerivationLog {
    const log = new DerivationLog(isMessage)
    log.#secrets.addAll(this.#secrets)
    for (const derivation of this.#derivations) log.#derivations.push(derivation)
    for (const ciphertext of this.#ciphertexts) log.#ciphertexts.push(ciphertext)
    return log
  }

  /** A member's suite, listened to. */
  observe(suite: Suite): Suite {
    return observedSuite(suite, (call) => this.#note(call))
  }

  /** Ciphertexts made so far, by all members: a position to count from. */
  get encryptions(): number {
    return this.#ciphertexts.length
  }

  /** How many of the messages encrypted from `start` to before `end` can be read with the secrets in `state`. */
  readable(state: unknown, start: number, end: number): number {
    const known = this.#closure(this.#secretsIn(byteStrings(state)))
    const opened = this.#ciphertexts.slice(start, end).filter(({ key }) => known.has(key))
    return opened.filter(({ plaintext }) => this.#isMessage(plaintext)).length
  }

  #note({ operation, args, result }: SuiteCall): void {
    if (operation === "random") this.#secret(cut(result))
    else if (operation === "keyPair") this.#secret([result.secret])
    else if (operation === "dh") this.#derived([args[0]], result)
    else if (operation === "hash") this.#derived([args[0]], result)
    else if (operation === "hmac") this.#derived([args[0], args[1]], result)
    else if (operation === "hkdf") this.#derived([args[0] ?? new Uint8Array(), args[1]], result)
    else if (operation === "encryptCbc") this.#encrypted(args[0], args[2])
    else if (operation === "sealGcm") this.#encrypted(args[0], args[3])
    // publicKey puts out nothing secret; edKeyPair what signs and opens nothing
  }

  #secret(values: readonly Uint8Array[]): string[] {
    return values.map((value) => this.#secrets.add(value))
  }

  #derived(inputs: readonly Uint8Array[], output: Uint8Array): void {
    const secrets = this.#secretsIn(inputs)
    if (secrets.length > 0) this.#derivations.push({ inputs: secrets, outputs: this.#secret(cut(output)) })
  }

  #encrypted(key: Uint8Array, plaintext: Uint8Array): void {
    this.#derivations.push({ inputs: [toHex(key)], outputs: this.#secretsIn([plaintext]) })
    this.#ciphertexts.push({ key: toHex(key), plaintext })
  }

  #secretsIn(values: readonly Uint8Array[]): string[] {
    return values.flatMap((value) => this.#secrets.within(value))
  }

  /** Everything that follows from `start`. */
  #closure(start: readonly string[]): Set<string> {
    const waiting = new Map<string, { missing: number; readonly outputs: readonly string[] }[]>()
    for (const { inputs, outputs } of this.#derivations) {
      const distinct = new Set(inputs)
      const derivation = { missing: distinct.size, outputs }
      for (const input of distinct) {
        const others = waiting.get(input)
        if (others === undefined) waiting.set(input, [derivation])
        else others.push(derivation)
      }
    }
    const known = new Set<string>()
    const reached = [...start]
    for (let secret = reached.pop(); secret !== undefined; secret = reached.pop()) {
      if (known.has(secret)) continue
      known.add(secret)
      for (const derivation of waiting.get(secret) ?? []) {
        derivation.missing--
        if (derivation.missing === 0) reached.push(...derivation.outputs)
      }
    }
    return known
  }
}

/** Every byte string that a state holds, in whatever field. */
function byteStrings(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  if (typeof value !== "object" || value === null) return []
  const parts =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value)
  return parts.flatMap(byteStrings)
}

/** The keys that an output may be cut into. */
function cut(output: Uint8Array): Uint8Array[] {
  const offsets = Array.from({ length: Math.floor(output.length / CUT_BYTES) }, (_, n) => n * CUT_BYTES)
  return KEY_LENGTHS.flatMap((length) =>
    offsets
      .filter((offset) => offset + length <= output.length)
      .map((offset) => output.subarray(offset, offset + length)),
  )
}

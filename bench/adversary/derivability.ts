/**
 * The second adversary: what follows from a stolen state by the very derivations that were made, whoever made
 * them. It knows no protocol and no message format, so it cannot be fooled by either.
 *
 * Every suite operation of every member is written down. A secret is a byte string that some operation put out:
 * a private key, an agreement, a chain key, a message key. From the secrets found anywhere in the stolen state
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

const KEY_BYTES = 32
/** Outputs of HKDF are cut into keys of 32 bytes and vectors of 16. */
const CUT_BYTES = 16

/** Outputs given away to whoever knows all the inputs; secrets as hex. */
type Derivation = { readonly inputs: readonly string[]; readonly outputs: readonly string[] }

export class DerivationLog {
  readonly #secrets = new Set<string>()
  readonly #derivations: Derivation[] = []
  readonly #cipherKeys: string[] = []

  /** A member's suite, listened to. */
  observe(suite: Suite): Suite {
    return observedSuite(suite, (call) => this.#note(call))
  }

  /** Messages encrypted so far, by all members: a position to count from. */
  get encryptions(): number {
    return this.#cipherKeys.length
  }

  /** How many of the messages encrypted from `start` to before `end` can be read with the secrets in `state`. */
  readable(state: unknown, start: number, end: number): number {
    const known = this.#closure(this.#secretsIn(byteStrings(state)))
    return this.#cipherKeys.slice(start, end).filter((key) => known.has(key)).length
  }

  #note({ operation, args, result }: SuiteCall): void {
    if (operation === "random") this.#secret(cut(result))
    else if (operation === "keyPair") this.#secret([result.secret])
    else if (operation === "dh") this.#derived([args[0]], [result])
    else if (operation === "hmac") this.#derived([args[0], args[1]], [result])
    else if (operation === "hkdf") this.#derived([args[0] ?? new Uint8Array(), args[1]], cut(result))
    else if (operation === "encryptCbc") this.#encrypted(args[0], args[2])
  }

  #secret(values: readonly Uint8Array[]): string[] {
    const secrets = values.map(toHex)
    for (const secret of secrets) this.#secrets.add(secret)
    return secrets
  }

  #derived(inputs: readonly Uint8Array[], outputs: readonly Uint8Array[]): void {
    this.#derivations.push({ inputs: this.#secretsIn(inputs), outputs: this.#secret(outputs) })
  }

  #encrypted(key: Uint8Array, plaintext: Uint8Array): void {
    this.#derivations.push({ inputs: [toHex(key)], outputs: this.#secretsIn([plaintext]) })
    this.#cipherKeys.push(toHex(key))
  }

  /** The secrets among all windows of the given byte strings. */
  #secretsIn(values: readonly Uint8Array[]): string[] {
    return values.flatMap(windows).filter((window) => this.#secrets.has(window))
  }

  /** Everything that follows from `start`. */
  #closure(start: readonly string[]): Set<string> {
    const waiting = new Map<string, { missing: number; readonly outputs: readonly string[] }[]>()
    for (const { inputs, outputs } of this.#derivations) {
      const distinct = new Set(inputs)
      const derivation = { missing: distinct.size, outputs }
      for (const input of distinct) waiting.set(input, [...(waiting.get(input) ?? []), derivation])
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

/** All strings of a key's length inside `bytes`, as hex. */
function windows(bytes: Uint8Array): string[] {
  const hex = toHex(bytes)
  const count = Math.max(0, bytes.length - KEY_BYTES + 1)
  return Array.from({ length: count }, (_, offset) => hex.slice(2 * offset, 2 * (offset + KEY_BYTES)))
}

/** The keys that an output may be cut into. */
function cut(output: Uint8Array): Uint8Array[] {
  const keys: Uint8Array[] = []
  for (let offset = 0; offset + KEY_BYTES <= output.length; offset += CUT_BYTES) {
    keys.push(output.subarray(offset, offset + KEY_BYTES))
  }
  return keys
}

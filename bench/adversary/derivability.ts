/**
 * The second adversary: what follows from a stolen state and from all that went over the wire, by the very derivations
 * that were made, whoever made them. It knows no protocol and no message format, so it cannot be fooled by either.
 *
 * Every suite operation of every member is written down. A secret is a byte string that some operation put out:
 * a private key, an agreement, a chain key, a message key; what an operation makes of nothing secret is known to
 * everybody. From the secrets found anywhere in the stolen state and on the wire it follows the log: an operation whose
 * secret inputs are all known gives its output away (an agreement to whoever knows either private key, since both
 * sides put out the same), and a ciphertext whose key is known gives away the secrets inside. A message can be read when
 * all that is secret in its cipher key is known: by everybody when nothing is.
 *
 * It finds what a thief running honest code would miss: an old key kept in any field of the state, a key that was sent
 * in the clear. It does not guess, break primitives, or combine keys in ways in which no member ever did.
 */
import { toHex } from "../../protocols/bytes.ts"
import { observedSuite, type SuiteCall } from "../../protocols/crypto/counting.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import { byteStringsIn } from "../../protocols/packets.ts"
import type { Group } from "../sim/group.ts"
import { leavesOf } from "./plain-data.ts"
import { readingsOf, readingsOfBytes } from "./readings.ts"
import { type Piece, Secrets } from "./secrets.ts"

/** Outputs given away to whoever knows all the inputs. */
type Derivation = { readonly inputs: readonly Piece[]; readonly outputs: readonly Piece[] }

/** A derivation of which some inputs are not known yet. */
type Awaiting = { missing: number; readonly outputs: readonly Piece[] }

/** What was encrypted, and the pieces of secrets that its key is made of; none where it was never encrypted. */
type Encryption = { readonly key: readonly Piece[]; readonly plaintext: Uint8Array }

export class DerivationLog {
  #secrets = new Secrets()
  #derivations: Derivation[] = []
  #encryptions: Encryption[] = []
  /** Pieces that went over the wire, or were made of nothing secret. */
  #public = new Set<Piece>()
  /** Public keys whose private half is no secret, as hex. */
  #openKeys = new Set<string>()
  readonly #isMessage: ((plaintext: Uint8Array) => boolean) | undefined

  /**
   * @param isMessage - whether it counts that a plaintext can be read; asked when it is counted, and of what went over
   *   the wire. What leads from one secret to the next is followed in any case. By default every encryption counts.
   */
  constructor(isMessage?: (plaintext: Uint8Array) => boolean) {
    this.#isMessage = isMessage
  }

  /** A log that begins with all that is in this one. @param isMessage - as for the constructor */
  continued(isMessage: (plaintext: Uint8Array) => boolean): DerivationLog {
    const log = new DerivationLog(isMessage)
    log.#secrets = this.#secrets.copy()
    log.#derivations = this.#derivations.slice()
    log.#encryptions = this.#encryptions.slice()
    log.#public = new Set(this.#public)
    log.#openKeys = new Set(this.#openKeys)
    return log
  }

  /** Every byte string in a state is a secret, whatever made it: for states that were there before this log. */
  learns(state: unknown): void {
    for (const { value } of leavesOf(state)) if (value instanceof Uint8Array) this.#secrets.add(value)
  }

  /** A member's suite, listened to. */
  observe(suite: Suite): Suite {
    return observedSuite(suite, (call) => this.#note(call))
  }

  /** Something went over the wire, or to the server: what is in it everybody knows. Told as soon as it happens. */
  hears(bytes: Uint8Array): void {
    for (const reading of readingsOfBytes(bytes)) {
      this.#secrets.search(reading, (piece) => this.#public.add(piece))
      if (this.#isMessage?.(reading)) this.#encryptions.push({ key: [], plaintext: reading })
    }
  }

  /**
   * Hear what a group uploads from now on, and the bundles that it publishes.
   *
   * @param isHeard - which packets; by default all
   */
  listenTo(group: Group, isHeard: (packet: Packet) => boolean = () => true): void {
    group.observe({
      onBundle: (_member, bundle) => this.hears(bundle),
      onUpload: (packet) => {
        if (isHeard(packet)) for (const bytes of byteStringsIn(packet)) this.hears(bytes)
      },
    })
  }

  /** Ciphertexts made so far, by all members: a position to count from. */
  get encryptions(): number {
    return this.#encryptions.length
  }

  /**
   * How many of the messages encrypted from `start` to before `end` can be read with the secrets in `state`.
   *
   * @throws NotPlainData for a state with something in it that cannot be looked into
   */
  readable(state: unknown, start: number, end: number): number {
    return this.readableOnes(state, start, end).length
  }

  /** The positions of those messages. @throws NotPlainData */
  readableOnes(state: unknown, start: number, end: number): number[] {
    const known = this.#closure(this.#secretsIn(readingsOf(state)))
    const isRead = ({ key, plaintext }: Encryption) =>
      key.every((piece) => known.has(piece)) && this.#isMessage?.(plaintext) !== false
    const positions = Array.from({ length: end - start }, (_, index) => start + index)
    return positions.filter((position) => isRead(this.#encryptions[position] as Encryption))
  }

  #note({ operation, args, result }: SuiteCall): void {
    if (operation === "random") this.#secrets.add(result)
    else if (operation === "keyPair" || operation === "edKeyPair") this.#secrets.add(result.secret)
    else if (operation === "publicKey") this.#published(args[0], result)
    else if (operation === "dh") this.#agreed(args[0], args[1], result)
    else if (operation === "hash") this.#derived([args[0]], result)
    else if (operation === "hmac") this.#derived([args[0], args[1]], result)
    else if (operation === "hkdf") this.#derived([args[0] ?? new Uint8Array(), args[1], args[2]], result)
    else if (operation === "encryptCbc") this.#encrypted(args[0], args[2])
    else if (operation === "sealGcm") this.#encrypted(args[0], args[3])
    // what is signed or decrypted was made before
  }

  /** Of nothing secret comes what everybody can make, even where somebody else makes the same of a secret. */
  #derived(inputs: readonly Uint8Array[], output: Uint8Array): void {
    const secrets = this.#secretsIn(inputs)
    const outputs = this.#secrets.add(output)
    if (secrets.length > 0) this.#derivations.push({ inputs: secrets, outputs })
    else for (const piece of outputs) this.#public.add(piece)
  }

  #published(secret: Uint8Array, key: Uint8Array): void {
    if (this.#secretsIn([secret]).length === 0) this.#openKeys.add(toHex(key))
  }

  /** Whoever knows the private half of the peer's key makes the same of our public one. */
  #agreed(secret: Uint8Array, peer: Uint8Array, output: Uint8Array): void {
    this.#derived(this.#openKeys.has(toHex(peer)) ? [] : [secret], output)
  }

  #encrypted(key: Uint8Array, plaintext: Uint8Array): void {
    const pieces = this.#secretsIn([key])
    this.#encryptions.push({ key: pieces, plaintext })
    const inside = this.#secretsIn(readingsOfBytes(plaintext))
    if (inside.length > 0) this.#derivations.push({ inputs: pieces, outputs: inside })
  }

  #secretsIn(values: readonly Uint8Array[]): Piece[] {
    const found: Piece[] = []
    for (const value of values) this.#secrets.search(value, (piece) => found.push(piece))
    return found
  }

  /** Everything that follows from `start` and from what is on the wire. */
  #closure(start: readonly Piece[]): Set<Piece> {
    const reached = [...start, ...this.#public]
    const waiting = this.#waiting(reached)
    const known = new Set<Piece>()
    for (let piece = reached.pop(); piece !== undefined; piece = reached.pop()) {
      if (known.has(piece)) continue
      known.add(piece)
      for (const derivation of waiting.get(piece) ?? []) {
        derivation.missing--
        if (derivation.missing === 0) reached.push(...derivation.outputs)
      }
    }
    return known
  }

  /** Derivations by what they need; of those that need nothing the outputs are reached. */
  #waiting(reached: Piece[]): Map<Piece, Awaiting[]> {
    const waiting = new Map<Piece, Awaiting[]>()
    for (const { inputs, outputs } of this.#derivations) {
      const distinct = new Set(inputs)
      const derivation = { missing: distinct.size, outputs }
      if (distinct.size === 0) reached.push(...outputs)
      for (const input of distinct) {
        const others = waiting.get(input)
        if (others === undefined) waiting.set(input, [derivation])
        else others.push(derivation)
      }
    }
    return waiting
  }
}

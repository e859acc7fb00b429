/**
 * Counts what happens in a group besides its two-party channels: packets, broadcast bytes, waves, the suite
 * operations of the members' own, state. The channels are counted where they are played (`bench/channels`), and
 * `exact.ts` adds the two up.
 */
import { utf8 } from "../../protocols/bytes.ts"
import { clearTally, emptyTally, type Tally, tallyingSuite } from "../../protocols/crypto/counting.ts"
import { createDigest } from "../../protocols/crypto/digest.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol, Packet, TwoPartyPacket } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { ciphertextsIn } from "../../protocols/packets.ts"
import type { Observer } from "../sim/observer.ts"
import { stateBytes } from "./state-size.ts"

/** Everything exact about one operation but what passed over channels. */
export type GroupTally = {
  readonly twoParty: number
  readonly inBroadcasts: number
  readonly broadcasts: number
  readonly welcomes: number
  readonly deliveries: number
  readonly rounds: number
  readonly notices: number
  /** Whose update secrets were drawn or learnt: members, or {@link EVERYBODY}. */
  readonly renewed: ReadonlySet<string>
  /** Of broadcasts and welcomes: each once, and once for each recipient. */
  readonly bytesUploaded: number
  readonly bytesDelivered: number
  readonly bytesUploadedBy: ReadonlyMap<MemberId, number>
  readonly operations: ReadonlyMap<MemberId, Tally>
  /** Of each member of the group afterwards, without its channels. */
  readonly stateBytes: ReadonlyMap<MemberId, number>
  /** SHA-256 over all broadcasts and welcomes: sender, kind, length and bytes, in order of upload. */
  readonly transcript: Uint8Array
  readonly bundles: OwnBundles
}

/** A protocol's own part of the prekey bundles that were fetched. */
export type OwnBundles = {
  /** What it puts around each that a channel fetches. */
  readonly frameBytes: number
  /** Those that no channel has a part in. */
  readonly count: number
  readonly bytes: number
}

type GroupPacket = Exclude<Packet, TwoPartyPacket>

export class Meter {
  readonly #operations = new Map<MemberId, Tally>()
  readonly #transcript = createDigest()
  readonly #uploadedBy = new Map<MemberId, number>()
  /** Whoever fetched them, a channel or not. */
  readonly fetched: Uint8Array[] = []
  readonly #renewed = new Set<string>()
  /** The longest chain of packets in this wave, each sent in answer to the one before. */
  #waveDepth = 0
  #answered: Packet | undefined
  /** Of packets that are answers themselves, by their bytes. */
  readonly #depths = new WeakMap<Uint8Array, number>()
  #counts = {
    twoParty: 0,
    inBroadcasts: 0,
    broadcasts: 0,
    welcomes: 0,
    deliveries: 0,
    rounds: 0,
    notices: 0,
    bytesUploaded: 0,
    bytesDelivered: 0,
  }

  /** Wrap a member's suite so that its operations are counted from now on. */
  observeSuite(member: MemberId, suite: Suite): Suite {
    return tallyingSuite(suite, this.operationsOf(member))
  }

  readonly observer = {
    onStep: ({ step, bundles, effects }) => {
      this.fetched.push(...bundles)
      for (const { owner } of effects.secrets ?? []) this.#renewed.add(owner)
      this.#answered = step.kind === "packet" ? step.packet : undefined
    },
    onUpload: (packet, recipients) => this.#onUpload(packet, recipients),
    onNotice: () => {
      this.#counts.notices++
    },
    onWave: () => {
      this.#waveDepth = 0
    },
  } satisfies Observer

  /** Forget the suite operations so far. */
  reset(): void {
    for (const tally of this.#operations.values()) clearTally(tally)
  }

  operationsOf(member: MemberId): Tally {
    const tally = this.#operations.get(member) ?? emptyTally()
    this.#operations.set(member, tally)
    return tally
  }

  #onUpload(packet: Packet, recipients: number): void {
    this.#countRounds(packet)
    this.#counts.deliveries += recipients
    const ciphertexts = ciphertextsIn(packet).length
    this.#counts.twoParty += ciphertexts
    if (packet.kind === "broadcast") this.#counts.inBroadcasts += ciphertexts
    if (packet.kind !== "two-party") this.#onGroupPacket(packet, recipients)
  }

  #countRounds({ bytes }: Packet): void {
    const depth = this.#answered === undefined ? 1 : (this.#depths.get(this.#answered.bytes) ?? 1) + 1
    if (depth > 1) this.#depths.set(bytes, depth)
    this.#counts.rounds += Math.max(0, depth - this.#waveDepth)
    this.#waveDepth = Math.max(depth, this.#waveDepth)
  }

  #onGroupPacket({ kind, from, bytes }: GroupPacket, recipients: number): void {
    this.#counts[kind === "broadcast" ? "broadcasts" : "welcomes"]++
    this.#counts.bytesUploaded += bytes.length
    this.#counts.bytesDelivered += bytes.length * recipients
    this.#uploadedBy.set(from, (this.#uploadedBy.get(from) ?? 0) + bytes.length)
    this.#transcript.update(utf8(`${from}>${kind === "broadcast" ? "*" : "+"}:${bytes.length}:`))
    this.#transcript.update(bytes)
  }

  /** `members`: those of the group after the operation. */
  tally(
    protocol: GroupProtocol<unknown>,
    members: readonly { readonly id: MemberId; readonly state: unknown }[],
    bundles: OwnBundles = { frameBytes: 0, count: 0, bytes: 0 },
  ): GroupTally {
    const sizes = members.map(({ id, state }) => [id, ownBytes(protocol, state)] as const)
    return {
      ...this.#counts,
      renewed: this.#renewed,
      bytesUploadedBy: this.#uploadedBy,
      operations: structuredClone(this.#operations),
      stateBytes: new Map(sizes),
      transcript: new Uint8Array(this.#transcript.digest()),
      bundles,
    }
  }
}

const ownBytes = (protocol: GroupProtocol<unknown>, state: unknown): number =>
  stateBytes(state) - stateBytes(protocol.channelsIn(state))

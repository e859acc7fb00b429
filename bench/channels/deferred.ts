/**
 * Channels whose cryptography is put off: the group is driven as always, what it asks of each channel is written
 * down, and the channels are played afterwards, one by one (`lives.ts`).
 *
 * Between two devices of which at least one is `whole` the channel is real at once as well, so that a whole
 * device has a complete state: it can be stolen, recorded and timed.
 */
import type { Packet } from "../../protocols/group.ts"
import { type MemberId, memberIndex } from "../../protocols/ids.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { type Call, CallLog, type Calls, type Segment } from "./calls.ts"

/** What a deferred channel needs of the server: the number of a bundle, which nobody makes. */
export type BundleNumbers = {
  /** The number that the next bundle has. */
  nextBundle(member: MemberId): number
  /** Let it pass as if it had been handed out. */
  skipBundle(member: MemberId): number
}

export type DeferralOptions = {
  readonly real: TwoParty<unknown>
  /** Devices with real channels. */
  readonly whole: ReadonlySet<MemberId>
  /** Its channels are real, and nobody has to play what would be sent on them next. */
  readonly victim: MemberId
  /** Senders whose next message to others than the victim is to be played. */
  readonly watched: ReadonlySet<MemberId>
  /** How many there will ever be. */
  readonly devices: number
}

export class Deferral {
  readonly #real: TwoParty<unknown>
  readonly #whole: ReadonlySet<MemberId>
  readonly #victim: MemberId
  readonly #watched: ReadonlySet<MemberId>
  readonly #devices: number
  #log = new CallLog()
  /** For each device, with whom it has a channel: 1 or 0. */
  #known: Uint8Array
  /** Set before the first call; the server belongs to the group, and the group is made over these channels. */
  server: BundleNumbers | undefined

  constructor({ real, whole, victim, watched, devices }: DeferralOptions) {
    this.#real = real
    this.#whole = whole
    this.#victim = victim
    this.#watched = watched
    this.#devices = devices
    this.#known = new Uint8Array(devices * devices)
  }

  /** Who has a channel with whom, to come back to. */
  get known(): Uint8Array {
    return this.#known.slice()
  }

  set known(known: Uint8Array) {
    this.#known = known.slice()
  }

  begin(segment: Segment): void {
    this.#log.begin(segment)
  }

  /** The calls since the last time. */
  take(): Calls {
    const calls = this.#log.finish()
    this.#log = new CallLog()
    return calls
  }

  /** A packet was uploaded: its ciphertexts of channels are copied to all `recipients` where a server cannot split it. */
  uploaded(packet: Packet, recipients: number): void {
    if (packet.kind !== "broadcast") return
    for (const to of packet.direct?.keys() ?? []) this.#note("copy", packet.from, to, recipients)
  }

  #isReal(one: MemberId, other: MemberId): boolean {
    return this.#whole.has(one) || this.#whole.has(other)
  }

  #pair(me: MemberId, peer: MemberId): number {
    return memberIndex(me) * this.#devices + memberIndex(peer)
  }

  #note(kind: Call["kind"], me: MemberId, peer: MemberId, argument: number): void {
    if (this.#log.phase !== "probe" || this.#isToBeProbed(me, peer)) this.#log.note(kind, me, peer, argument)
  }

  #isToBeProbed(me: MemberId, peer: MemberId): boolean {
    return this.#watched.has(me) && me !== this.#victim && peer !== this.#victim
  }

  #numbers(): BundleNumbers {
    if (this.server === undefined) throw new Error("deferred channels without a server")
    return this.server
  }

  /** To be given to a protocol in place of the real one. */
  readonly channel: TwoParty<unknown> = {
    name: "deferred",
    init: (context) => this.#real.init(context),
    publishBundle: (channels, context, id) => this.#real.publishBundle(channels, context, id),

    hasChannel: (channels, context, peer) =>
      this.#isReal(context.me, peer)
        ? this.#real.hasChannel(channels, context, peer)
        : this.#known[this.#pair(context.me, peer)] === 1,

    open: (channels, context, peer) => {
      const isReal = this.#isReal(context.me, peer)
      if (!isReal && this.#log.phase === "probe") throw new Error("a probe must not open a channel")
      this.#note("open", context.me, peer, this.#numbers()[isReal ? "nextBundle" : "skipBundle"](peer))
      this.#known[this.#pair(context.me, peer)] = 1
      if (isReal) this.#real.open(channels, context, peer)
    },

    leave: (channels, context, peer) => {
      this.#note("leave", context.me, peer, 0)
      this.#known[this.#pair(context.me, peer)] = 0
      if (this.#isReal(context.me, peer)) this.#real.leave(channels, context, peer)
    },

    encrypt: (channels, context, peer, content) => {
      const index = this.#log.indexOf(content)
      this.#note("encrypt", context.me, peer, index)
      return this.#isReal(context.me, peer)
        ? this.#real.encrypt(channels, context, peer, content)
        : this.#log.placeholder(index)
    },

    decrypt: (channels, context, peer, bytes) => {
      this.#note("decrypt", context.me, peer, 0)
      this.#known[this.#pair(context.me, peer)] = 1
      if (this.#isReal(context.me, peer)) return this.#real.decrypt(channels, context, peer, bytes)
      return this.#log.contentOf(bytes)
    },

    overhear: (channels, context, peer, bytes) => this.#real.overhear(channels, context, peer, bytes),
  }
}

/** Plays one channel: what its two devices were asked to do, in their order, with real cryptography. */
import { equal } from "../../protocols/bytes.ts"
import { clearTally, emptyTally, type Tally, tallyingSuite } from "../../protocols/crypto/counting.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { unreachable } from "../../protocols/errors.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { stateBytes } from "../meter/state-size.ts"
import { fork } from "../sim/fork.ts"
import type { Account, Sizes } from "./account.ts"
import { type Call, type Calls, callAt } from "./calls.ts"
import { type Channel, channelContext, DialledSuite, type End } from "./ends.ts"

/** The suites of the two ends, with what each was asked while it counted. */
type Workbench = { readonly counted: DialledSuite; readonly operations: Tally }

export class Player {
  readonly #channel: TwoParty<unknown>
  readonly #workbenches: readonly [Workbench, Workbench]
  readonly #uncounted: DialledSuite
  /** Of its own: a bundle is published while somebody else's step is under way. */
  readonly #publishing: DialledSuite

  constructor(channel: TwoParty<unknown>, createSuite: CreateSuite) {
    this.#channel = channel
    this.#workbenches = [workbench(createSuite), workbench(createSuite)]
    this.#uncounted = new DialledSuite(createSuite)
    this.#publishing = new DialledSuite(createSuite)
  }

  /**
   * Play `rows` of `calls` on `channel`, which moves on.
   *
   * @param numbers - of its two devices
   * @throws Error when a device has a channel where it was asked to open one, or has none to encrypt on, or when
   *   something else is decrypted than was encrypted
   */
  play(
    channel: Channel,
    numbers: readonly [number, number],
    calls: Calls,
    rows: readonly number[],
    account: Account,
  ): void {
    for (const { operations } of this.#workbenches) clearTally(operations)
    let isMeasured = false
    for (const row of rows) {
      const call = callAt(calls, row)
      if (call.segment.phase === "uncounted" && !isMeasured) {
        account.grew(numbers, sizesOf(channel))
        isMeasured = true
      }
      this.#perform(channel, numbers[0] === call.me ? 0 : 1, call, calls, account)
    }
    if (!isMeasured) account.grew(numbers, sizesOf(channel))
    for (const [side, { operations }] of this.#workbenches.entries()) {
      account.worked(numbers[side as 0 | 1], operations)
    }
  }

  /** @throws Error when a channel that is usable now would not be at `later`: then what comes of it is not the same */
  requireTimeless(channel: Channel, later: number): void {
    for (const [me, peer] of [sides(channel, 0), sides(channel, 1)]) {
      const isUsable = (now: number) => {
        const context = channelContext(me, this.#uncounted, { now, fetchBundle: noBundles })
        return this.#channel.hasChannel(me.channels, context, peer.id)
      }
      if (isUsable(0) !== isUsable(later)) throw new Error("a channel expired while it was at rest")
    }
  }

  #perform(channel: Channel, side: 0 | 1, call: Call, calls: Calls, account: Account): void {
    switch (call.kind) {
      case "open":
        this.#open(channel, side, call, account)
        break
      case "leave":
        this.#leave(channel, side, call)
        break
      case "encrypt":
        this.#encrypt(channel, side, call, calls.contents[call.argument] as Uint8Array, account)
        break
      case "copy":
        this.#copy(channel, side, call, account)
        break
      case "decrypt":
        this.#decrypt(channel, side, call)
        break
      default:
        unreachable(call.kind)
    }
  }

  #contextOf(end: End, side: 0 | 1, { phase, now }: Call["segment"], fetchBundle = noBundles) {
    const suite = phase === "counted" ? this.#workbenches[side].counted : this.#uncounted
    return channelContext(end, suite, { now, fetchBundle })
  }

  #open(channel: Channel, side: 0 | 1, { segment, argument: id }: Call, account: Account): void {
    const [me, peer] = sides(channel, side)
    const fetchBundle = () => {
      const context = channelContext(peer, this.#publishing, { now: segment.now, fetchBundle: noBundles })
      const bundle = this.#channel.publishBundle(peer.channels, context, id)
      if (segment.phase === "counted") account.fetched(bundle)
      return bundle
    }
    const context = this.#contextOf(me, side, segment, fetchBundle)
    if (this.#channel.hasChannel(me.channels, context, peer.id)) throw new Error("opened twice")
    this.#channel.open(me.channels, context, peer.id)
  }

  #leave(channel: Channel, side: 0 | 1, { segment }: Call): void {
    const [me, peer] = sides(channel, side)
    this.#channel.leave(me.channels, this.#contextOf(me, side, segment), peer.id)
  }

  #encrypt(channel: Channel, side: 0 | 1, call: Call, content: Uint8Array, account: Account): void {
    const [owner, peer] = sides(channel, side)
    const me = call.segment.phase === "probe" ? fork(owner) : owner // what would be sent next is sent by a copy
    const context = this.#contextOf(me, side, call.segment)
    if (!this.#channel.hasChannel(me.channels, context, peer.id)) throw new Error("there is no channel")
    const bytes = this.#channel.encrypt(me.channels, context, peer.id, content)
    account.sent(call.me, { kind: "two-party", from: me.id, to: peer.id, bytes }, call.segment)
    if (call.segment.phase !== "probe") channel.underWay[side === 0 ? 1 : 0].push({ bytes, content })
  }

  #copy({ underWay }: Channel, side: 0 | 1, { segment, argument: copies }: Call, account: Account): void {
    const sent = underWay[side === 0 ? 1 : 0].at(-1)
    if (sent === undefined) throw new Error("nothing was sent that could be copied")
    if (segment.phase === "counted") account.copied(sent.bytes, copies)
  }

  #decrypt(channel: Channel, side: 0 | 1, { segment }: Call): void {
    const [me, peer] = sides(channel, side)
    const sealed = channel.underWay[side].shift()
    if (sealed === undefined) throw new Error("nothing is under way")
    const opened = this.#channel.decrypt(
      me.channels,
      this.#contextOf(me, side, segment),
      peer.id,
      sealed.bytes,
    )
    if (!equal(opened, sealed.content)) throw new Error("a channel changed what it carried")
  }
}

function workbench(createSuite: CreateSuite): Workbench {
  const operations = emptyTally()
  const counted = new DialledSuite((random) => tallyingSuite(createSuite(random), operations))
  return { counted, operations }
}

const noBundles = (): Uint8Array => {
  throw new Error("no bundle was to be fetched here")
}

const sides = ({ ends }: Channel, side: 0 | 1): readonly [End, End] =>
  side === 0 ? ends : [ends[1], ends[0]]

/** What the channel adds to the state of each device. */
export const sizesOf = ({ ends, bareBytes }: Channel): Sizes => [
  stateBytes(ends[0].channels) - bareBytes[0],
  stateBytes(ends[1].channels) - bareBytes[1],
]

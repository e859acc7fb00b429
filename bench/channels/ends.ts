/** The two devices of a channel, with nothing but that channel: plain data, to be copied and lived on from. */
import type { Context } from "../../protocols/context.ts"
import { derivedRandom, type RandomState, seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import { type MemberId, memberId } from "../../protocols/ids.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { stateBytes } from "../meter/state-size.ts"
import { contextOf } from "../sim/context.ts"
import { fork } from "../sim/fork.ts"

export type End = { readonly id: MemberId; readonly channels: unknown; readonly random: RandomState }

/** A ciphertext under way, and what it must open to. */
export type Sealed = { readonly bytes: Uint8Array; readonly content: Uint8Array }

export type Channel = {
  readonly ends: readonly [End, End]
  /** To the first, to the second; first in, first out. */
  readonly underWay: readonly [Sealed[], Sealed[]]
  /** State of the two devices before there was a channel. */
  readonly bareBytes: readonly [number, number]
}

/** Devices as they were when they were registered, each made when it is first asked for. */
export class Devices {
  readonly #channel: TwoParty<unknown>
  readonly #createSuite: CreateSuite
  readonly #seed: number
  readonly #devices = new Map<number, End>()

  constructor(channel: TwoParty<unknown>, createSuite: CreateSuite, seed: number) {
    this.#channel = channel
    this.#createSuite = createSuite
    this.#seed = seed
  }

  device(index: number): End {
    const known = this.#devices.get(index)
    if (known !== undefined) return known
    const id = memberId(index)
    const random = seedRandom(this.#seed, id)
    const channels = this.#channel.init(contextOf({ id, random }, this.#createSuite, NOWHERE))
    this.#devices.set(index, { id, channels, random })
    return { id, channels, random }
  }

  /** Before anything passed between the two. */
  channel([first, second]: readonly [number, number]): Channel {
    const ends = [fork(this.device(first)), fork(this.device(second))] as const
    const bareBytes = [stateBytes(ends[0].channels), stateBytes(ends[1].channels)] as const
    return { ends, underWay: [[], []], bareBytes }
  }

  /** State of a device without any channel: its long-term keys and the one prekey that always waits. */
  ownBytes(index: number): number {
    const { id, channels, random } = fork(this.device(index))
    const context = contextOf({ id, random }, this.#createSuite, NOWHERE)
    this.#channel.publishBundle(channels, context, 1)
    return stateBytes(channels)
  }
}

/** For a device by itself. */
export const NOWHERE = {
  now: 0,
  fetchBundle: () => {
    throw new Error("a device without a server was to fetch a bundle")
  },
}

/** A suite whose source of randomness is set anew for each use: making one for each call would take longer. */
export class DialledSuite {
  readonly #suite: Suite
  #draw: (length: number) => Uint8Array = () => {
    throw new Error("no source of randomness was dialled")
  }

  constructor(createSuite: CreateSuite) {
    this.#suite = createSuite((length) => this.#draw(length))
  }

  on(random: RandomState, purpose: string): Suite {
    this.#draw = seededRandom(derivedRandom(random, purpose))
    return this.#suite
  }
}

/** A channel that drew from the member's own randomness would depend on other channels: here it fails. */
const NO_SUITE = {} as Suite

/** What a channel's step is given: it has no business with the member's own randomness. */
export const channelContext = (
  { id, random }: End,
  suite: DialledSuite,
  world: Pick<Context, "now" | "fetchBundle">,
): Context => ({
  me: id,
  suite: NO_SUITE,
  suiteFor: (purpose) => suite.on(random, purpose),
  ...world,
})

/**
 * The thief: copies one member's complete state, then hears every packet on the wire and injects nothing. Its
 * randomness is its own. It tries every packet, whoever sent it to whom.
 */
import type { Context } from "../../protocols/context.ts"
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import { contextOf } from "../sim/context.ts"
import { fork } from "../sim/fork.ts"

/** The copy as it was taken, and another that learns from what it opens. Plain data. */
export type Loot = { readonly stolen: unknown; readonly live: unknown }

/** Its randomness is its own, and it asks the server for nothing. */
export function thiefContext(createSuite: CreateSuite): Context {
  const fetchBundle = () => {
    throw new ProtocolError("missing-prekey")
  }
  return contextOf({ id: "thief", random: seedRandom(0, "thief") }, createSuite, { now: 0, fetchBundle })
}

/** Errors without their stacks: it fails thousands of times, and nobody reads where. */
export function hurriedly<T>(attempt: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return attempt()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

export class Thief {
  readonly #protocol: GroupProtocol<unknown>
  readonly #context: Context
  readonly #loot: Loot

  private constructor(protocol: GroupProtocol<unknown>, context: Context, loot: Loot) {
    this.#protocol = protocol
    this.#context = context
    this.#loot = loot
  }

  static steal(protocol: GroupProtocol<unknown>, createSuite: CreateSuite, state: unknown): Thief {
    // each by itself: one clone of both would be one object twice
    const loot = { stolen: structuredClone(state), live: structuredClone(state) }
    return new Thief(protocol, thiefContext(createSuite), loot)
  }

  /** A copy of the channels it has. */
  channels(): Loot {
    const { stolen, live } = this.#loot
    return fork({ stolen: this.#protocol.channelsIn(stolen), live: this.#protocol.channelsIn(live) })
  }

  /** A thief that knows as much, to try packets on that never went over the wire. */
  twin(): Thief {
    const { stolen, live } = this.#loot // nothing changes what was stolen
    return new Thief(this.#protocol, this.#context, { stolen, live: fork(live) })
  }

  /** Whether the packet opened; what was in it is remembered. */
  async hears(packet: Packet): Promise<boolean> {
    const { stolen, live } = this.#loot
    return await hurriedly(() => this.#protocol.overhear(stolen, live, this.#context, packet))
  }

  /** How many of the packets opened, heard in their order. */
  async hearsAll(packets: readonly Packet[]): Promise<number> {
    return (await this.opens(packets)).length
  }

  /** Those that opened. */
  async opens(packets: readonly Packet[]): Promise<Packet[]> {
    const opened: Packet[] = []
    for (const packet of packets) if (await this.hears(packet)) opened.push(packet)
    return opened
  }
}

/**
 * The thief: copies one member's complete state, then hears every packet on the wire and injects nothing. Its
 * randomness is its own. It tries every packet, whoever sent it to whom.
 */
import type { Context } from "../../protocols/context.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"

/** The copy as it was taken, and another that learns from what it opens. */
type Loot = { readonly stolen: unknown; readonly live: unknown }

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
    const suite = createSuite(seededRandom(seedRandom(0, "thief")))
    const fetchBundle = () => {
      throw new ProtocolError("missing-prekey") // a passive adversary asks the server for nothing
    }
    // each by itself: one clone of both would be one object twice
    const loot = { stolen: structuredClone(state), live: structuredClone(state) }
    return new Thief(protocol, { suite, now: 0, fetchBundle }, loot)
  }

  /** A thief that knows as much, to try packets on that never went over the wire. */
  twin(): Thief {
    const { stolen, live } = this.#loot // nothing changes what was stolen
    return new Thief(this.#protocol, this.#context, { stolen, live: structuredClone(live) })
  }

  /** Whether the packet opened; what was in it is remembered. */
  hears(packet: Packet): boolean {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0 // it fails thousands of times, and nobody reads where
    try {
      return this.#protocol.overhear(this.#loot.stolen, this.#loot.live, this.#context, packet)
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
  }

  /** How many of the packets opened, heard in their order. */
  hearsAll(packets: readonly Packet[]): number {
    return packets.filter((packet) => this.hears(packet)).length
  }
}

/**
 * An attacker who holds copies of several devices' states, taken at once or at different times. It goes on from each of
 * the copies, and tries on every packet what all of them know.
 *
 * Limit: two copies of the same device are not put together within one session of a Double Ratchet, where a private key
 * in the later one may fit a root key in the earlier one. The second adversary sees that.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import { Thief } from "./thief.ts"

export class PooledThief {
  readonly #thieves: readonly Thief[]

  private constructor(thieves: readonly Thief[]) {
    this.#thieves = thieves
  }

  /** @param protocol - over the pooled channels of those that the copies have */
  static async steal(
    protocol: GroupProtocol<unknown>,
    createSuite: CreateSuite,
    copies: readonly unknown[],
  ): Promise<PooledThief> {
    const channels = copies.map((copy) => protocol.channelsIn(copy))
    const pooled = copies.map((copy) =>
      protocol.pool(
        copy,
        copies.filter((other) => other !== copy),
        channels,
      ),
    )
    const states = await Promise.all(pooled)
    return new PooledThief(states.map((state) => Thief.steal(protocol, createSuite, state)))
  }

  /** Whether the packet opened for any of the copies; all of them learn from it. */
  async hears(packet: Packet): Promise<boolean> {
    const opened: boolean[] = []
    for (const thief of this.#thieves) opened.push(await thief.hears(packet))
    return opened.includes(true)
  }

  /** How many of the packets opened, heard in their order. */
  async hearsAll(packets: readonly Packet[]): Promise<number> {
    let opened = 0
    for (const packet of packets) if (await this.hears(packet)) opened++
    return opened
  }
}

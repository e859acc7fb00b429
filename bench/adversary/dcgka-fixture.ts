/** For tests: a group under DCGKA at rest, and both adversaries with copies of its members' states. */
import assert from "node:assert/strict"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { channelNamed, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { listen, NATIVE } from "../sim/fixture.ts"
import { Group } from "../sim/group.ts"
import { form, talk } from "../sim/operations.ts"
import type { Action } from "../sim/step.ts"
import { DerivationLog } from "./derivability.ts"
import { pooledChannels } from "./pooled-channels.ts"
import { PooledThief } from "./pooled-thief.ts"

/** As much of a member's state as thieves share out. */
type State = { readonly channels: unknown; readonly group: { owesUpdate: boolean } }

const dcgkaOver = (channel: TwoParty<unknown>) => competitorNamed("dcgka").protocol(DEFAULT_SETTINGS, channel)

export const UPDATE: Action = { kind: "update" }
export const SPEAK: Action = { kind: "send", plaintext: new TextEncoder().encode("hear, hear") }

/** A robbed group: what it does from now on is heard. */
export class Scene {
  readonly group: Group
  readonly #channel: string
  readonly #log: DerivationLog
  readonly wire: Packet[]

  private constructor(channel: string, group: Group, log: DerivationLog) {
    this.#channel = channel
    this.group = group
    this.#log = log
    this.wire = listen(group)
  }

  static async at(channel: string, size = 4): Promise<Scene> {
    const log = new DerivationLog()
    const createSuite: typeof NATIVE.createSuite = (random) => log.observe(NATIVE.createSuite(random))
    const group = new Group(dcgkaOver(channelNamed(channel)), { ...NATIVE, createSuite })
    log.listenTo(group)
    await form(group, size)
    await talk(group, group.roster)
    return new Scene(channel, group, log)
  }

  /** Messages encrypted so far. */
  get encryptions(): number {
    return this.#log.encryptions
  }

  state(member: MemberId): State {
    return this.group.member(member).state as State
  }

  /** Everybody acts before anybody hears of it. */
  together(...actions: readonly (readonly [MemberId, Action])[]): Promise<void> {
    return this.group.perform({ actions })
  }

  /** Thieves with the copies of some members as they are now, who hear what follows. */
  rob(...victims: readonly MemberId[]): Robbery {
    return this.robbed(victims.map((victim) => structuredClone(this.state(victim))))
  }

  /** The same with copies that were taken before, who have recorded the wire from some packet on. */
  robbed(copies: readonly State[], since = this.wire.length): Robbery {
    return new Robbery(this.#channel, this.#log, copies, this.wire, since)
  }

  /** A copy of `victim` in the midst of deliveries: as it is when it has taken a packet from `sender`. */
  async copyOf(victim: MemberId, sender: MemberId, act: () => Promise<void>): Promise<State> {
    const copies: State[] = []
    const stop = this.group.observe({
      onStep: ({ member, step }) => {
        if (member !== victim || step.kind !== "packet" || step.packet.from !== sender) return
        copies.push(structuredClone(this.state(victim)))
      },
    })
    await act()
    stop()
    const [copy] = copies
    assert.ok(copy !== undefined)
    return copy
  }
}

/** Both adversaries with one copy, or with several that they put together. */
export class Robbery {
  readonly #thief: Promise<PooledThief>
  readonly #log: DerivationLog
  readonly #copies: readonly State[]
  readonly #wire: readonly Packet[]
  #heard: number

  constructor(
    channel: string,
    log: DerivationLog,
    copies: readonly State[],
    wire: readonly Packet[],
    since: number,
  ) {
    const protocol = dcgkaOver(pooledChannels(channelNamed(channel)) as TwoParty<unknown>)
    this.#thief = PooledThief.steal(protocol, NATIVE.createSuite, copies)
    this.#log = log
    this.#copies = copies
    this.#wire = wire
    this.#heard = since
  }

  /** Senders of the packets that opened since the last time, in their order. */
  async opened(): Promise<MemberId[]> {
    const fresh = this.#wire.slice(this.#heard)
    this.#heard = this.#wire.length
    const opened: MemberId[] = []
    const thief = await this.#thief
    for (const packet of fresh) if (await thief.hears(packet)) opened.push(packet.from)
    return opened
  }

  /** Messages from number `start` on whose keys follow from the copies. */
  derivable(start: number): number {
    return this.#log.readable(this.#copies, start, this.#log.encryptions)
  }

  /** Who is read when each of `speakers` says something; by both adversaries, or the test fails. */
  async readable(scene: Scene, speakers = scene.group.roster): Promise<MemberId[]> {
    await this.opened()
    const start = scene.encryptions
    await scene.together(...speakers.map((member) => [member, SPEAK] as const))
    const opened = await this.opened()
    assert.equal(this.derivable(start), opened.length)
    return opened
  }
}

/**
 * Healing: a thief has copied the victim, the group goes through rounds, and after each the thief says what it
 * could open and whose next message it would read.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Healing } from "../../results/schema.ts"
import type { Group } from "../sim/group.ts"
import type { Wave } from "../sim/step.ts"
import { readableSenders } from "./probe.ts"
import { Thief } from "./thief.ts"

/** What the thief could do in one wave, and right after it. */
export type WaveReport = {
  /** Packets of this wave that opened. */
  readonly opened: number
  /** Members whose next message it would read. */
  readonly readable: readonly MemberId[]
}

/** What a thief uses and hears: the protocol over real channels, and what of a packet has bytes already. */
export type Wiretap = {
  readonly protocol: GroupProtocol<unknown>
  readonly audible: (packet: Packet) => readonly Packet[]
}

/** A theft that has happened: performs what the group does from then on under the thief's ears. */
export class Compromise {
  readonly group: Group
  readonly thief: Thief
  readonly #createSuite: CreateSuite
  readonly #wiretap: Wiretap

  constructor(
    group: Group,
    victim: MemberId,
    createSuite: CreateSuite,
    wiretap: Wiretap = { protocol: group.protocol, audible: (packet) => [packet] },
  ) {
    this.group = group
    this.#createSuite = createSuite
    this.#wiretap = wiretap
    this.thief = Thief.steal(wiretap.protocol, createSuite, group.member(victim).state)
  }

  /** Perform a wave under the thief's ears, then probe every sender. */
  async perform(wave: Wave): Promise<WaveReport> {
    return { opened: await this.overhear(wave), readable: await this.readableSenders() }
  }

  /** The first member whose next message the thief would read, if there is one. */
  async firstReadableSender(): Promise<MemberId[]> {
    for await (const sender of this.#probe(this.group.roster)) return [sender]
    return []
  }

  /** Perform a wave; the thief hears all of it and opens what it can. */
  async overhear(wave: Wave): Promise<number> {
    const packets: Packet[] = []
    const onUpload = (packet: Packet) => packets.push(...this.#wiretap.audible(packet))
    const stop = this.group.observe({ onUpload })
    await this.group.perform(wave)
    stop()
    return this.thief.hearsAll(packets)
  }

  /** Those of `members` whose next message the thief would read. */
  async readableSenders(members: readonly MemberId[] = this.group.roster): Promise<MemberId[]> {
    const readable: MemberId[] = []
    for await (const sender of this.#probe(members)) readable.push(sender)
    return readable
  }

  #probe(members: readonly MemberId[]): AsyncGenerator<MemberId> {
    const { audible } = this.#wiretap
    return readableSenders(
      { group: this.group, createSuite: this.#createSuite, audible },
      this.thief,
      members,
    )
  }
}

/** What one thief found. */
export type Verdict = Pick<Healing, "healed" | "readableMessages" | "firstSafeRound">

/**
 * The thief's verdict over the waves of a heal and what came after it.
 *
 * `readableMessages` counts the heal's own packets; the aftermath decides `healed` with them.
 */
export function verdict(heal: readonly WaveReport[], aftermath: readonly WaveReport[]): Verdict {
  const isOpen = ({ opened, readable }: WaveReport) => opened > 0 || readable.length > 0
  const lastOpen = [...heal, ...aftermath].findLastIndex(isOpen)
  const healed = lastOpen < heal.length - 1
  const readableMessages = heal.reduce((sum, { opened }) => sum + opened, 0)
  return { healed, readableMessages, firstSafeRound: healed ? lastOpen + 2 : null }
}

/** Of a packet, all that is on no channel, and on channels what `victim` sends or gets. */
export function apartFromOthersChannels(victim: MemberId, packet: Packet): readonly Packet[] {
  if (packet.from === victim || packet.kind === "welcome") return [packet]
  if (packet.kind === "two-party") return packet.to === victim ? [packet] : []
  const { direct, ...rest } = packet
  const own = direct?.get(victim)
  return [own === undefined ? rest : { ...rest, direct: new Map([[victim, own]]) }]
}

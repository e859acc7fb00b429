/**
 * Healing: a thief has copied the victim, the group goes through rounds, and after each the thief says what it
 * could open and whose next message it would read.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
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

/** A theft that has happened: performs what the group does from then on under the thief's ears. */
export class Compromise {
  readonly group: Group
  readonly #thief: Thief
  readonly #createSuite: CreateSuite

  constructor(group: Group, victim: MemberId, createSuite: CreateSuite) {
    this.group = group
    this.#createSuite = createSuite
    this.#thief = Thief.steal(group.protocol, createSuite, group.member(victim).state)
  }

  /** Perform a wave under the thief's ears, then probe every sender. */
  perform(wave: Wave): WaveReport {
    return { opened: this.overhear(wave), readable: this.readableSenders() }
  }

  /** The same, but the probe ends with the first member whose next message would be read. */
  performBriefly(wave: Wave): WaveReport {
    return { opened: this.overhear(wave), readable: firstOf(this.#probe(this.group.roster)) }
  }

  /** Perform a wave; the thief hears all of it and opens what it can. */
  overhear(wave: Wave): number {
    const packets: Packet[] = []
    const stop = this.group.observe({ onUpload: (packet) => packets.push(packet) })
    this.group.perform(wave)
    stop()
    return this.#thief.hearsAll(packets)
  }

  /** Those of `members` whose next message the thief would read. */
  readableSenders(members: readonly MemberId[] = this.group.roster): MemberId[] {
    return [...this.#probe(members)]
  }

  #probe(members: readonly MemberId[]): Generator<MemberId> {
    return readableSenders(this.group, this.#createSuite, this.#thief, members)
  }
}

/**
 * The thief's verdict over the waves of a heal and what came after it.
 *
 * `readableMessages` counts the heal's own packets; the aftermath decides `healed` with them.
 */
export function verdict(heal: readonly WaveReport[], aftermath: readonly WaveReport[]): Healing {
  const isOpen = ({ opened, readable }: WaveReport) => opened > 0 || readable.length > 0
  const lastOpen = [...heal, ...aftermath].findLastIndex(isOpen)
  const healed = lastOpen < heal.length - 1
  const readableMessages = heal.reduce((sum, { opened }) => sum + opened, 0)
  return { healed, readableMessages, firstSafeRound: healed ? lastOpen + 2 : null }
}

function firstOf<T>(items: Generator<T>): T[] {
  const first = items.next()
  return first.done ? [] : [first.value]
}

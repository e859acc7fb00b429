/**
 * The channels of many groups, channel by channel: each is formed once and lives on from there through every
 * operation. Nothing is kept of it but what it cost, so a million sessions need no more room than one device's.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import type { Eavesdropper } from "../adversary/eavesdropper.ts"
import { fork } from "../sim/fork.ts"
import { Account, type Ear } from "./account.ts"
import { byChannel, type Calls, endOf, endsOf, sameCalls } from "./calls.ts"
import { type Channel, Devices } from "./ends.ts"
import { Memory, memoized } from "./memo.ts"
import { Player, sizesOf } from "./player.ts"
import type { ChannelTally } from "./tally.ts"

/** What was asked of a group's channels: while it formed and came to rest, and in each operation from there on. */
export type GroupCalls = {
  readonly forming: Calls
  readonly operations: ReadonlyMap<string, Calls>
  /** Listens to those operations that are named. */
  readonly eavesdroppers: ReadonlyMap<string, Eavesdropper>
}

/** `forming`: the counted part of it, under which the group was created. */
export type GroupTallies = {
  readonly forming: ChannelTally
  readonly operations: ReadonlyMap<string, ChannelTally>
}

export type Laboratory = {
  readonly channel: TwoParty<unknown>
  readonly createSuite: CreateSuite
  readonly seed: number
  /** How many there are in all, those that join later included. */
  readonly devices: number
  /** Those whose long-term keys are accounted for here: each device in one part only. */
  readonly owns: (device: number) => boolean
}

/** Play all channels of the groups; where two ask the same of a channel it is played once for both. */
export function playChannels(laboratory: Laboratory, groups: readonly GroupCalls[]): GroupTallies[] {
  const memory = new Memory(new Memory())
  const stage = stageOf(laboratory, memory)
  const lives = groups.map((calls, index) => new Life(stage, calls, groups.slice(0, index)))
  let column = -1
  for (const key of sortedKeys(lives)) {
    memory.clear() // nothing is shared between channels
    const numbers = endsOf(key)
    if (numbers[1] !== column) for (const life of lives) life.closeColumn(column)
    column = numbers[1]
    const resting: Channel[] = []
    for (const life of lives) resting.push(life.play(key, numbers, resting))
  }
  for (const life of lives) life.closeColumn(column)
  const tallies: GroupTallies[] = []
  for (const life of lives) tallies.push(life.finish(tallies))
  return tallies
}

type Stage = {
  readonly laboratory: Laboratory
  readonly devices: Devices
  readonly player: Player
  /** What a thief hears where it robbed neither end: the victim's own channels were heard when they spoke. */
  readonly earOf: (thief: Eavesdropper) => Ear
}

function stageOf(laboratory: Laboratory, memory: Memory): Stage {
  const { channel, seed } = laboratory
  const createSuite = memoized(laboratory.createSuite, memory)
  const earOf =
    (thief: Eavesdropper): Ear =>
    (packet, wave) =>
      thief.listensTo(packet) && thief.hears(channel, createSuite, packet, wave)
  return {
    laboratory,
    devices: new Devices(channel, memoized(laboratory.createSuite, memory.lasting), seed),
    player: new Player(channel, createSuite),
    earOf,
  }
}

const sortedKeys = (lives: readonly Life[]): number[] =>
  [...new Set(lives.flatMap((life) => life.keys()))].sort((a, b) => a - b)

/** One operation of one group. */
type Plot = { readonly calls: Calls; readonly rows: Map<number, number[]>; readonly account: Account }

/** One group's channels. */
class Life {
  readonly #stage: Stage
  readonly #forming: Plot
  readonly #operations = new Map<string, Plot>()
  /** The first group that formed with the very same calls, and which of its operations are the same too. */
  readonly #twin: number | undefined
  readonly #repeated: ReadonlySet<string>
  /** When the last of the repeated calls is made. */
  readonly #latest: number

  constructor(stage: Stage, group: GroupCalls, others: readonly GroupCalls[]) {
    this.#stage = stage
    const twin = others.findIndex((other) => sameCalls(other.forming, group.forming))
    this.#twin = twin < 0 ? undefined : twin
    this.#repeated = twin < 0 ? new Set() : repeatedIn(group, others[twin] as GroupCalls)
    this.#latest = Math.max(
      0,
      ...[...this.#repeated].map((name) => endOf(group.operations.get(name) as Calls)),
    )
    this.#forming = this.#plotOf(group.forming)
    for (const [name, calls] of group.operations) {
      const thief = group.eavesdroppers.get(name)
      if (!this.#repeated.has(name)) this.#operations.set(name, this.#plotOf(calls, thief))
    }
    this.#accountForDevices()
  }

  #plotOf(calls: Calls, thief?: Eavesdropper): Plot {
    const { laboratory, earOf } = this.#stage
    const account = new Account(laboratory.devices, thief && earOf(thief))
    return { calls, rows: byChannel(calls), account }
  }

  #plots(): Plot[] {
    return [this.#forming, ...this.#operations.values()]
  }

  #accountForDevices(): void {
    const { laboratory, devices } = this.#stage
    for (let device = 0; device < laboratory.devices; device++) {
      if (!laboratory.owns(device)) continue
      const bytes = devices.ownBytes(device)
      for (const { account } of this.#plots()) account.owned(device, bytes)
    }
  }

  keys(): number[] {
    return this.#plots().flatMap(({ rows }) => [...rows.keys()])
  }

  /** @returns the channel at rest, for those that form with the same calls */
  play(key: number, numbers: readonly [number, number], resting: readonly Channel[]): Channel {
    const rest = this.#form(key, numbers, resting)
    const restingSizes = sizesOf(rest)
    for (const { calls, rows, account } of this.#operations.values()) {
      const own = rows.get(key)
      if (own === undefined) account.grew(numbers, restingSizes)
      else this.#stage.player.play(fork(rest), numbers, calls, own, account)
    }
    return rest
  }

  #form(key: number, numbers: readonly [number, number], resting: readonly Channel[]): Channel {
    if (this.#twin !== undefined) {
      const rest = resting[this.#twin] as Channel
      this.#stage.player.requireTimeless(rest, this.#latest)
      return rest
    }
    const channel = this.#stage.devices.channel(numbers)
    const { calls, rows, account } = this.#forming
    this.#stage.player.play(channel, numbers, calls, rows.get(key) ?? [], account)
    return channel
  }

  closeColumn(device: number): void {
    for (const { account } of this.#plots()) account.closeColumn(device)
  }

  finish(others: readonly GroupTallies[]): GroupTallies {
    const twin = others[this.#twin ?? -1]
    const operations = new Map<string, ChannelTally>()
    for (const [name, { account }] of this.#operations) operations.set(name, account.tally)
    for (const name of this.#repeated) operations.set(name, twin?.operations.get(name) as ChannelTally)
    return { forming: twin?.forming ?? this.#forming.account.tally, operations }
  }
}

/** The operations in which both groups ask the same of their channels, under the same ears. */
function repeatedIn(group: GroupCalls, twin: GroupCalls): ReadonlySet<string> {
  const isRepeated = (name: string, calls: Calls): boolean => {
    const [thief, other] = [group.eavesdroppers.get(name), twin.eavesdroppers.get(name)]
    const isHeardAlike = thief === undefined || other === undefined ? thief === other : thief.isLike(other)
    const known = twin.operations.get(name)
    return isHeardAlike && known !== undefined && sameCalls(known, calls)
  }
  return new Set([...group.operations].filter((entry) => isRepeated(...entry)).map(([name]) => name))
}

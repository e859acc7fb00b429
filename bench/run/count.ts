/**
 * The exact measures of a group's operations, from its two halves: the group with what it asked of its channels,
 * and the channels. Each half may be done elsewhere, and the channels in parts.
 */
import { memberId } from "../../protocols/ids.ts"
import { channelNamed } from "../../protocols/registry.ts"
import type { Exact, Healing, Operation } from "../../results/schema.ts"
import { Eavesdropper } from "../adversary/eavesdropper.ts"
import { verdict, type WaveReport } from "../adversary/heal.ts"
import { type Calls, split } from "../channels/calls.ts"
import { type GroupTallies, playChannels } from "../channels/lives.ts"
import { addTally, type ChannelTally, emptyTally } from "../channels/tally.ts"
import { exactOf } from "../meter/exact.ts"
import type { GroupTally } from "../meter/meter.ts"
import { INITIATOR, rolesOf } from "../sim/operations.ts"
import { GroupCounter, type GroupPart, type Laboratory, type Programme, type Theft } from "./count-group.ts"
import type { Recording } from "./recording.ts"
import { watchedIn } from "./sampled-members.ts"

export type Whole = { readonly exact: Exact; readonly healing: Healing | undefined }
export type Counted = Whole & { readonly recording: Recording }

/** A group's part of an operation, as far as it goes into the exact measures. */
export type OwnPart = {
  readonly tally: GroupTally
  readonly theft: Pick<Theft, "heal" | "aftermath" | "judgement"> | undefined
}

export const ownPart = ({ tally, theft }: GroupPart): OwnPart => ({
  tally,
  theft: theft && { heal: theft.heal, aftermath: theft.aftermath, judgement: theft.judgement },
})

/** What the channels of one group have to do with one part of them. */
export type ChannelWork = Piece & { readonly channel: string; readonly thefts: Thefts }

/** By the heal in which it was. */
export type Thefts = ReadonlyMap<Operation, Theft>

/** What a group asked of one part of its channels. */
export type Piece = { readonly forming: Calls; readonly operations: ReadonlyMap<Operation, Calls> }

/** Which part of how many; a device belongs to the part that its number leaves as remainder. */
export type Part = { readonly index: number; readonly of: number }

/** All at once and in one isolate. */
export async function countAll(
  laboratory: Laboratory,
  programme: Programme,
  parts = 1,
): Promise<Map<Operation, Counted>> {
  const counter = new GroupCounter(laboratory, programme)
  const { created, forming } = await counter.form()
  const done = new Map<Operation, GroupPart>([["create", created]])
  const calls = new Map<Operation, Calls>()
  for (const operation of programme.operations) {
    if (operation === "create") continue
    const performed = await counter.perform(operation)
    done.set(operation, performed.part)
    calls.set(operation, performed.calls)
  }
  const thefts = new Map(
    [...done].flatMap(([name, { theft }]) => (theft === undefined ? [] : [[name, theft]])),
  )
  const { channel } = laboratory.competitor
  const pieces = cut(forming, calls, parts).map((piece, index) => {
    const work = { channel, thefts, ...piece }
    return countChannels(laboratory, programme.groupSize, [work], { index, of: parts })[0] as GroupTallies
  })
  return new Map(
    [...done].map(([operation, part]) => {
      const tallies = pieces.map((piece) => tallyOf(piece, operation))
      const whole = combine(programme.groupSize, operation, ownPart(part), sumOf(tallies))
      return [operation, { ...whole, recording: part.recording }]
    }),
  )
}

/** The calls of a group in parts. */
export function cut(forming: Calls, operations: ReadonlyMap<Operation, Calls>, parts: number): Piece[] {
  const formings = split(forming, parts)
  const performed = [...operations].map(([name, calls]) => [name, split(calls, parts)] as const)
  return formings.map((part, index) => ({
    forming: part,
    operations: new Map(performed.map(([name, pieces]) => [name, pieces[index] as Calls])),
  }))
}

/** Play one part of the channels of several groups of one size. */
export function countChannels(
  { seed, createSuite }: Pick<Laboratory, "seed" | "createSuite">,
  groupSize: number,
  works: readonly ChannelWork[],
  { index, of }: Part,
): GroupTallies[] {
  const [first] = works
  if (first === undefined) return []
  const laboratory = {
    channel: channelNamed(first.channel),
    createSuite,
    seed,
    devices: groupSize + 1,
    owns: (device: number) => device % of === index,
  }
  const groups = works.map(({ forming, operations, thefts }) => {
    const eavesdroppers = Array.from(thefts, ([name, { loots }]) => {
      return [name, new Eavesdropper(INITIATOR, watchedIn(groupSize, seed), loots)] as const
    })
    return { forming, operations, eavesdroppers: new Map(eavesdroppers) }
  })
  return playChannels(laboratory, groups)
}

export const tallyOf = ({ forming, operations }: GroupTallies, operation: Operation): ChannelTally =>
  operation === "create" ? forming : (operations.get(operation) as ChannelTally)

export function sumOf(tallies: readonly ChannelTally[]): ChannelTally {
  const sum = emptyTally(tallies[0]?.stateBytes.length ?? 0)
  for (const tally of tallies) addTally(sum, tally)
  return sum
}

/** Both halves of an operation. */
export function combine(
  groupSize: number,
  operation: Operation,
  { tally, theft }: OwnPart,
  channels: ChannelTally,
): Whole {
  const exact = exactOf(tally, channels, rolesOf(operation, groupSize))
  return { exact, healing: theft && healingOf(theft, channels) }
}

/** What the thief read of itself, and what it read on the channels of others. */
function healingOf(
  { heal, aftermath, judgement }: NonNullable<OwnPart["theft"]>,
  { opened, readable }: ChannelTally,
): Healing {
  const merged = (report: WaveReport, wave: number): WaveReport => ({
    opened: report.opened + (opened.get(wave) ?? 0),
    readable: [...report.readable, ...[...(readable.get(wave) ?? [])].map(memberId)],
  })
  return { ...verdict(heal.map(merged), [merged(aftermath, heal.length)]), ...judgement }
}

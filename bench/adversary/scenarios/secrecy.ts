/** Forward secrecy and membership: what a copy of a state opens of the time before it, or after its owner has gone. */
import type { ClaimName } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { inTurn } from "../../sim/in-turn.ts"
import { beforehand, membersOf, newcomerOf, talk, wavesOf } from "../../sim/operations.ts"
import { readingsOf } from "../readings.ts"
import type { Thief } from "../thief.ts"
import { live } from "./life.ts"
import type { ReadFinding, Scenario, Setting } from "./setting.ts"
import { copiedStage, findingOf, type Stage, stage, steal } from "./stage.ts"
import { everyoneSpeaks, updates } from "./waves.ts"

export const SECRECY = { forwardSecrecy, joinerCannotReadPast, removedCannotReadFuture } satisfies Partial<
  Record<ClaimName, Scenario>
>

/**
 * Messages arrive in any order, so that keys are stored for later. Whenever all have arrived, every member's state is
 * stolen: while the group talks, and after each thing that a group does.
 */
async function forwardSecrecy(setting: Setting): Promise<ReadFinding> {
  const scene = await stage(setting, "reordered")
  const { group } = scene
  const thefts: Theft[] = []
  const stealAll = () => thefts.push(...group.roster.map((victim) => theftOf(setting, scene, victim)))
  const twice = everyoneSpeaks(group.roster).actions
  await group.perform({ actions: [...twice, ...twice] })
  await group.perform(updates(group.roster))
  await group.perform({ actions: [...twice, ...twice] })
  group.requireAllHeard()
  stealAll()
  await live(group, setting.groupSize, stealAll)
  const found = await inTurn(thefts, (theft) => whatItReads(scene, theft))
  const opened = found.flatMap((what) => what.opened)
  const derivable = found.flatMap((what) => what.derivable)
  return { ...findingOf(scene, opened, derivable), flaw: keptWords(scene, thefts) }
}

/** A copy of a state, and how much had been sent and encrypted before it was made. */
type Theft = {
  readonly victim: MemberId
  readonly thief: Thief
  readonly state: unknown
  readonly sent: number
  readonly end: number
}

const theftOf = (setting: Setting, scene: Stage, victim: MemberId): Theft => ({
  victim,
  thief: steal(setting, scene, victim),
  state: structuredClone(scene.group.member(victim).state),
  sent: scene.wire.length,
  end: scene.log.encryptions,
})

const whatItReads = async ({ wire, log }: Stage, { thief, state, sent, end }: Theft) => ({
  opened: await thief.opens(wire.slice(0, sent)),
  derivable: log.readableOnes(state, 0, end),
})

/** No key is needed for what a state still has in the clear. */
function keptWords({ speeches }: Stage, thefts: readonly Theft[]): string | undefined {
  const keeper = thefts.find(({ state }) => readingsOf(state).some((reading) => speeches.isIn(reading)))
  return keeper && `${keeper.victim}'s state has in it what was said`
}

async function joinerCannotReadPast(setting: Setting): Promise<ReadFinding> {
  const scene = await copiedStage(setting)
  const { group, log, wire } = scene
  const task = { operation: "add", groupSize: setting.groupSize, payload: new Uint8Array() } as const
  const [past, end] = [wire.slice(), log.encryptions]
  await beforehand(group, task)
  for (const wave of wavesOf(task)) await group.perform(wave)
  await talk(group, group.roster)
  const newcomer = newcomerOf(setting.groupSize)
  const derivable = log.readableOnes(group.member(newcomer).state, 0, end)
  return findingOf(scene, await steal(setting, scene, newcomer).opens(past), derivable)
}

async function removedCannotReadFuture(setting: Setting): Promise<ReadFinding> {
  const scene = await copiedStage(setting)
  const { group, log, wire } = scene
  const removed = membersOf(setting.groupSize).at(-1) as MemberId
  const thief = steal(setting, scene, removed)
  const state = structuredClone(group.member(removed).state)
  const start = log.encryptions
  wire.length = 0
  const task = { operation: "remove", groupSize: setting.groupSize, payload: new Uint8Array() } as const
  for (const wave of wavesOf(task)) await group.perform(wave)
  await group.perform(everyoneSpeaks(group.roster))
  return findingOf(scene, await thief.opens(wire), log.readableOnes(state, start, log.encryptions))
}

/** Forward secrecy and membership: what a copy of a state opens of the time before it, or after its owner has gone. */
import type { ClaimName } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { inTurn } from "../../sim/in-turn.ts"
import { beforehand, INITIATOR, membersOf, newcomerOf, talk, wavesOf } from "../../sim/operations.ts"
import type { ReadFinding, Scenario, Setting } from "./setting.ts"
import { copiedStage, findingOf, stage, steal } from "./stage.ts"
import { everyoneSpeaks, updates } from "./waves.ts"

export const SECRECY = { forwardSecrecy, joinerCannotReadPast, removedCannotReadFuture } satisfies Partial<
  Record<ClaimName, Scenario>
>

/** Messages arrive in any order, so that keys are stored for later; then all have arrived, and the theft comes. */
async function forwardSecrecy(setting: Setting): Promise<ReadFinding> {
  const scene = await stage(setting, "reordered")
  const { group, log, wire } = scene
  const twice = everyoneSpeaks(group.roster).actions
  await group.perform({ actions: [...twice, ...twice] })
  await group.perform(updates(group.roster))
  await group.perform({ actions: [...twice, ...twice] })
  group.requireAllHeard()
  // The first opened its channels, the last answered on all of its own: they hold different keys
  const victims = [INITIATOR, group.roster.at(-1) as MemberId]
  const states = victims.map((victim) => group.member(victim).state)
  const opened = await inTurn(victims, (victim) => steal(setting, scene, victim).opens(wire))
  const derivable = states.map((state) => log.readableOnes(state, 0, log.encryptions))
  return findingOf(scene, opened.flat(), derivable.flat())
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

/** Post-compromise security: one member's state was stolen; who is read after what the group does about it? */
import type { ClaimName, HealingRound } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { INITIATOR, membersOf, wavesOf } from "../../sim/operations.ts"
import type { Wave } from "../../sim/step.ts"
import type { ReadFinding, Scenario } from "./setting.ts"
import { copiedStage, findingOf, steal } from "./stage.ts"
import { everyoneSpeaks, HEAL_CHANNELS, inRounds, period, updates } from "./waves.ts"

/** How long members go on talking in `healsInTraffic`. */
const PERIODS = 4

export const RECOVERY = {
  healsAfterOwnUpdate: afterTheft(() => [updates([INITIATOR])]),
  healsAfterOthersUpdate: afterTheft((members) => members.slice(1).map((member) => updates([member]))),
  healsAfterChannelSteps: afterRounds(HEAL_CHANNELS),
  healsAfterEveryonesUpdate: afterRounds(["everyone-updates"]),
  healsAfterAllButOneUpdate: afterTheft((members) => [
    ...inRounds(HEAL_CHANNELS, members),
    updates(members.slice(0, -1)),
  ]),
  healsAfterChannelStepsThenUpdates: afterRounds([...HEAL_CHANNELS, "everyone-updates"]),
  healsAfterRemovalOfAnother: afterTheft(({ length: groupSize }) =>
    wavesOf({ operation: "remove", groupSize, payload: new Uint8Array() }),
  ),
  healsAfterRemovalByAnother: afterTheft((members) => [
    { actions: [[members[1] as MemberId, { kind: "remove", member: members.at(-1) as MemberId }]] },
    { actions: members.slice(0, -1).map((member) => [member, { kind: "prepare" }]) },
  ]),
  healsInTraffic: afterTheft((members) => Array.from({ length: PERIODS }, () => period(members)).flat()),
} satisfies Partial<Record<ClaimName, Scenario>>

/** The member whose state is stolen does `rounds` with the others: with its competitor's own, `healsByItsRounds`. */
export function afterRounds(rounds: readonly HealingRound[]): Scenario<ReadFinding> {
  return afterTheft((members) => inRounds(rounds, members))
}

/** Steal the first member's state, let `waves` happen, then ask who can read what everybody says next. */
export function afterTheft(waves: (members: readonly MemberId[]) => readonly Wave[]): Scenario<ReadFinding> {
  return async (setting) => {
    const scene = await copiedStage(setting)
    const { group, log, wire } = scene
    const thief = steal(setting, scene, INITIATOR)
    const state = structuredClone(group.member(INITIATOR).state)
    wire.length = 0
    for (const wave of waves(membersOf(setting.groupSize))) await group.perform(wave)
    await thief.hearsAll(wire.splice(0))
    const start = log.encryptions
    await group.perform(everyoneSpeaks(group.roster))
    return findingOf(scene, await thief.opens(wire), log.readableOnes(state, start, log.encryptions))
  }
}

/** One member does nothing while the others heal: it only listens, or it is not even online. */
import type { ClaimName } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { INITIATOR } from "../../sim/operations.ts"
import type { Wave } from "../../sim/step.ts"
import type { ReadFinding, Scenario, Setting } from "./setting.ts"
import { copiedStage, type Stage, steal } from "./stage.ts"
import { everyoneSpeaks, HEAL_CHANNELS, inRounds, updates } from "./waves.ts"

export const ABSENT_MEMBERS = {
  healsDespiteASilentPeer,
  healsWhileSomeAreOffline,
} satisfies Partial<Record<ClaimName, Scenario>>

/** It takes in what comes and answers as the protocol does by itself, but neither speaks nor renews. */
function healsDespiteASilentPeer(setting: Setting): Promise<ReadFinding> {
  return withAbsent(setting, async ({ group }, silent) => {
    const others = group.roster.filter((member) => member !== silent)
    for (const wave of healingWithout(silent, group.roster)) await group.perform(wave)
    return others
  })
}

/** It gets what waited for it when the others have healed. */
function healsWhileSomeAreOffline(setting: Setting): Promise<ReadFinding> {
  return withAbsent(setting, async ({ group }, offline) => {
    group.disconnect(offline)
    for (const wave of healingWithout(offline, group.roster)) await group.perform(wave)
    await group.connect(offline)
    return group.roster
  })
}

/** Channel steps, then everybody renews; of that what others than `absent` do. */
const healingWithout = (absent: MemberId, members: readonly MemberId[]): Wave[] =>
  [...inRounds(HEAL_CHANNELS, members), updates(members)].map(({ actions }) => ({
    actions: actions.filter(([member]) => member !== absent),
  }))

/** @param heal - of which the last member is no part; returns those who speak afterwards */
async function withAbsent(
  setting: Setting,
  heal: (scene: Stage, absent: MemberId) => Promise<readonly MemberId[]>,
): Promise<ReadFinding> {
  const scene = await copiedStage(setting)
  const { group, log, wire } = scene
  const thief = steal(setting, scene, INITIATOR)
  const state = structuredClone(group.member(INITIATOR).state)
  wire.length = 0
  const speakers = await heal(scene, group.roster.at(-1) as MemberId)
  await thief.hearsAll(wire.splice(0))
  const start = log.encryptions
  await group.perform(everyoneSpeaks(speakers))
  return {
    kind: "read",
    opened: await thief.hearsAll(wire),
    derivable: log.readable(state, start, log.encryptions),
  }
}

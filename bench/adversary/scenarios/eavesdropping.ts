/** Somebody who has stolen nothing: a device of its own, and all that goes over the wire and lies at the server. */
import type { ClaimName, HealingRound } from "../../../protocols/group.ts"
import { beforehand, INITIATOR, newcomerOf, wavesOf } from "../../sim/operations.ts"
import { Thief, thiefContext } from "../thief.ts"
import type { Finding, Scenario, Setting } from "./setting.ts"
import { findingOf, type Stage, stage } from "./stage.ts"
import { everyoneSpeaks, inRounds, updates } from "./waves.ts"

export const EAVESDROPPING = { closedToEavesdroppers } satisfies Partial<Record<ClaimName, Scenario>>

/** With which channels turn their ratchets, so that everything a protocol can send is sent. */
const ROUNDS: readonly HealingRound[] = [
  "victim-ratchets-channels",
  "peers-ratchet-channels",
  "everyone-updates",
  "period-passes",
]

/** It hears a group from its beginning through all that a group does, delivered in any order. */
async function closedToEavesdroppers(setting: Setting): Promise<Finding> {
  const scene = await stage(setting, "reordered")
  const { group, log, wire } = scene
  await live(setting, scene)
  const { protocol, createSuite } = setting
  const outsider = Thief.steal(protocol, createSuite, await protocol.init(thiefContext(createSuite)))
  const nothing = undefined
  group.requireAllHeard()
  return findingOf(scene, await outsider.opens(wire), log.readableOnes(nothing, 0, log.encryptions))
}

/** Everybody speaks after each operation. */
async function live({ groupSize }: Setting, { group }: Stage): Promise<void> {
  const payload = new Uint8Array()
  await beforehand(group, { operation: "add", groupSize })
  const speak = () => group.perform(everyoneSpeaks(group.roster))
  for (const wave of wavesOf({ operation: "add", groupSize, payload }, [])) await group.perform(wave)
  await speak()
  await group.act(INITIATOR, { kind: "remove", member: newcomerOf(groupSize) })
  await speak()
  await group.perform(updates([INITIATOR]))
  await speak()
  for (const wave of inRounds(ROUNDS, group.roster)) await group.perform(wave)
  await speak()
}

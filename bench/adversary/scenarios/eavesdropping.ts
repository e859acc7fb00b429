/** Somebody who has stolen nothing: a device of its own, and all that goes over the wire and lies at the server. */
import type { ClaimName } from "../../../protocols/group.ts"
import { Thief, thiefContext } from "../thief.ts"
import { live } from "./life.ts"
import type { ReadFinding, Scenario, Setting } from "./setting.ts"
import { findingOf, stage } from "./stage.ts"

export const EAVESDROPPING = { closedToEavesdroppers } satisfies Partial<Record<ClaimName, Scenario>>

/** It hears a group from its beginning through all that a group does, delivered in any order. */
async function closedToEavesdroppers(setting: Setting): Promise<ReadFinding> {
  const scene = await stage(setting, "reordered")
  const { group, log, wire } = scene
  await live(group, setting.groupSize, () => {})
  const { protocol, createSuite } = setting
  const outsider = Thief.steal(protocol, createSuite, await protocol.init(thiefContext(createSuite)))
  const nothing = undefined
  return findingOf(scene, await outsider.opens(wire), log.readableOnes(nothing, 0, log.encryptions))
}

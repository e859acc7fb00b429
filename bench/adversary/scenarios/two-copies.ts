/** An attacker copies two devices, at once or one after the other, and puts together what is in the copies. */
import type { ClaimName } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { INITIATOR } from "../../sim/operations.ts"
import { PooledThief } from "../pooled-thief.ts"
import type { ReadFinding, Scenario, Setting } from "./setting.ts"
import { copiedStage } from "./stage.ts"
import { everyoneSpeaks, inRounds, speaks, updates } from "./waves.ts"

/** Messages between the two thefts. */
const MESSAGES = 10

export const TWO_COPIES = {
  closedBetweenTwoThefts: betweenTwoThefts((first, second) => [first, second]),
  healsTwoVictimsAtOnce,
} satisfies Partial<Record<ClaimName, Scenario>>

/**
 * One device is copied and heals, the others say something, then a device is copied whose owner only listened. Asked is
 * what was said between the thefts.
 *
 * @param held - which of the two copies the attacker uses
 */
export function betweenTwoThefts(
  held: (first: unknown, second: unknown) => readonly unknown[],
): Scenario<ReadFinding> {
  return async (setting) => {
    const { group, log, wire } = await copiedStage(setting)
    const listener = group.roster.at(-1) as MemberId
    const first = structuredClone(group.member(INITIATOR).state)
    wire.length = 0
    for (const wave of inRounds(setting.healing, group.roster)) await group.perform(wave)
    const [healing, start] = [wire.splice(0), log.encryptions]
    const speakers = group.roster.filter((member) => member !== listener)
    for (let said = 0; said < MESSAGES; said++)
      await group.perform(speaks(speakers[said % speakers.length] as MemberId))
    const copies = held(first, structuredClone(group.member(listener).state))
    const attacker = await PooledThief.steal(setting.pooling, setting.createSuite, copies)
    await attacker.hearsAll(healing)
    return {
      kind: "read",
      opened: await attacker.hearsAll(wire),
      derivable: log.readable(copies, start, log.encryptions),
    }
  }
}

/** Two devices are copied, and both renew before either hears of the other's renewal. */
async function healsTwoVictimsAtOnce(setting: Setting): Promise<ReadFinding> {
  const { group, log, wire } = await copiedStage(setting)
  const victims = group.roster.slice(0, 2)
  const copies = victims.map((victim) => structuredClone(group.member(victim).state))
  const attacker = await PooledThief.steal(setting.pooling, setting.createSuite, copies)
  wire.length = 0
  await group.perform(updates(victims))
  await attacker.hearsAll(wire.splice(0))
  const start = log.encryptions
  await group.perform(everyoneSpeaks(group.roster))
  return {
    kind: "read",
    opened: await attacker.hearsAll(wire),
    derivable: log.readable(copies, start, log.encryptions),
  }
}

/** All that a group does, once: whoever looks for something that must never be looks at this. */
import type { HealingRound } from "../../../protocols/group.ts"
import type { Group } from "../../sim/group.ts"
import { beforehand, INITIATOR, newcomerOf, wavesOf } from "../../sim/operations.ts"
import type { Wave } from "../../sim/step.ts"
import { everyoneSpeaks, inRounds, updates } from "./waves.ts"

/**
 * With which channels turn their ratchets and schedules renew, so that everything a protocol can send is sent. What the
 * channel steps give away is looked for in messages under the same keys, before they are renewed.
 */
const ROUNDS: readonly (readonly HealingRound[])[] = [
  ["victim-ratchets-channels", "peers-ratchet-channels", "victim-ratchets-channels"],
  ["everyone-updates", "period-passes"],
]

/**
 * Let a formed group add one, remove it again, update and heal; everybody speaks after each.
 *
 * @param groupSize - of the group before and after
 * @param afterEach - called when everybody has heard what was said
 */
export async function live(group: Group, groupSize: number, afterEach: () => void): Promise<void> {
  const add = { operation: "add", groupSize, payload: new Uint8Array() } as const
  await beforehand(group, add)
  const go = async (waves: readonly Wave[]) => {
    for (const wave of waves) await group.perform(wave)
    await group.perform(everyoneSpeaks(group.roster))
    group.requireAllHeard()
    afterEach()
  }
  await go(wavesOf(add))
  await go([{ actions: [[INITIATOR, { kind: "remove", member: newcomerOf(groupSize) }]] }])
  await go([updates([INITIATOR])])
  for (const rounds of ROUNDS) await go(inRounds(rounds, group.roster))
}

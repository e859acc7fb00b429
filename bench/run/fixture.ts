/** Replays for tests. */
import { countingSuite, noOperations, type OperationCounts } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom } from "../../protocols/crypto/seeded.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { perform } from "../sim/step.ts"
import type { RecordedMember } from "./recording.ts"

/** The suite operations of a recorded member's steps. */
export function replayCount(protocol: GroupProtocol<unknown>, member: RecordedMember): OperationCounts {
  const { state, random } = structuredClone({ state: member.state, random: member.random })
  const counts = noOperations()
  const suite = countingSuite(createNativeSuite(seededRandom(random)), counts)
  for (const { step, now, bundles } of member.steps) {
    const left = [...bundles]
    perform(protocol, state, { suite, now, fetchBundle: () => left.shift() as Uint8Array }, step)
  }
  return counts
}

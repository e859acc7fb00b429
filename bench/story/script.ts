/** What happens in the story: a group of four forms, talks, loses a member, is compromised and heals. */
import { utf8 } from "../../protocols/bytes.ts"
import { TURN_DOUBLE_RATCHETS } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { SceneName } from "../../results/story.ts"
import { healingWave } from "../sim/operations.ts"
import type { Wave } from "../sim/step.ts"

const ALICE = "Alice"
const BOB = "Bob"
const CAROL = "Carol"
const DAVE = "Dave"

export const CAST: readonly MemberId[] = [ALICE, BOB, CAROL, DAVE]
export const VICTIM = BOB
const REMAINING = [ALICE, BOB, CAROL]

/** A scene and what members do in it; the theft comes before the waves of the scene `theft`. */
export type ScriptedScene = { readonly name: SceneName; readonly waves: readonly Wave[] }

export const SCRIPT: readonly ScriptedScene[] = [
  { name: "publish", waves: [] },
  { name: "form", waves: [{ actions: [[ALICE, { kind: "create", members: CAST }]] }] },
  { name: "first-message", waves: [says(ALICE, "Hello everybody")] },
  {
    name: "everyone-speaks",
    waves: [says(BOB, "Hi Alice"), says(CAROL, "Hello!"), says(DAVE, "Good morning")],
  },
  { name: "second-message", waves: [says(ALICE, "Tea at four?")] },
  { name: "removal", waves: [{ actions: [[ALICE, { kind: "remove", member: DAVE }]] }] },
  { name: "fresh-chains", waves: REMAINING.map((member) => says(member, "Without Dave")) },
  { name: "theft", waves: [says(ALICE, "Our secret plan"), says(BOB, "I agree")] },
  {
    name: "renewal-alone",
    waves: [{ actions: [[BOB, { kind: "update" }]] }, says(BOB, "Safe now?"), says(ALICE, "Not yet")],
  },
  { name: "channels", waves: TURN_DOUBLE_RATCHETS.map((round) => healingWave(round, VICTIM, REMAINING)) },
  {
    name: "everyone-renews",
    waves: (["victim-updates", "peers-update"] as const).map((round) =>
      healingWave(round, VICTIM, REMAINING),
    ),
  },
  { name: "after", waves: REMAINING.map((member) => says(member, "Among ourselves")) },
]

function says(member: MemberId, words: string): Wave {
  return { actions: [[member, { kind: "send", plaintext: utf8(words) }]] }
}

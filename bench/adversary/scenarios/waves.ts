/** What members do, all at once, before anybody hears of it. */
import type { HealingRound } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { PERIOD_SECONDS } from "../../../protocols/registry.ts"
import { healingWave, INITIATOR } from "../../sim/operations.ts"
import type { Wave } from "../../sim/step.ts"

/** Written down here once more: what a claim means must not depend on what a competitor says it needs. */
export const HEAL_CHANNELS: readonly HealingRound[] = [
  "victim-ratchets-channels",
  "peers-ratchet-channels",
  "victim-ratchets-channels",
]

export const inRounds = (rounds: readonly HealingRound[], members: readonly MemberId[]): Wave[] =>
  rounds.map((round) => healingWave(round, INITIATOR, members))

export const updates = (members: readonly MemberId[]): Wave => ({
  actions: members.map((member) => [member, { kind: "update" }]),
})

/** A renewal period passes, then each member speaks in turn. */
export const period = (members: readonly MemberId[]): Wave[] =>
  members.map((member, index) => ({
    afterSeconds: index === 0 ? PERIOD_SECONDS : 0,
    actions: [[member, { kind: "send", plaintext: words(member) }]],
  }))

const words = (member: MemberId): Uint8Array => new TextEncoder().encode(`${member} has something to say`)

export const speaks = (member: MemberId): Wave => everyoneSpeaks([member])

/** Everybody speaks before anybody hears the others. */
export const everyoneSpeaks = (members: readonly MemberId[]): Wave => ({
  actions: members.map((member) => [member, { kind: "send", plaintext: words(member) }]),
})

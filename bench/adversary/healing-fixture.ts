/** For tests of healing: a robbed group, and what its members may do about it. */
import type { GroupProtocol } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { NATIVE, restingGroup } from "../sim/fixture.ts"
import type { Group } from "../sim/group.ts"
import type { Action, Wave } from "../sim/step.ts"
import { Compromise } from "./heal.ts"

/**
 * A group at rest of whose members one was robbed. They spoke in turn, so on the channels of the first member the
 * peers spoke last, and on those of the last member it did itself.
 */
export async function robbed(
  protocol: GroupProtocol<unknown>,
  size: number,
  victim: MemberId,
): Promise<{ readonly group: Group; readonly compromise: Compromise }> {
  const group = await restingGroup(protocol, size)
  return { group, compromise: new Compromise(group, victim, NATIVE.createSuite) }
}

export const together = (members: readonly MemberId[], action: Action): Wave => ({
  actions: members.map((member) => [member, action]),
})

/** All of them at once. */
export const renew = (members: readonly MemberId[]): Wave => together(members, { kind: "update" })

/** An empty message from each of `senders` to each of `peers` but itself. */
export const ratchet = (senders: readonly MemberId[], peers: readonly MemberId[]): Wave => ({
  actions: senders.map((sender) => [
    sender,
    { kind: "ratchet-channels", peers: peers.filter((peer) => peer !== sender) },
  ]),
})

/** Victim, peers, victim: the three steps of its channels with `peers`. */
export const channelSteps = (victim: MemberId, peers: readonly MemberId[]): Wave[] => [
  ratchet([victim], peers),
  ratchet(peers, [victim]),
  ratchet([victim], peers),
]

/**
 * Rounds are performed until one is safe: nothing sent in it was read and nothing sent after it would be.
 *
 * @param round - the waves of one round
 * @returns the number of the first safe round, or Infinity when six were not enough
 */
export async function firstSafeRound(compromise: Compromise, round: readonly Wave[]): Promise<number> {
  for (let number = 1; number <= 6; number++) {
    let opened = 0
    for (const wave of round) opened += (await compromise.perform(wave)).opened
    if (opened === 0 && (await compromise.readableSenders()).length === 0) return number
  }
  return Number.POSITIVE_INFINITY
}

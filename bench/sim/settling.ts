/** What a group goes through between its creation and its rest, so that its tree or its channels are as they are to be measured. */
import { unreachable } from "../../protocols/errors.ts"
import type { Settling } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { seededPick, shuffled } from "../plan/seeded-pick.ts"
import type { Action, Wave } from "./step.ts"

/** @param members - in the order in which they were named at the creation, which is that of their leaves */
export function settlingOf(
  settling: Settling | undefined,
  members: readonly MemberId[],
  seed: number,
): readonly Wave[] {
  switch (settling) {
    case undefined:
    case "blank":
      return []
    case "full":
      return filling(members)
    case "churned":
      return [...filling(members), ...churning(members, seed)]
    case "channels-are-used":
      return usingChannels(members)
    default:
      return unreachable(settling)
  }
}

/** Each member in turn renews the keys between its leaf and the root. */
const filling = (members: readonly MemberId[]): Wave[] =>
  members.map((member) => alone(member, { kind: "update" }))

/** So the last message on each channel goes to the member that was named first, as where members speak over them. */
const usingChannels = (members: readonly MemberId[]): Wave[] =>
  members.map((member) =>
    alone(member, { kind: "ratchet-channels", peers: members.filter((peer) => peer !== member) }),
  )

/** One in so many goes and comes back. */
const CHURN = 4

/**
 * A quarter of the members, picked by seed, are each removed and added again, by one in the other half of the tree. That
 * empties all nodes above them but the root. It is the other half because ts-mls 1.6.4 lets nobody join a group once a
 * node below the root knows of a leaf that has come after it and the root has been renewed since.
 */
function churning(members: readonly MemberId[], seed: number): Wave[] {
  const pick = seededPick(seed, "churn")
  const half = 2 ** (Math.ceil(Math.log2(members.length)) - 1)
  const leaving = shuffled([...members.keys()], pick).slice(0, Math.ceil(members.length / CHURN))
  return leaving.flatMap((leaf) => {
    const member = members[leaf] as MemberId
    const opposite = members.filter((_, other) => other < half !== leaf < half)
    const host = opposite[pick(opposite.length)] as MemberId
    return [alone(host, { kind: "remove", member }), alone(host, { kind: "add", newcomer: member })]
  })
}

const alone = (member: MemberId, action: Action): Wave => ({ actions: [[member, action]] })

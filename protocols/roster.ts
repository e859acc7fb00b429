/** Who is in the group, as the server announced it last; membership belongs to the server here. */
import { ProtocolError } from "./errors.ts"
import type { Effects } from "./group.ts"
import type { MemberId } from "./ids.ts"

/** What a member's state knows of the group; without members when it is in none. */
export type Roster = { readonly me: MemberId; members: readonly MemberId[] }

/** @throws ProtocolError `not-a-member` */
export function requireMember({ members }: Roster, member: MemberId): void {
  if (!members.includes(member)) throw new ProtocolError("not-a-member")
}

export const othersIn = ({ me, members }: Roster): MemberId[] => members.filter((member) => member !== me)

export const askToCreate = (members: readonly MemberId[]): Effects => ({
  rosterChange: { kind: "create", members },
})

/** @throws ProtocolError `not-a-member` when the caller is none */
export function askToAdd(roster: Roster, added: MemberId): Effects {
  requireMember(roster, roster.me)
  return { rosterChange: { kind: "add", added } }
}

/** @throws ProtocolError `not-a-member` when the caller or the other is none */
export function askToRemove(roster: Roster, removed: MemberId): Effects {
  requireMember(roster, roster.me)
  requireMember(roster, removed)
  return { rosterChange: { kind: "remove", removed } }
}

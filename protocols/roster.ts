/** Who is in the group, as the server announced it last; membership belongs to the server here. */
import { ProtocolError } from "./errors.ts"
import type { Effects } from "./group.ts"
import type { MemberId } from "./ids.ts"

/** What a member's state knows of the group; without members when it is in none. */
export type Roster = { readonly me: MemberId; members: readonly MemberId[] }

/** The same members to look one up; a roster is a value, shared by all who were told of it. */
const lookUps = new WeakMap<readonly MemberId[], ReadonlySet<MemberId>>()

function lookUp(members: readonly MemberId[]): ReadonlySet<MemberId> {
  const known = lookUps.get(members)
  if (known !== undefined) return known
  const made = new Set(members)
  lookUps.set(members, made)
  return made
}

/** @throws ProtocolError `not-a-member` */
export function requireMember({ members }: Roster, member: MemberId): void {
  if (!lookUp(members).has(member)) throw new ProtocolError("not-a-member")
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

/** A member is one device of the group; its name is unique in a run. */
export type MemberId = string

/** The n-th member, padded so that sorting by name is sorting by number: `m003`. */
export const memberId = (index: number): MemberId => `m${String(index).padStart(3, "0")}`

/** The number in a name that {@link memberId} made. */
export const memberIndex = (member: MemberId): number => Number(member.slice(1))

/**
 * Whom the adversaries look at. In groups up to a stated size it is everybody; in larger ones a sample that the seed
 * draws, so that nothing in the code decides who is never looked at.
 */
import type { MemberId } from "../../protocols/ids.ts"
import { seededPick, shuffled } from "../plan/seeded-pick.ts"
import { INITIATOR, membersOf } from "../sim/operations.ts"

/** The largest group in which both adversaries judge the messages of all members. */
export const LARGEST_JUDGED_WHOLE = 64
const MOST_JUDGED = 16
/** What one member does on each of its channels is written down while it is judged: in huge groups fewer are. */
const CHANNELS_JUDGED = 4096

/** The largest group in which the thief tries the channels between all others. */
const LARGEST_WATCHED_WHOLE = 128
const MOST_WATCHED = 16

/** `most` of the members, in their order; all where there are no more. */
export function sampleOf(members: readonly MemberId[], most: number, seed: number, what: string): MemberId[] {
  if (members.length <= most) return [...members]
  const drawn = new Set(shuffled(members, seededPick(seed, `sample ${what}`)).slice(0, most))
  return members.filter((member) => drawn.has(member))
}

/** Members whose channels with others than the victim the thief listens to. */
export const watchedIn = (groupSize: number, seed: number): ReadonlySet<MemberId> =>
  new Set(
    groupSize > LARGEST_WATCHED_WHOLE
      ? sampleOf(membersOf(groupSize), MOST_WATCHED, seed, "watched")
      : membersOf(groupSize),
  )

/** Members whose messages both adversaries judge after a heal; the victim is one of them. */
export function judgedIn(groupSize: number, seed: number): ReadonlySet<MemberId> {
  if (groupSize <= LARGEST_JUDGED_WHOLE) return new Set(membersOf(groupSize))
  const most = Math.min(MOST_JUDGED, Math.floor(CHANNELS_JUDGED / groupSize))
  return new Set([INITIATOR, ...sampleOf(membersOf(groupSize).slice(1), most, seed, "judged")])
}

/**
 * How much of a cell's time its cryptography takes: what is left is encoding, copies and bookkeeping.
 *
 * The timed members repeat their steps with a clock around every call of the suite, so each call has the price that
 * it has where it stands, with its own arguments; called in a row it would be cheaper. The share is that of the
 * repetition's own time, since a moment later the machine may be a different one.
 */
import { clockedSuites } from "../meter/suite-clock.ts"
import { median } from "./median.ts"
import type { RecordedMember } from "./recording.ts"
import { eachTimed, type Replay, replayMember, wholeGroup } from "./time.ts"

const READINGS = 101

/**
 * Calls × their price as a share of the whole group's time, to which the timed members are scaled up; 0 where
 * nothing takes time.
 *
 * @param budgetMs - repetitions begin until it is used; there is one at least
 */
export async function efficiencyOf(replay: Replay, budgetMs: number): Promise<number> {
  const readingNs = readingOf(replay)
  const shares: number[] = []
  const end = replay.clock() + budgetMs * 1e6
  do shares.push(await shareOf(replay, readingNs))
  while (replay.clock() < end)
  return median(shares)
}

/** What a member's steps took, and its suite of that; less the readings of the clock, one in and one beside each call. */
type Spent = { readonly elapsedNs: number; readonly inSuiteNs: number }

async function shareOf(replay: Replay, readingNs: number): Promise<number> {
  const spent = await eachTimed(replay.recording, (member) => spentBy(replay, member, readingNs))
  const groupNs = (part: keyof Spent) =>
    wholeGroup(replay.recording, (member) => (spent.get(member) as Spent)[part]).groupNs
  return groupNs("elapsedNs") > 0 ? groupNs("inSuiteNs") / groupNs("elapsedNs") : 0
}

async function spentBy(replay: Replay, member: RecordedMember, readingNs: number): Promise<Spent> {
  const { createSuite, suiteClock, calls } = clockedSuites(replay.createSuite, replay.clock)
  const elapsedNs = await replayMember({ ...replay, createSuite }, member)
  return {
    elapsedNs: Math.max(0, elapsedNs - 2 * calls() * readingNs),
    inSuiteNs: Math.max(0, suiteClock() - calls() * readingNs),
  }
}

/** What passes between two readings of the clock when nothing happens. */
function readingOf({ clock }: Replay): number {
  const gaps = Array.from({ length: READINGS }, () => {
    const start = clock()
    return clock() - start
  })
  return median(gaps)
}

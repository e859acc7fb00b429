/** The group that is to talk: formed as every other, and at rest. */
import type { MemberId } from "../../protocols/ids.ts"
import { competitorNamed } from "../../protocols/registry.ts"
import { loadFastestSuite } from "../run/suites.ts"
import { Group } from "../sim/group.ts"
import type { Member } from "../sim/observer.ts"
import { form, membersOf, talk } from "../sim/operations.ts"
import { settlingOf } from "../sim/settling.ts"
import type { ThroughputJob } from "./jobs.ts"

export type FormedGroup = {
  /** In the order of speaking. */
  readonly speakers: readonly MemberId[]
  readonly members: readonly Member[]
  /** Simulated time, seconds. */
  readonly now: number
}

/** What decides a group; its bytes are the same under every suite. */
export type GroupKey = Pick<ThroughputJob, "protocol" | "groupSize" | "seed" | "periodMessages">

export async function formGroup({
  protocol,
  groupSize,
  seed,
  periodMessages,
}: GroupKey): Promise<FormedGroup> {
  const createSuite = await loadFastestSuite()
  const competitor = competitorNamed(protocol)
  const group = new Group(competitor.protocol({ periodMessages }), { seed, createSuite })
  await form(group, groupSize)
  for (const wave of settlingOf(competitor.settling, group.roster, seed)) await group.perform(wave)
  const speakers = membersOf(groupSize)
  await talk(group, speakers)
  const { members, now } = group.release()
  return { speakers, members, now }
}

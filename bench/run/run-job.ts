/**
 * One job, in the isolate it is called in. Files are the caller's: it lends a store for what jobs share.
 *
 * A job loads what it needs and no more: a timed isolate holds no adversary, a counting one no stopwatch.
 */
import type { Operation } from "../../results/schema.ts"
import type { GroupTallies } from "../channels/lives.ts"
import type { ChannelsJob, CountJob, GroupJob, TimeJob } from "../plan/job.ts"
import type { OwnPart } from "./count.ts"
import type { FormedGroups } from "./formed-groups.ts"
import type { WaitedNs } from "./lookout.ts"
import type { Replay, Times } from "./time.ts"

/** Keeps what one job leaves for another, by name. */
export interface JobStore {
  read(name: string): unknown
  write(name: string, value: unknown): void
}

/** What came of one operation of a group: its part of the count, or why there is none. */
export type GroupOutcome =
  | { readonly operation: Operation; readonly part: OwnPart }
  | { readonly operation: Operation; readonly failure: string }

export type GroupResult = {
  readonly kind: "group"
  readonly outcomes: readonly GroupOutcome[]
  /** The most memory that the process of the job held, where it had one of its own. */
  readonly peakRssBytes?: number
}

/** By protocol: what its channels did in this part, or why that is not known. */
export type ChannelsResult = {
  readonly kind: "channels"
  readonly tallies: ReadonlyMap<string, GroupTallies | string>
}

export type CountResult = GroupResult | ChannelsResult
export type TimeResult = {
  readonly kind: "time"
  readonly times: Times
  /** Of the probes in this isolate; see `lookout.ts`. */
  readonly fastestProbeNs: number
}

export async function runCountJob(
  job: CountJob,
  store: JobStore,
  formed?: FormedGroups,
): Promise<CountResult> {
  const { runChannels, runGroup } = await import("./count-job.ts")
  return job.kind === "group" ? await runGroup(job, store, formed) : await runChannels(job, store)
}

/** A timed job in three parts, so that whoever calls it can see to a quiet machine for the last. */
export type TimedRun = {
  readonly warmUp: () => Promise<void>
  /** @param knownProbeNs - the fastest probe of isolates before this one */
  readonly measure: (waitedNs: WaitedNs, knownProbeNs?: number) => Promise<TimeResult>
}

export async function prepareTimeJob(job: TimeJob, store: JobStore): Promise<TimedRun> {
  const { loadReplay } = await import("./time-job.ts")
  const { createLookout } = await import("./lookout.ts")
  const { measure, warmUp } = await import("./time.ts")
  const replay = await loadReplay(job, store)
  return {
    warmUp: () => warmUp(replay, job.warmUpMs),
    measure: async (waitedNs, knownProbeNs) => {
      const lookout = await createLookout(replay.clock, waitedNs, knownProbeNs)
      const times = await measure(replay, job.measureMs, lookout)
      const fastestProbeNs = lookout.fastestNs()
      return { kind: "time", times: { ...times, ...(await efficiencyIn(replay, times)) }, fastestProbeNs }
    },
  }
}

const EFFICIENCY_MS = 10

/** Loaded when the clock has stopped, so that it changes nothing of what was measured. */
async function efficiencyIn(replay: Replay, { groupNs }: Times): Promise<Pick<Times, "efficiency">> {
  const { efficiencyOf } = await import("./efficiency.ts")
  return groupNs > 0 ? { efficiency: await efficiencyOf(replay, EFFICIENCY_MS) } : {}
}

export const recordingName = (
  { protocol, groupSize }: Pick<GroupJob | TimeJob, "protocol" | "groupSize">,
  operation: Operation,
): string => `recording-${protocol}-${operation}-${groupSize}`

/** What the channels of a group are asked in one part. */
export const callsName = (
  protocol: string,
  { groupSize }: Pick<GroupJob | ChannelsJob, "groupSize">,
  part: number,
): string => `calls-${protocol}-${groupSize}-${part}`

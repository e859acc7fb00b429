/**
 * One job, in the isolate it is called in. Files are the caller's: it lends a store for what jobs share.
 *
 * A job loads what it needs and no more: a timed isolate holds no adversary, a counting one no stopwatch.
 */
import type { Exact, Healing } from "../../results/schema.ts"
import { type CountJob, type Job, jobId, type TimeJob } from "../plan/job.ts"
import type { Replay, Times } from "./time.ts"

/** Keeps formed groups and recordings between jobs, by name. */
export interface JobStore {
  read(name: string): unknown
  write(name: string, value: unknown): void
}

export type CountResult = {
  readonly kind: "count"
  readonly exact: Exact
  readonly healing: Healing | undefined
}
export type TimeResult = { readonly kind: "time"; readonly times: Times }

export async function runCountJob(job: CountJob, store: JobStore): Promise<CountResult> {
  const { runCount } = await import("./count-job.ts")
  return runCount(job, store)
}

/** A timed job in three parts, so that whoever calls it can see to a quiet machine for the last. */
export type TimedRun = { readonly warmUp: () => void; readonly measure: () => Promise<TimeResult> }

export async function prepareTimeJob(job: TimeJob, store: JobStore): Promise<TimedRun> {
  const { loadReplay } = await import("./time-job.ts")
  const { measure, warmUp } = await import("./time.ts")
  const replay = await loadReplay(job, store)
  return {
    warmUp: () => warmUp(replay, job.warmUpMs),
    measure: async () => {
      const times = measure(replay, job.measureMs)
      return { kind: "time", times: { ...times, ...(await efficiencyIn(replay, times)) } }
    },
  }
}

/** Loaded when the clock has stopped, so that it changes nothing of what was measured. */
async function efficiencyIn(replay: Replay, { groupNs }: Times): Promise<Pick<Times, "efficiency">> {
  const { efficiencyOf } = await import("./efficiency.ts")
  const { loadFastestSuite } = await import("./suites.ts")
  return groupNs > 0 ? { efficiency: efficiencyOf(replay, await loadFastestSuite(), groupNs) } : {}
}

export const formedName = ({ protocol, groupSize }: Job): string => `formed-${protocol}-${groupSize}`

export const recordingName = (job: Job): string => `recording-${jobId({ ...job, kind: "count" } as CountJob)}`

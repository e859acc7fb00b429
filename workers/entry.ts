/** A worker thread's whole life: one job, in one part or in three. */
import type { CountJob, TimeJob } from "../bench/plan/job.ts"
import {
  type CountResult,
  prepareTimeJob,
  runCountJob,
  type TimedRun,
  type TimeResult,
} from "../bench/run/run-job.ts"
import { openFormedGroups } from "./formed-groups.ts"
import { waitedNs, withWaitShare } from "./run-queue.ts"
import { openStore } from "./store.ts"

export type Assignment =
  | { readonly part: "count"; readonly job: CountJob; readonly storeFolder: string }
  | { readonly part: "prepare"; readonly job: TimeJob; readonly storeFolder: string }
  | { readonly part: "warm-up" }
  | { readonly part: "measure"; readonly knownProbeNs?: number | undefined }

/** Set by `prepare`. */
let timedRun: TimedRun | undefined

function prepared(): TimedRun {
  if (timedRun === undefined) throw new Error("this isolate has nothing prepared to be timed")
  return timedRun
}

// piscina calls a worker's default export
export default async (assignment: Assignment): Promise<CountResult | TimeResult | undefined> => {
  switch (assignment.part) {
    case "count":
      return await runCountJob(assignment.job, openStore(assignment.storeFolder), openFormedGroups())
    case "prepare":
      timedRun = await prepareTimeJob(assignment.job, openStore(assignment.storeFolder))
      return undefined
    case "warm-up":
      await prepared().warmUp()
      return undefined
    case "measure":
      return await measured(prepared(), assignment.knownProbeNs)
  }
}

async function measured({ measure }: TimedRun, knownProbeNs: number | undefined): Promise<TimeResult> {
  const { result, ...wait } = await withWaitShare(() => measure(() => waitedNs() ?? 0, knownProbeNs))
  return { ...result, times: { ...result.times, ...wait } }
}

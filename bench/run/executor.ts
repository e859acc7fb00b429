/** Where jobs are done. The one here is over worker threads (`workers/pool.ts`); a queue could be another. */
import type { CountJob, Job, TimeJob } from "../plan/job.ts"
import type { CountResult, TimeResult } from "./run-job.ts"

/** A job's end: its result, or why there is none. */
export type Outcome =
  | { readonly job: CountJob; readonly result: CountResult }
  | { readonly job: TimeJob; readonly result: TimeResult }
  | { readonly job: Job; readonly failure: string }

export interface Executor {
  /** Jobs that only count, several at once; outcomes come as they end. */
  count(jobs: readonly CountJob[], signal: AbortSignal): AsyncIterable<Outcome>
  /** Jobs that are timed, one at a time, each with a machine as quiet as we can make it. */
  time(jobs: readonly TimeJob[], signal: AbortSignal): AsyncIterable<Outcome>
  /** Forget what the jobs shared. */
  close(): Promise<void>
}

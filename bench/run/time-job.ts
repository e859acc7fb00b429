import { competitorNamed } from "../../protocols/registry.ts"
import { monotonicClock } from "../meter/clock.ts"
import type { TimeJob } from "../plan/job.ts"
import type { Recording } from "./recording.ts"
import { type JobStore, recordingName } from "./run-job.ts"
import { loadSuite } from "./suites.ts"
import type { Replay } from "./time.ts"

/** Load what is to be timed, and only that, into this isolate. */
export async function loadReplay(job: TimeJob, store: JobStore): Promise<Replay> {
  return {
    protocol: competitorNamed(job.protocol).protocol(job),
    createSuite: await loadSuite(job.suite),
    recording: store.read(recordingName(job, job.operation)) as Recording,
    clock: monotonicClock,
  }
}

import { competitorNamed } from "../../protocols/registry.ts"
import type { CountJob } from "../plan/job.ts"
import type { GroupSnapshot } from "../sim/group.ts"
import { countCreate, countOperation, type Laboratory } from "./count.ts"
import { type CountResult, formedName, type JobStore, recordingName } from "./run-job.ts"
import { loadFastestSuite } from "./suites.ts"

/** Recipients timed in each block; evenly spaced, see `recording.ts`. */
const RECIPIENTS_TIMED = 2

export async function runCount(job: CountJob, store: JobStore): Promise<CountResult> {
  const laboratory: Laboratory = {
    competitor: competitorNamed(job.protocol),
    settings: job,
    seed: job.seed,
    createSuite: await loadFastestSuite(),
    recipientsTimed: RECIPIENTS_TIMED,
  }
  const { recording, ...counted } = countOn(laboratory, job, store)
  store.write(recordingName(job), recording)
  return { kind: "count", ...counted }
}

function countOn(laboratory: Laboratory, job: CountJob, store: JobStore) {
  const { operation, groupSize } = job
  const payload = new Uint8Array(job.payloadBytes).fill(0x61)
  if (operation !== "create") {
    const formed = store.read(formedName(job)) as GroupSnapshot
    return countOperation(laboratory, { operation, groupSize, payload }, formed)
  }
  const { formed, ...counted } = countCreate(laboratory, { operation, groupSize, payload })
  store.write(formedName(job), formed)
  return counted
}

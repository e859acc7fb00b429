/** The throughput bench over worker threads: fresh isolates for each measurement, and nothing else meanwhile. */
import { Worker } from "node:worker_threads"
import type { Threads } from "../bench/throughput/campaign.ts"
import type { FormedGroup, GroupKey } from "../bench/throughput/form.ts"
import type { ThroughputJob } from "../bench/throughput/jobs.ts"
import type { Measured } from "../bench/throughput/thread.ts"
import { dealt, TIMEKEEPER } from "../bench/throughput/turns.ts"
import { createMailBoxes, portsOf } from "./mail.ts"
import type { ThreadAssignment } from "./throughput-entry.ts"

const THREAD = new URL("./throughput-entry.js", import.meta.url)
const FORMING = new URL("./forming-entry.js", import.meta.url)

export const workerThreads: Threads = { form, measure }

async function form(key: GroupKey, signal: AbortSignal): Promise<FormedGroup> {
  const worker = new Worker(FORMING, { workerData: key })
  return (await resultOf(worker, [worker], signal)) as FormedGroup
}

async function measure(job: ThroughputJob, group: FormedGroup, signal: AbortSignal): Promise<Measured> {
  const workers = createMailBoxes(job.threads).map((box) => {
    const members = dealt(group.members, job.threads, box.thread)
    const workerData: ThreadAssignment = { share: { ...group, job, thread: box.thread, members }, box }
    return new Worker(THREAD, { workerData, transferList: portsOf(box) })
  })
  return (await resultOf(workers[TIMEKEEPER] as Worker, workers, signal)) as Measured
}

/**
 * What `speaker` reports; all `workers` end with it.
 *
 * @throws what the first of them died of; AbortError when the signal says so
 */
function resultOf(speaker: Worker, workers: readonly Worker[], signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted()
  const settled = new AbortController()
  const outcome = new Promise((resolve, reject) => {
    const once = { once: true, signal: settled.signal }
    signal.addEventListener("abort", () => reject(signal.reason), once)
    speaker.once("message", resolve)
    for (const worker of workers) {
      worker.once("error", reject)
      worker.once("exit", (code) => {
        if (code !== 0 || worker === speaker) reject(new Error(`a thread ended with code ${code}`))
      })
    }
  })
  return outcome.finally(() => {
    settled.abort()
    return Promise.all(workers.map((worker) => worker.terminate()))
  })
}

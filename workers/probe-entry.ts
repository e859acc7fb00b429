/** A worker for the pool's tests: it dies, hangs or says when it did what, as its job's first protocol asks. */
import type { CountResult, TimeResult } from "../bench/run/run-job.ts"
import type { Assignment } from "./entry.ts"

/** When a part began and ended, on the clock that all threads share. */
export type Span = readonly [begin: bigint, end: bigint]

export type Observation = {
  readonly calls: number
  readonly spans: Readonly<Record<string, Span>>
  /** What the isolate was told, and what it tells: its block, counted down from a hundred. */
  readonly knownProbeNs: number | undefined
  readonly fastestProbeNs: number
}

/** The parts of a job take this long, so that two at once cannot be missed. */
const PART_MS = 40
/** Longer than any test waits, but not for ever: one that fails should still end. */
const HANG_MS = 8000

let calls = 0
let job: Extract<Assignment, { job: unknown }>["job"] | undefined
const spans: Record<string, Span> = {}

// piscina calls a worker's default export
export default async (assignment: Assignment): Promise<CountResult | TimeResult | undefined> => {
  calls++
  if ("job" in assignment) job = assignment.job
  const [behaviour, when = "count"] = protocolOf(job)?.split("@") ?? []
  const begin = process.hrtime.bigint()
  if (when === assignment.part) behave(behaviour)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PART_MS)
  spans[assignment.part] = [begin, process.hrtime.bigint()]
  const knownProbeNs = assignment.part === "measure" ? assignment.knownProbeNs : undefined
  const fastestProbeNs = 100 - (job?.kind === "time" ? job.block : 0)
  const observation: Observation = { calls, spans, knownProbeNs, fastestProbeNs }
  return observation as unknown as CountResult
}

function protocolOf(job: Extract<Assignment, { job: unknown }>["job"] | undefined): string | undefined {
  return job?.kind === "channels" ? job.protocols[0] : job?.protocol
}

function behave(behaviour: string | undefined): void {
  if (behaviour === "throws") throw new Error("thrown on purpose")
  if (behaviour === "exits") process.exit(3)
  if (behaviour === "hangs") for (const end = Date.now() + HANG_MS; Date.now() < end; );
  if (behaviour === "hoards") for (const hoard: unknown[] = []; ; ) hoard.push(new Array(1000).fill({}))
}

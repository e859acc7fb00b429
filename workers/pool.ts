/**
 * The executor over worker threads: a fresh isolate for each timed job; jobs that play channels share a few, since
 * what the engine has compiled before changes no count; a group has a process of its own.
 */
import { Piscina } from "piscina"
import type { CountJob, Job, TimeJob } from "../bench/plan/job.ts"
import type { Executor, Outcome } from "../bench/run/executor.ts"
import type { CountResult, GroupResult, TimeResult } from "../bench/run/run-job.ts"
import type { Assignment } from "./entry.ts"
import { inProcess } from "./process.ts"
import { createStoreFolder, removeStoreFolder } from "./store.ts"

export type PoolOptions = {
  /** Counting jobs at once; timed jobs always run alone. */
  readonly threads: number
  /** The worker's module; another one in tests. */
  readonly entry?: URL
  /** A job that needs more JavaScript heap than this dies alone; V8 does not count byte strings. */
  readonly heapLimitMb?: number
}

/** What all isolates of a pool have in common. */
type Setting = { readonly entry: URL; readonly heapLimitMb: number; readonly storeFolder: string }

const ENTRY = new URL("./entry.js", import.meta.url)
const HEAP_LIMIT_MB = 1024
/** What two members hold of each other besides their channel, twice over and with room to spare. */
const GROUP_BYTES_PER_PAIR = 1500
/** Large enough that what one step leaves behind is garbage when it is looked at. */
const YOUNG_HEAP_MB = 384

export function createPool(options: PoolOptions): Executor {
  const { threads, entry = ENTRY, heapLimitMb = HEAP_LIMIT_MB } = options
  const storeFolder = createStoreFolder()
  const setting = { entry, heapLimitMb, storeFolder }
  return {
    count: (jobs, signal) => countInParallel(setting, threads, jobs, signal),
    time: (jobs, signal) => oneAtATime(setting, jobs, signal),
    close: async () => removeStoreFolder(storeFolder),
  }
}

/** Some threads; one of them that dies is replaced. */
class Threads {
  readonly #pool: Piscina<Assignment, CountResult | TimeResult | undefined>
  readonly #signal: AbortSignal
  readonly #storeFolder: string

  constructor({ entry, heapLimitMb, storeFolder }: Setting, threads: number, signal: AbortSignal) {
    const resourceLimits = { maxOldGenerationSizeMb: heapLimitMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB }
    this.#pool = new Piscina({
      filename: entry.href,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits,
      recordTiming: false,
    })
    this.#signal = signal
    this.#storeFolder = storeFolder
  }

  run(assignment: Assignment): Promise<CountResult | TimeResult | undefined> {
    return this.#pool.run(assignment, { signal: this.#signal })
  }

  /** A job that only counts. */
  count(job: CountJob): Promise<unknown> {
    return this.run({ part: "count", job, storeFolder: this.#storeFolder })
  }

  end(): Promise<void> {
    return this.#pool.destroy()
  }
}

/** Whatever kills the isolate costs this job, not the run. */
async function outcomeOf(job: Job, signal: AbortSignal, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { job, result: await work() } as Outcome
  } catch (error) {
    signal.throwIfAborted()
    return { job, failure: error instanceof Error ? error.message : String(error) }
  }
}

async function* countInParallel(
  setting: Setting,
  threads: number,
  jobs: readonly CountJob[],
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const departure = new AbortController()
  const stop = AbortSignal.any([signal, departure.signal])
  const played = jobs.filter(({ kind }) => kind === "channels").length
  const pool = played === 0 ? undefined : new Threads(setting, Math.min(threads, played), stop)
  const work = (job: CountJob) =>
    pool !== undefined && job.kind === "channels" ? pool.count(job) : group(job)
  const group = (job: CountJob) => inOwnProcess(setting, job, stop)
  try {
    yield* inParallel(jobs, threads, (job) => outcomeOf(job, stop, () => work(job)))
  } finally {
    departure.abort() // whoever asked for the outcomes may have left early
    await pool?.end()
  }
}

/** A group is held in memory as a whole, and how much that takes is a result. */
async function inOwnProcess(setting: Setting, job: CountJob, signal: AbortSignal): Promise<CountResult> {
  const { entry, heapLimitMb, storeFolder } = setting
  const limit = heapLimitMb + (job.groupSize ** 2 * GROUP_BYTES_PER_PAIR) / 1e6
  const assignment = { part: "count", job, storeFolder } as const
  const { result, peakRssBytes } = await inProcess(assignment, {
    entry,
    heapLimitMb: Math.ceil(limit),
    signal,
  })
  return { ...(result as GroupResult), peakRssBytes }
}

/** So many isolates back: before that the core's clock may have been another one. */
const REMEMBERED_PROBES = 20

/** What isolates found to be the fastest probe (`bench/run/lookout.ts`), to be told to those after them. */
class RecentProbes {
  readonly #nanoseconds: number[] = []

  /** Undefined where there was none yet. */
  fastestNs(): number | undefined {
    const recent = this.#nanoseconds.slice(-REMEMBERED_PROBES)
    return recent.length === 0 ? undefined : Math.min(...recent)
  }

  remember(result: TimeResult): TimeResult {
    this.#nanoseconds.push(result.fastestProbeNs)
    return result
  }
}

/** Isolates that start up and warm up side by side, to be measured one after the other. */
const SIDE_BY_SIDE = 2

/**
 * Timed jobs, each in a fresh isolate and measured while nothing else runs: a few at once get ready, and when all
 * of them are, their clocks start in turn.
 */
async function* oneAtATime(
  setting: Setting,
  jobs: readonly TimeJob[],
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const probes = new RecentProbes()
  for (let first = 0; first < jobs.length; first += SIDE_BY_SIDE) {
    const isolates = jobs.slice(first, first + SIDE_BY_SIDE).map((job) => getReady(setting, job, signal))
    try {
      await Promise.allSettled(isolates.map(({ ready }) => ready))
      for (const { job, threads, ready } of isolates) {
        yield await outcomeOf(job, signal, async () => {
          await ready
          const assignment = { part: "measure", knownProbeNs: probes.fastestNs() } as const
          return probes.remember((await threads.run(assignment)) as TimeResult)
        })
      }
    } finally {
      await Promise.all(isolates.map(({ threads }) => threads.end()))
    }
  }
}

/** An isolate in which nothing was ever compiled but what this job needs. */
function getReady(setting: Setting, job: TimeJob, signal: AbortSignal) {
  const threads = new Threads(setting, 1, signal)
  const ready = threads
    .run({ part: "prepare", job, storeFolder: setting.storeFolder })
    .then(() => threads.run({ part: "warm-up" }))
  return { job, threads, ready }
}

/** Outcomes as they come, with at most `limit` jobs under way. */
async function* inParallel<J>(
  jobs: readonly J[],
  limit: number,
  run: (job: J) => Promise<Outcome>,
): AsyncGenerator<Outcome> {
  const underway = new Map<J, Promise<readonly [J, Outcome]>>()
  const waiting = [...jobs]
  while (waiting.length > 0 || underway.size > 0) {
    while (waiting.length > 0 && underway.size < limit) {
      const job = waiting.shift() as J
      const ended = run(job).then((outcome) => [job, outcome] as const)
      ended.catch(() => {}) // after an abort only the first is waited for
      underway.set(job, ended)
    }
    const [job, outcome] = await Promise.race(underway.values())
    underway.delete(job)
    yield outcome
  }
}

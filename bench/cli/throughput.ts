/** `throughput`: let groups talk on 1 to W worker threads, write each record as it comes, then the table and the chart. */
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { throughputTable } from "../../charts/render/throughput-table.ts"
import type { ResultDocument, RunHeader } from "../../results/schema.ts"
import { createResults, type Results, ResultsError } from "../../results/store.ts"
import { workerThreads } from "../../workers/throughput.ts"
import { parseThreads } from "../plan/sizes.ts"
import { runThroughput } from "../throughput/campaign.ts"
import { throughputJobs, throughputName } from "../throughput/jobs.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { listenForInterruption } from "./interruption.ts"
import { PLAN_DEFAULTS, type PlanOptions, parseSeconds, parseSeed, planOf } from "./options.ts"
import { Progress } from "./progress.ts"
import { newHeader, present } from "./run.ts"
import { report } from "./terminal.ts"

export type ThroughputOptions = Omit<PlanOptions, "operations" | "quick" | "budget"> & {
  readonly threads: string | undefined
  readonly seconds: unknown
  readonly out: string | undefined
  readonly json: boolean
}

export const THROUGHPUT_DEFAULTS = { sizes: "2..32x2", seconds: 0.5 } as const

/** Enough for the compiler to have seen every step of every protocol; what is slower warms up in the first turns. */
const WARM_UP_MS = 250

/** @returns the exit code */
export async function throughput(options: ThroughputOptions): Promise<number> {
  const seed = parseSeed(options.seed ?? PLAN_DEFAULTS.seed)
  const header = newHeader(throughputPlan(options), seed)
  if (throughputJobs(header).length === 0)
    throw new UsageError(`--threads "${options.threads}": a group takes no more threads than it has members`)
  const results = asUsage(() => createResults(options.out ?? join("out", header.id), header))
  try {
    return await measure(options, header, results)
  } finally {
    results.close()
  }
}

function throughputPlan(options: ThroughputOptions): RunHeader["plan"] {
  const sizes = options.sizes ?? THROUGHPUT_DEFAULTS.sizes
  return {
    ...planOf({ ...options, sizes, operations: undefined, budget: undefined, quick: undefined }),
    operations: [],
    threads: asUsage(() => parseThreads(options.threads ?? upToTheCores())),
    warmUpMs: WARM_UP_MS,
    measureMs: parseSeconds(options.seconds ?? THROUGHPUT_DEFAULTS.seconds) * 1e3,
  }
}

/** 1, 2, 4 and so on, and all of them. */
const upToTheCores = (): string => `1..${availableParallelism()}x2,${availableParallelism()}`

async function measure(options: ThroughputOptions, header: RunHeader, results: Results): Promise<number> {
  const { signal, release } = listenForInterruption()
  try {
    await collect(header, results, signal)
    results.append({ kind: "end", finishedAt: new Date().toISOString() })
  } catch (error) {
    if (signal.aborted) {
      report(`interrupted; what was finished is in ${results.file}`)
      return EXIT.interrupted
    }
    if (!(error instanceof ResultsError)) throw error
    report(error.message)
    return EXIT.failed
  } finally {
    release()
  }
  return await present(options, results, { table: throughputTable, verdict })
}

async function collect(header: RunHeader, results: Results, signal: AbortSignal): Promise<void> {
  const jobs = throughputJobs(header)
  const progress = new Progress(process.stderr)
  progress.expect(jobs.length)
  try {
    for await (const { job, record } of runThroughput(jobs, workerThreads, signal)) {
      results.append(record)
      progress.done(1, throughputName(job))
    }
  } finally {
    progress.end()
  }
}

function verdict({ throughputFailures }: ResultDocument): number {
  if (throughputFailures.length === 0) return EXIT.done
  report(`${throughputFailures.length} measurements failed; see the end of the table`)
  return EXIT.failed
}

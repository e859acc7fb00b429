/** `run`: measure, write each record as it comes, then the table and the charts. */
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { summaryTable, type TableOptions } from "../../charts/render/table.ts"
import { unreachable } from "../../protocols/errors.ts"
import { competitorNamed } from "../../protocols/registry.ts"
import { printed, toDocument, workId } from "../../results/document.ts"
import { takeEnvironment, takeTool } from "../../results/environment.ts"
import type { PriceList } from "../../results/prices.ts"
import {
  type CellKey,
  type ResultDocument,
  type ResultRecord,
  type RunHeader,
  SCHEMA_VERSION,
  SUITES,
} from "../../results/schema.ts"
import { createResults, openResults, type Results, ResultsError, readResults } from "../../results/store.ts"
import { createPool } from "../../workers/pool.ts"
import { type Job, jobId } from "../plan/job.ts"
import {
  type Campaign,
  DifferentBytesError,
  type Finished,
  type Remaining,
  remaining,
  runCampaign,
} from "../run/campaign.ts"
import { writeCharts } from "./charts.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { listenForInterruption } from "./interruption.ts"
import { type Keep, keepIn } from "./keep.ts"
import { PLAN_DEFAULTS, type PlanOptions, parseSeed, planOf, wholeNumber } from "./options.ts"
import { readPriceList } from "./price-list.ts"
import { Progress } from "./progress.ts"
import { requireSameMachine } from "./same-machine.ts"
import { print, report, stdoutColour, terminalWidth } from "./terminal.ts"
import { verdictOn } from "./verdict.ts"

export type RunOptions = PlanOptions & {
  readonly threads: unknown
  readonly out: string | undefined
  readonly resume: string | undefined
  readonly predict: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
}

const MOST_THREADS = 64

/** @returns the exit code */
export async function run(options: RunOptions): Promise<number> {
  const threads = wholeNumber("--threads", options.threads ?? availableParallelism(), 1, MOST_THREADS)
  if (options.dryRun) return dryRun(options)
  const results = options.resume === undefined ? begin(options) : goOn(options.resume)
  try {
    return await measure(options, results, threads)
  } finally {
    results.close()
  }
}

function headerOf(options: RunOptions): RunHeader {
  const seed = parseSeed(options.seed ?? PLAN_DEFAULTS.seed)
  const twins = options.quick ? {} : ({ twins: "one-per-operation" } as const)
  const plan = { ...planOf(options), ...twins }
  if (options.predict === undefined) return newHeader(plan, seed)
  const prices = readPriceList(options.predict)
  return { ...newHeader(countsOnly(plan, prices), seed), prices }
}

/** Counts are the same for every suite: they stand under that of the prices, where it is one of ours. */
function countsOnly(plan: RunHeader["plan"], { suite }: PriceList): RunHeader["plan"] {
  return { ...plan, suites: [SUITES.find((name) => name === suite) ?? "noble"], blocks: 0 }
}

/** A run that begins now, on this machine. */
export function newHeader(plan: RunHeader["plan"], seed: number): RunHeader {
  const startedAt = new Date().toISOString()
  const id = `${startedAt.slice(0, 19).replaceAll(/[-:]/g, "")}-${process.pid}`
  return {
    kind: "run",
    schema: SCHEMA_VERSION,
    id,
    seed,
    startedAt,
    tool: takeTool(),
    environment: takeEnvironment(),
    plan,
  }
}

function begin(options: RunOptions): Results {
  const header = headerOf(options)
  return asUsage(() => createResults(options.out ?? join("out", header.id), header))
}

function goOn(folder: string): Results {
  const results = asUsage(() => openResults(folder))
  try {
    asUsage(() => requireSameMachine(headerIn(results.records).environment, takeEnvironment()))
    return results
  } catch (error) {
    results.close()
    throw error
  }
}

/** @throws Error when a protocol in it is unknown here */
function headerIn([header]: readonly ResultRecord[]): RunHeader {
  if (header?.kind !== "run") throw new Error("a results file begins with its run")
  if (header.plan.threads !== undefined)
    throw new Error("a run of throughput is not resumed; begin a new one")
  header.plan.protocols.forEach(competitorNamed)
  return header
}

export function finishedIn(records: readonly ResultRecord[]): Finished {
  const successes = records.filter((record) => record.kind === "count" || record.kind === "block")
  const done = new Map(successes.map((record) => [workId(record), record]))
  const count = (cell: CellKey) => {
    const record = done.get(workId(cell))
    return record?.kind === "count" ? record : undefined
  }
  return { has: (cell, timing) => done.has(workId({ ...cell, ...timing })), count }
}

async function measure(options: RunOptions, results: Results, threads: number): Promise<number> {
  const { signal, release } = listenForInterruption()
  const executor = asUsage(() => createPool({ threads }))
  const { keep, close } = keepIn(results)
  try {
    await collect(
      { run: headerIn(results.records), finished: finishedIn(results.records), executor, signal },
      keep,
    )
    if (results.records.at(-1)?.kind !== "end") {
      results.append({ kind: "end", finishedAt: new Date().toISOString() })
    }
  } catch (error) {
    return brokenOff(error, signal, results)
  } finally {
    close()
    await executor.close()
    release()
  }
  return await present(options, results, { table: summaryTable, verdict: verdictOn })
}

/**
 * What is on file stays good.
 *
 * @returns the exit code
 * @throws `error` when it is our own mistake
 */
function brokenOff(error: unknown, signal: AbortSignal, results: Results): number {
  const goOn = `go on with --resume ${folderOf(results)}`
  if (signal.aborted) {
    report(`interrupted; what was finished is in ${results.file}; ${goOn}`)
    return EXIT.interrupted
  }
  if (error instanceof ResultsError) report(`${error.message}; ${goOn}`)
  else if (error instanceof DifferentBytesError) report(`${error.message}; begin a new run`)
  else throw error
  return EXIT.failed
}

/** Do what is left of a campaign; what it finds is kept as it comes, progress goes to stderr. */
export async function collect(campaign: Campaign, keep: Keep): Promise<void> {
  const left = remaining(campaign)
  const progress = new Progress(process.stderr)
  for (const job of allOf(left)) progress.expect(costOf(job))
  try {
    for await (const { job, ...found } of runCampaign(campaign, left)) {
      keep(found)
      progress.done(costOf(job), jobId(job))
    }
  } finally {
    progress.end()
  }
}

const allOf = ({ groups, channels, timed }: Remaining): Job[] => [...groups, ...channels, ...timed]

/** Rough, for the time left, in seconds; two isolates start and warm up side by side. */
function costOf(job: Job): number {
  const pairs = job.groupSize ** 2 / 2
  switch (job.kind) {
    case "group":
      return 0.3 + pairs / 500
    case "channels":
      return 0.1 + (pairs * job.protocols.length) / job.parts / 2000
    case "time":
      return 0.25 + job.groupSize / 400 + (job.warmUpMs / 2 + 2 * job.measureMs) / 1000
    default:
      return unreachable(job)
  }
}

/** How the document of a run is shown to people, and judged: the exit code. */
export type View = {
  readonly table: (document: ResultDocument, options: TableOptions) => string
  readonly verdict: (document: ResultDocument) => number
}

/** @returns the exit code */
export async function present(
  options: Pick<RunOptions, "json">,
  results: Results,
  { table, verdict }: View,
): Promise<number> {
  const document = toDocument(results.records)
  if (options.json) print(`${JSON.stringify(printed(document), null, 2)}\n`)
  else print(table(document, { color: stdoutColour(), width: terminalWidth() }))
  const sayWhere = options.json ? (text: string) => process.stderr.write(text) : print
  sayWhere(`\nresults: ${results.file}\n`)
  try {
    sayWhere(`charts:  ${await writeCharts(document, folderOf(results))}\n`)
    return verdict(document)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    report(error.message)
    return EXIT.failed // the arguments were good, and the results are on file
  }
}

const folderOf = ({ file }: Results): string => join(file, "..")

function dryRun(options: RunOptions): number {
  const { resume } = options
  const records = resume === undefined ? [headerOf(options)] : asUsage(() => readResults(resume))
  const { plan, seed } = asUsage(() => headerIn(records))
  const left = remaining({
    run: { plan, seed },
    finished: finishedIn(records),
  })
  const document = { plan, seed, jobs: allOf(left) }
  if (options.json) print(`${JSON.stringify(document, null, 2)}\n`)
  else for (const job of document.jobs) print(`${job.kind.padEnd(9)}${jobId(job)}\n`)
  if (!options.json) print(`${document.jobs.length} jobs, each in an isolate of its own\n`)
  return EXIT.done
}

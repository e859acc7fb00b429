/**
 * A whole run: count everything, then time everything, block by block; what a resumed run already has is not
 * done again. Files, terminals and signals are the caller's.
 */
import { competitorNamed } from "../../protocols/registry.ts"
import type { CellKey, CountRecord, ResultRecord, RunHeader, SuiteName } from "../../results/schema.ts"
import { type CountJob, countJobs, type Job, type TimeJob, timeJobs } from "../plan/job.ts"
import type { Executor, Outcome } from "./executor.ts"
import { formedName, recordingName } from "./run-job.ts"

/** What a run has already, by cell and block. */
export type Finished = {
  has(cell: CellKey, block?: number): boolean
  count(cell: CellKey): CountRecord | undefined
}

export type Campaign = {
  readonly run: Pick<RunHeader, "plan" | "seed">
  readonly finished: Finished
  readonly executor: Executor
  readonly signal: AbortSignal
}

/** The code is not that with which the run was begun. */
export class DifferentBytesError extends Error {
  override readonly name = "DifferentBytesError"
}

/** The jobs that are left to do. */
export type Remaining = {
  readonly forming: readonly CountJob[]
  readonly others: readonly CountJob[]
  readonly timed: readonly TimeJob[]
}

/** A job that ended, and the records it left. */
export type Progressed = { readonly job: Job; readonly records: readonly ResultRecord[] }

export function cellOf(job: Job, suite: SuiteName): CellKey {
  const { protocol, operation, groupSize } = job
  return { protocol, channel: competitorNamed(protocol).channel, suite, operation, groupSize }
}

/**
 * Times need the recording of their cell's counting run, and a counting run needs its formed group; neither
 * outlives a run, so a resumed one makes those again that it still needs.
 */
export function remaining({ run, finished }: Pick<Campaign, "run" | "finished">): Remaining {
  const timed = timeJobs(run).filter((job) => !finished.has(cellOf(job, job.suite), job.block))
  const isCounted = (job: CountJob) => run.plan.suites.every((suite) => finished.has(cellOf(job, suite)))
  const { forming, others } = countJobs(run)
  const timedCells = new Set(timed.map(recordingName))
  const isTimed = (job: CountJob) => timedCells.has(recordingName(job))
  const needed = others.filter((job) => !isCounted(job) || isTimed(job))
  const neededGroups = new Set(needed.map(formedName))
  const isFormed = (job: CountJob) => !run.plan.operations.includes("create") || isCounted(job)
  const neededForming = forming.filter(
    (job) => !isFormed(job) || isTimed(job) || neededGroups.has(formedName(job)),
  )
  return { forming: neededForming, others: needed, timed }
}

/**
 * A group that was not formed takes its other cells along; a cell that was not counted is not timed, and loses
 * its blocks in silence unless its count is on file from before.
 *
 * @throws DifferentBytesError when a repeated count differs from the one on file; AbortError when the signal
 *   says so
 */
export async function* runCampaign(campaign: Campaign, left: Remaining): AsyncGenerator<Progressed> {
  const { executor, finished, signal } = campaign
  const unformed = new Map<string, string>()
  const uncounted = new Map<string, string>()
  const note = (outcome: Outcome): Progressed => {
    const { job } = outcome
    if ("failure" in outcome && job.kind === "count") {
      uncounted.set(recordingName(job), outcome.failure)
      if (job.operation === "create") unformed.set(formedName(job), outcome.failure)
    }
    return { job, records: recordsOf(campaign, outcome) }
  }
  for await (const outcome of executor.count(left.forming, signal)) yield note(outcome)
  for (const job of left.others) {
    const reason = unformed.get(formedName(job))
    if (reason !== undefined) yield note({ job, failure: `its group could not be formed: ${reason}` })
  }
  const isFormed = (job: Job) => !unformed.has(formedName(job))
  for await (const outcome of executor.count(left.others.filter(isFormed), signal)) yield note(outcome)
  for (const job of left.timed.filter((job) => finished.has(cellOf(job, job.suite)))) {
    const reason = uncounted.get(recordingName(job))
    if (reason !== undefined) yield note({ job, failure: `it could not be counted again: ${reason}` })
  }
  const isCounted = (job: Job) => !uncounted.has(recordingName(job))
  for await (const outcome of executor.time(left.timed.filter(isCounted), signal)) yield note(outcome)
}

function recordsOf({ run, finished }: Campaign, outcome: Outcome): ResultRecord[] {
  const { job } = outcome
  if (!run.plan.operations.includes(job.operation)) return [] // formed for the sake of the others
  const suites = job.kind === "time" ? [job.suite] : run.plan.suites
  const cells = suites.map((suite) => cellOf(job, suite))
  if ("failure" in outcome) {
    const block = job.kind === "time" ? { block: job.block } : {}
    const open = cells.filter((cell) => !finished.has(cell, block.block))
    return open.map((cell) => ({ kind: "failure", ...cell, ...block, reason: outcome.failure }))
  }
  if (outcome.result.kind === "time") {
    const { times } = outcome.result
    return cells.map((cell) => ({ kind: "block", ...cell, block: (job as TimeJob).block, ...times }))
  }
  const { exact, healing } = outcome.result
  const records = cells.map((cell): CountRecord => ({ kind: "count", ...cell, exact, healing }))
  return records.filter((record) => isNew(record, finished))
}

/** @throws DifferentBytesError when it is not new and not the same either */
function isNew(record: CountRecord, finished: Finished): boolean {
  const known = finished.count(record)
  if (known !== undefined && known.exact.transcript !== record.exact.transcript) {
    const { protocol, operation, groupSize } = record
    throw new DifferentBytesError(
      `${protocol} ${operation} at ${groupSize}: other bytes than in the run that is resumed`,
    )
  }
  return known === undefined
}

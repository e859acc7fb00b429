/**
 * A whole run: count everything, then time everything, block by block; what a resumed run already has is not
 * done again. Files, terminals and signals are the caller's.
 */
import { competitorNamed } from "../../protocols/registry.ts"
import type { Samples } from "../../results/samples.ts"
import type {
  CellKey,
  CountRecord,
  FailureRecord,
  Operation,
  ResultRecord,
  RunHeader,
  SuiteName,
} from "../../results/schema.ts"
import {
  type ChannelsJob,
  countJobs,
  type GroupJob,
  type Job,
  plannedOperations,
  type TimeJob,
  timeJobs,
} from "../plan/job.ts"
import { type Assembled, Assembly } from "./assembly.ts"
import type { Executor, Outcome } from "./executor.ts"

/** Which timing of a cell; twins are told apart. */
type Timing = Pick<FailureRecord, "block" | "twin">

/** What a run has already: a cell's count, or one timing of it. */
export type Finished = {
  has(cell: CellKey, timing?: Timing): boolean
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
  readonly groups: readonly GroupJob[]
  readonly channels: readonly ChannelsJob[]
  readonly timed: readonly TimeJob[]
}

/** A job that ended, and the records it left; of a block the samples too. */
export type Progressed = {
  readonly job: Job
  readonly records: readonly ResultRecord[]
  readonly samples?: Samples
}

type Cell = Pick<TimeJob, "protocol" | "operation" | "groupSize">

export function cellOf({ protocol, operation, groupSize }: Cell, suite: SuiteName): CellKey {
  return { protocol, channel: competitorNamed(protocol).channel, suite, operation, groupSize }
}

const nameOf = ({ protocol, operation, groupSize }: Cell): string => `${protocol} ${operation} ${groupSize}`

/**
 * Times need the recording of their cell's counting run, which does not outlive a run: a resumed one counts those
 * again that it still has to time.
 */
export function remaining({ run, finished }: Pick<Campaign, "run" | "finished">): Remaining {
  const timed = timeJobs(run).filter((job) => !finished.has(cellOf(job, job.suite), timingOf(job)))
  const untimed = new Set(timed.map(nameOf))
  const isCounted = (cell: Cell) => run.plan.suites.every((suite) => finished.has(cellOf(cell, suite)))
  const wanted = (protocol: string, groupSize: number): Operation[] =>
    plannedOperations(run, protocol).filter((operation) => {
      const cell = { protocol, operation, groupSize }
      return !isCounted(cell) || untimed.has(nameOf(cell))
    })
  return { ...countJobs(run, wanted), timed }
}

/**
 * A group that was not formed takes all its cells along; a cell that was not counted is not timed, and loses
 * its blocks in silence unless its count is on file from before.
 *
 * @throws DifferentBytesError when a repeated count differs from the one on file; AbortError when the signal
 *   says so
 */
export async function* runCampaign(campaign: Campaign, left: Remaining): AsyncGenerator<Progressed> {
  const { executor, finished, signal } = campaign
  const uncounted = new Map<string, string>()
  const note = (assembled: readonly Assembled[]): ResultRecord[] => {
    for (const cell of assembled) if ("failure" in cell) uncounted.set(nameOf(cell), cell.failure)
    return assembled.flatMap((cell) => countRecords(campaign, cell))
  }
  for await (const { job, assembled } of countAll(executor, left, signal)) {
    yield { job, records: note(assembled) }
  }
  for (const job of left.timed.filter((job) => finished.has(cellOf(job, job.suite)))) {
    const reason = uncounted.get(nameOf(job))
    if (reason !== undefined) {
      yield { job, records: failed(campaign, job, `it could not be counted again: ${reason}`) }
    }
  }
  const timed = left.timed.filter((job) => !uncounted.has(nameOf(job)))
  for await (const outcome of executor.time(timed, signal)) {
    yield { job: outcome.job, ...blockOf(campaign, outcome) }
  }
}

/** The groups, then their channels; cells as they are complete. */
async function* countAll(
  executor: Executor,
  { groups, channels }: Remaining,
  signal: AbortSignal,
): AsyncGenerator<{ readonly job: Job; readonly assembled: readonly Assembled[] }> {
  const assembly = new Assembly()
  for await (const outcome of executor.count(groups, signal)) {
    yield { job: outcome.job, assembled: groupEnded(assembly, outcome) }
  }
  const formed = channels.map((job) => ({ ...job, protocols: assembly.waiting(job) }))
  const playable = formed.filter(({ protocols }) => protocols.length > 0)
  for await (const outcome of executor.count(playable, signal)) {
    yield { job: outcome.job, assembled: channelsEnded(assembly, outcome) }
  }
}

function groupEnded(assembly: Assembly, outcome: Outcome): Assembled[] {
  const job = outcome.job as GroupJob
  if (!("failure" in outcome)) {
    return outcome.result.kind === "group" ? assembly.group(job, outcome.result) : []
  }
  const { protocol, groupSize } = job
  const failure = `its group could not be formed: ${outcome.failure}`
  return job.operations.map((operation) => ({ protocol, groupSize, operation, failure }))
}

function channelsEnded(assembly: Assembly, outcome: Outcome): Assembled[] {
  const job = outcome.job as ChannelsJob
  if ("failure" in outcome) return assembly.withoutChannels(job, outcome.failure)
  return outcome.result.kind === "channels" ? assembly.channels(job, outcome.result) : []
}

/** One record for each suite; all have the same counts. */
function countRecords({ run, finished }: Campaign, assembled: Assembled): ResultRecord[] {
  const cells = run.plan.suites.map((suite) => cellOf(assembled, suite))
  if ("failure" in assembled) {
    const open = cells.filter((cell) => !finished.has(cell))
    return open.map((cell) => ({ kind: "failure", ...cell, reason: assembled.failure }))
  }
  const { whole, peakMemoryBytes } = assembled
  const memory = peakMemoryBytes === undefined ? {} : { peakMemoryBytes }
  const records = cells.map((cell): CountRecord => ({ kind: "count", ...cell, ...whole, ...memory }))
  return records.filter((record) => isNew(record, finished))
}

function blockOf(campaign: Campaign, outcome: Outcome): Omit<Progressed, "job"> {
  const job = outcome.job as TimeJob
  if ("failure" in outcome) return { records: failed(campaign, job, outcome.failure) }
  if (outcome.result.kind !== "time") return { records: [] }
  const { samples, ...times } = outcome.result.times
  return { records: [{ kind: "block", ...cellOf(job, job.suite), ...timingOf(job), ...times }], samples }
}

function failed({ finished }: Campaign, job: TimeJob, reason: string): ResultRecord[] {
  const [cell, timing] = [cellOf(job, job.suite), timingOf(job)]
  return finished.has(cell, timing) ? [] : [{ kind: "failure", ...cell, ...timing, reason }]
}

const timingOf = ({ block, twin }: TimeJob) => ({ block, ...(twin === undefined ? {} : { twin }) })

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

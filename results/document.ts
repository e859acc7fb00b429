/** From the lines of a run to the one document that `--json` prints: lines of one cell folded together. */
import { predict } from "./predict.ts"
import type { PriceList } from "./prices.ts"
import {
  type BlockRecord,
  type Cell,
  type CellKey,
  type CountRecord,
  type Failure,
  OPERATIONS,
  type ResultDocument,
  type ResultRecord,
  SUITES,
} from "./schema.ts"
import { medianInterval } from "./stats/median-interval.ts"
import { openThroughputFailures, throughputCells } from "./throughput.ts"
import { timeExponents } from "./time-exponents.ts"

const NS_PER_SECOND = 1e9

/** A piece of work: the counting run of a cell, or one timed block of it, or the same once more. */
export type Work = CellKey & { readonly block?: number | undefined; readonly twin?: true | undefined }

/**
 * One string for one piece of work, the same for its result and for the failure that the result makes good.
 */
export function workId({ protocol, channel, suite, operation, groupSize, block, twin }: Work): string {
  const again = twin === undefined ? [] : ["twin"]
  return JSON.stringify([protocol, channel, suite, operation, groupSize, block ?? "count", ...again])
}

/**
 * Fold the records of one run, in the order they were written.
 *
 * A cell needs its `count` record: blocks of a cell whose counting run died are left out, since nobody checked
 * what they timed; that failure is listed. `finishedAt` is null unless `end` is the last record: a finished run
 * that was resumed and broke off is not finished.
 *
 * @throws Error when the first record is not `run`
 */
export function toDocument(records: readonly ResultRecord[]): ResultDocument {
  const first = records[0]
  if (first?.kind !== "run") throw new Error("the first record of a run must be of kind run")
  const { kind: _kind, schema: _schema, ...run } = first
  const last = records.at(-1)
  const order = byPlace(first.plan.protocols)
  const cells = cellsOf(records, first.prices).sort(order)
  return {
    run: { ...run, finishedAt: last?.kind === "end" ? last.finishedAt : null },
    cells,
    timeExponents: timeExponents(cells, records),
    failures: openFailures(records).sort(order),
    throughput: throughputCells(records, first.plan),
    throughputFailures: openThroughputFailures(records),
  }
}

/**
 * An entry as it is printed: `protocol` without the channel that a competitor's name may end with, since that stands
 * beside it; `competitor` is the whole name.
 */
export const named = <T extends { readonly protocol: string }>(entry: T) => ({
  ...entry,
  protocol: entry.protocol.split("/")[0] as string,
  competitor: entry.protocol,
})

/** The document as it is printed. */
export function printed(document: ResultDocument): ResultDocument {
  return {
    ...document,
    cells: document.cells.map(named),
    timeExponents: document.timeExponents.map(named),
    failures: document.failures.map(named),
    throughput: document.throughput.map(named),
    throughputFailures: document.throughputFailures.map(named),
  }
}

function cellsOf(records: readonly ResultRecord[], prices: PriceList | undefined): Cell[] {
  const blocks = new Map<string, BlockRecord[]>()
  for (const record of records) {
    if (record.kind !== "block") continue
    const cell = workId({ ...record, block: undefined })
    blocks.set(cell, [...(blocks.get(cell) ?? []), record])
  }
  return records
    .filter((record) => record.kind === "count")
    .map((count) => ({
      ...foldCell(count, blocks.get(workId(count)) ?? []),
      ...(prices === undefined ? {} : { predicted: predict(count.exact, prices) }),
    }))
}

function foldCell({ kind: _kind, healing, ...count }: CountRecord, blocks: readonly BlockRecord[]): Cell {
  const waits = blocks.flatMap((block) => block.runQueueWaitShare ?? [])
  return {
    ...count,
    ...(healing === undefined ? {} : { healing }),
    sampled: blocks.length === 0 ? null : sample(count.operation, blocks),
    blocks: blocks.length,
    slowedBlocks: blocks.filter(({ slowed }) => slowed).length,
    ...(waits.length === 0 ? {} : { runQueueWaitShare: Math.max(...waits) }),
    recipients: Math.max(0, ...blocks.map((block) => block.recipients)),
    recipientsTimed: blocks.length === 0 ? 0 : Math.min(...blocks.map((block) => block.recipientsTimed)),
  }
}

function sample(operation: CellKey["operation"], blocks: readonly BlockRecord[]): Cell["sampled"] {
  const groupNs = blocks.map((block) => block.groupNs)
  const intervalOf = (values: readonly number[]) => (values.length === 0 ? null : medianInterval(values))
  // A clock too coarse to see the message gives no rate, rather than an infinite one.
  const hasRate = operation === "message" && groupNs.every((ns) => ns > 0)
  return {
    initiatorNs: medianInterval(blocks.map((block) => block.initiatorNs)),
    recipientNs: medianInterval(blocks.map((block) => block.recipientNs)),
    newcomerNs: intervalOf(blocks.flatMap((block) => block.newcomerNs ?? [])),
    groupNs: medianInterval(groupNs),
    messagesPerSecond: hasRate ? medianInterval(groupNs.map((ns) => NS_PER_SECOND / ns)) : null,
    efficiency: intervalOf(blocks.flatMap((block) => block.efficiency ?? [])),
  }
}

/** What died and was not made good later; of repeated failures the last, since its reason is the newest. */
function openFailures(records: readonly ResultRecord[]): Failure[] {
  const open = new Map<string, Failure>()
  for (const record of records) {
    if (record.kind === "failure") {
      const { kind: _kind, ...failure } = record
      open.set(workId(failure), failure)
    } else if (record.kind === "count" || record.kind === "block") open.delete(workId(record))
  }
  return [...open.values()]
}

/** Plan's protocol order, then suite, operation, size; the order of arrival decides nothing. */
export function byPlace(protocols: readonly string[]): (a: Work, b: Work) => number {
  const place = (work: Work): number[] => {
    const protocol = protocols.indexOf(work.protocol)
    return [
      protocol === -1 ? protocols.length : protocol,
      SUITES.indexOf(work.suite),
      OPERATIONS.indexOf(work.operation),
      work.groupSize,
      work.block ?? -1,
    ]
  }
  return (a, b) => compareLists(place(a), place(b)) || compareText(workId(a), workId(b))
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

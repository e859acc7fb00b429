/** The times of a run as they are compared: logarithms, block by block. */
import { workId } from "../document.ts"
import type { BlockRecord, CellKey, ResultRecord } from "../schema.ts"

/** The measures that are compared; rates and shares follow from them. */
export const TIMES = ["initiatorNs", "recipientNs", "newcomerNs", "groupNs"] as const
export type Time = (typeof TIMES)[number]

/** Block → ln of its nanoseconds. */
type LogTimes = ReadonlyMap<number, number>

/** One measure of one cell in all its blocks. */
export type Series = { readonly cell: CellKey; readonly time: Time; readonly logs: LogTimes }

/** By `seriesId`. */
export type SeriesMap = ReadonlyMap<string, Series>

export const seriesId = (cell: CellKey, time: Time): string => `${workId(keyOf(cell))} ${time}`

/** What the competitors took. */
export const seriesIn = (records: readonly ResultRecord[]): SeriesMap =>
  seriesOf(records.filter((record) => record.kind === "block" && record.twin === undefined))

/** What the twins took, under the names of the cells that they repeat. */
export const twinSeriesIn = (records: readonly ResultRecord[]): SeriesMap =>
  seriesOf(records.filter((record) => record.kind === "block" && record.twin !== undefined))

/** A measure for which a block saw no time at all has no logarithm and is left out. */
function seriesOf(blocks: readonly ResultRecord[]): SeriesMap {
  const all = new Map<string, Series & { readonly logs: Map<number, number> }>()
  for (const record of blocks) {
    if (record.kind !== "block") continue
    for (const [time, ns] of timesOf(record)) {
      const id = seriesId(record, time)
      const series = all.get(id) ?? { cell: keyOf(record), time, logs: new Map() }
      series.logs.set(record.block, Math.log(ns))
      all.set(id, series)
    }
  }
  return new Map([...all].filter(([, { logs }]) => [...logs.values()].every(Number.isFinite)))
}

const timesOf = (record: BlockRecord): (readonly [Time, number])[] =>
  TIMES.flatMap((time) => (record[time] === undefined ? [] : [[time, record[time]] as const]))

function keyOf({ protocol, channel, suite, operation, groupSize }: CellKey): CellKey {
  return { protocol, channel, suite, operation, groupSize }
}

/** ln(head) − ln(base) of each block that both have. */
export const pairedDifferences = (base: LogTimes, head: LogTimes): number[] =>
  [...base].flatMap(([block, log]) => {
    const other = head.get(block)
    return other === undefined ? [] : [other - log]
  })

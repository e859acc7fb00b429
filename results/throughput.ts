/** From the lines of a throughput run to its rows in the document: blocks of one cell folded together. */
import type { ResultRecord, RunHeader, ThroughputCell, ThroughputFailure } from "./schema.ts"
import { medianInterval } from "./stats/median-interval.ts"
import { pairedRatio } from "./stats/paired-ratio.ts"
import { SUITES } from "./suites.ts"
import type { ThroughputKey, ThroughputRecord } from "./throughput-record.ts"

const NS_PER_SECOND = 1e9

type CellName = Omit<ThroughputKey, "block">

const cellId = ({ protocol, channel, suite, groupSize, threads }: CellName): string =>
  JSON.stringify([protocol, channel, suite, groupSize, threads])

/** One string for one measurement, the same for its result and for the failure that the result makes good. */
export const throughputId = (key: ThroughputKey): string => `${cellId(key)} ${key.block}`

/** In the order of the plan, then by suite, size and threads. */
export function throughputCells(
  records: readonly ResultRecord[],
  { protocols }: RunHeader["plan"],
): ThroughputCell[] {
  const cells = new Map<string, ThroughputRecord[]>()
  for (const record of records) {
    if (record.kind !== "throughput") continue
    cells.set(cellId(record), [...(cells.get(cellId(record)) ?? []), record])
  }
  return [...cells.values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : foldCell([first, ...more], cells)))
    .sort(
      (a, b) =>
        protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) ||
        SUITES.indexOf(a.suite) - SUITES.indexOf(b.suite) ||
        a.groupSize - b.groupSize ||
        a.threads - b.threads,
    )
}

function foldCell(
  blocks: readonly [ThroughputRecord, ...ThroughputRecord[]],
  cells: ReadonlyMap<string, readonly ThroughputRecord[]>,
): ThroughputCell {
  const { protocol, channel, suite, groupSize, threads } = blocks[0]
  const sum = (name: "messages" | "deliveries" | "twoParty" | "broadcasts") =>
    blocks.reduce((total, block) => total + block[name], 0)
  return {
    ...{ protocol, channel, suite, groupSize, threads },
    messagesPerSecond: medianInterval(blocks.map((block) => perSecond(block, block.messages))),
    deliveriesPerSecond: medianInterval(blocks.map((block) => perSecond(block, block.deliveries))),
    speedUp: threads === 1 ? null : speedUp(blocks, cells.get(cellId({ ...blocks[0], threads: 1 })) ?? []),
    messages: sum("messages"),
    deliveries: sum("deliveries"),
    twoParty: sum("twoParty"),
    broadcasts: sum("broadcasts"),
    blocks: blocks.length,
  }
}

const perSecond = ({ elapsedNs }: ThroughputRecord, count: number): number =>
  (count * NS_PER_SECOND) / elapsedNs

function speedUp(blocks: readonly ThroughputRecord[], single: readonly ThroughputRecord[]) {
  const rates = (records: readonly ThroughputRecord[]) =>
    new Map(records.map((record) => [record.block, perSecond(record, record.messages)]))
  const [one, several] = [rates(single), rates(blocks)]
  return [...several.keys()].some((block) => one.has(block)) ? pairedRatio(one, several) : null
}

/** What died and was not made good later; of repeated failures the last. */
export function openThroughputFailures(records: readonly ResultRecord[]): ThroughputFailure[] {
  const open = new Map<string, ThroughputFailure>()
  for (const record of records) {
    if (record.kind === "throughput") open.delete(throughputId(record))
    if (record.kind !== "throughput-failure") continue
    const { kind: _kind, ...failure } = record
    open.set(throughputId(failure), failure)
  }
  return [...open.values()]
}

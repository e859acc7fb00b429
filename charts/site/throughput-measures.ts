/** The figures of throughput: what is measured, by the number of threads. */
import type { ResultDocument, Sampled, ThroughputCell } from "../../results/schema.ts"
import { distinct } from "../specs/frame.ts"
import { type Choice, type Measure, type Row, scaled } from "./row.ts"

type ThroughputMeasure = Measure & { readonly read: (cell: ThroughputCell) => Sampled | null }

export const THROUGHPUT_MEASURES: readonly ThroughputMeasure[] = [
  {
    id: "deliveriesPerSecond",
    title: "deliveries per second",
    axis: "Deliveries per second",
    unit: "perSecond",
    kind: "sampled",
    definition:
      "Messages opened by a member, n − 1 for each message, from the first send until the last delivery; median over " +
      "blocks with its 95 % interval. Handing messages from thread to thread is in it. Not counted: network, storage.",
    read: ({ deliveriesPerSecond }) => deliveriesPerSecond,
  },
  {
    id: "messagesPerSecond",
    title: "messages per second",
    axis: "Messages per second",
    unit: "perSecond",
    kind: "sampled",
    definition: "Application messages spoken, by that time.",
    read: ({ messagesPerSecond }) => messagesPerSecond,
  },
  {
    id: "speedUp",
    title: "speed-up",
    axis: "Speed-up over one thread",
    unit: "ratio",
    kind: "sampled",
    definition: "Messages per second over those on one thread, median of the ratios within blocks.",
    read: ({ speedUp }) => speedUp,
  },
]

/** In place of whose figure it is: on how many threads. */
export function threadChoices(documents: readonly ResultDocument[]): readonly Choice[] {
  const threads = documents.flatMap(({ throughput }) => throughput.map((cell) => cell.threads))
  return distinct(threads)
    .toSorted((a, b) => a - b)
    .map((count) => ({ id: choiceId(count), title: count === 1 ? "1 thread" : `${count} threads` }))
}

export function throughputRows({ throughput }: ResultDocument): readonly Row[] {
  return THROUGHPUT_MEASURES.flatMap(({ id, read }) =>
    throughput.flatMap((cell) => {
      const value = read(cell)
      const { protocol, suite, groupSize: n, threads } = cell
      return value === null
        ? []
        : [{ measure: id, of: choiceId(threads), protocol, suite, n, ...scaled(value, 1) }]
    }),
  )
}

const choiceId = (threads: number): string => `threads-${threads}`

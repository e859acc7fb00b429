import type { PublishedSeries } from "../../results/published/series.ts"
import type { Cell, Operation, ResultDocument, Sampled } from "../../results/schema.ts"
import { type Figure, NO_OVERLAY, type Overlay, operationsOf } from "./frame.ts"
import { gridSpec, type Panel } from "./grid.ts"
import { suiteMarksNote, suitesOf } from "./layers.ts"
import { comparable, MEASURE_NAMES, publishedNotes, publishedPoints } from "./published.ts"

const NS_PER_MS = 1e6

const PUBLISHES = ["initiatorNs", "recipientNs", "groupNs"] as const

export const cpu: Figure = {
  name: "cpu",
  title: "CPU time of one operation",
  caption: [
    "Initiator: the member who acts, generation of keys included. One recipient: the mean over the recipients. " +
      "Whole group: initiator and all recipients together, on one core.",
    "A point is the median over blocks, its bar the 95 % interval. Times are taken in a thread of its own, one at " +
      "a time. Where only some of the recipients were timed, their mean stands for the rest. Not counted: network, " +
      "storage, and the forming of the group that the operation runs on.",
  ],
  publishes: PUBLISHES,
  spec,
}

function spec(document: ResultDocument, overlay: Overlay = NO_OVERLAY, width?: number) {
  const timed = document.cells.filter((cell) => cell.sampled !== null)
  const blocks = timed.map((cell) => cell.blocks)
  const suites = suitesOf(timed)
  const published = comparable({ ...document, cells: timed }, overlay.published, PUBLISHES)
  return gridSpec(document, {
    width,
    title: cpu.title,
    notes: [
      `Median over ${span(blocks)} blocks, bars: 95 % interval. Without network, storage and the forming of the group.`,
      suiteMarksNote(suites),
      ...publishedNotes(published),
    ],
    suites,
    measure: { title: "Time (ms)", tick: ",~r", tooltip: ",.4~g", bar: ["95 % interval from", "to"] },
    rows: operationsOf({ ...document, cells: timed }).map((operation) => row(timed, operation, published)),
    published,
    shared: "row",
    panelHeight: 130,
  })
}

function span(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low === high ? `${low}` : `${low}–${high}`
}

function row(
  cells: readonly Cell[],
  operation: Operation,
  published: readonly PublishedSeries[],
): readonly Panel[] {
  const own = cells.filter((cell) => cell.operation === operation)
  return PUBLISHES.map((measure) => ({
    row: operation,
    column: MEASURE_NAMES[measure],
    points: [
      ...own.flatMap((cell) => (cell.sampled === null ? [] : [point(cell, cell.sampled[measure])])),
      ...publishedPoints(published, { measure, operation }, NS_PER_MS),
    ],
  }))
}

function point({ protocol, suite, groupSize }: Cell, { median, low, high }: Sampled) {
  return {
    protocol,
    suite,
    n: groupSize,
    y: median / NS_PER_MS,
    low: low / NS_PER_MS,
    high: high / NS_PER_MS,
  }
}

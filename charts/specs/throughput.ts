import type { ResultDocument, ThroughputCell } from "../../results/schema.ts"
import { distinct, type Figure, type Overlay } from "./frame.ts"
import { byThree, gridSpec } from "./grid.ts"
import { suiteMarksNote } from "./layers.ts"

export const throughput: Figure = {
  name: "throughput",
  title: "Deliveries per second, by worker threads",
  caption: [
    "Members are dealt to worker threads and speak in turn, and every other member opens every message: a delivery is " +
      "one message opened by one member and compared with what was said. A message makes n − 1 deliveries.",
    "Medians over blocks with their 95 % interval. Counted: encryption, decryption, and handing messages from thread to " +
      "thread, from the first send until the last delivery. Not counted: network and storage.",
  ],
  spec,
}

function spec(document: ResultDocument, _overlay?: Overlay, width?: number) {
  const rows = document.throughput
  const suites = distinct(rows.map(({ suite }) => suite)).toSorted()
  const numbers = distinct(rows.map(({ threads }) => threads)).toSorted((a, b) => a - b)
  return gridSpec(document, {
    width,
    title: throughput.title,
    notes: [
      "All speak in turn, everybody opens everything: median over blocks, bars: 95 % interval. Without network.",
      suiteMarksNote(suites),
    ],
    suites,
    measure: {
      title: "Deliveries per second",
      tick: "~s",
      tooltip: ",.4~r",
      bar: ["95 % interval from", "to"],
    },
    rows: byThree(
      numbers.map((number) => ({
        row: number === 1 ? "1 thread" : `${number} threads`,
        points: rows.filter(({ threads }) => threads === number).map(point),
      })),
    ),
    shared: "all",
    panelHeight: 260,
  })
}

function point({ protocol, suite, groupSize, deliveriesPerSecond: { median, low, high } }: ThroughputCell) {
  return { protocol, suite, n: groupSize, y: median, low, high }
}

import type { Cell, ResultDocument, Sampled } from "../../results/schema.ts"
import type { Figure, Overlay } from "./frame.ts"
import { gridSpec } from "./grid.ts"
import { suiteMarksNote, suitesOf } from "./layers.ts"

const NS_PER_S = 1e9

export const messagesPerSecond: Figure = {
  name: "messages-per-second",
  title: "Application messages per second",
  caption: [
    "One sender: messages that one member can encrypt in a second. One recipient: messages that one member can " +
      "decrypt in a second. Whole group on one core: messages that are encrypted by one member and decrypted by all " +
      "others, when a single core does the work of every member.",
    "Medians over blocks with their 95 % interval. Not counted: network and storage. A group on real devices shares " +
      "the work out: there the slowest of sender and recipient sets the pace.",
  ],
  spec,
}

function spec(document: ResultDocument, _overlay?: Overlay, width?: number) {
  const cells = document.cells.filter((cell) => cell.operation === "message" && cell.sampled !== null)
  const suites = suitesOf(cells)
  return gridSpec(document, {
    width,
    title: messagesPerSecond.title,
    notes: [
      "From the CPU time of one message: median over blocks, bars: 95 % interval. Without network and storage.",
      suiteMarksNote(suites),
    ],
    suites,
    measure: {
      title: "Messages per second",
      tick: "~s",
      tooltip: ",.4~r",
      bar: ["95 % interval from", "to"],
    },
    rows: [
      [
        {
          row: "one sender",
          points: points(cells, ({ initiatorNs }) => rate(initiatorNs)),
        },
        {
          row: "one recipient",
          points: points(cells, ({ recipientNs }) => rate(recipientNs)),
        },
        {
          row: "whole group on one core",
          points: points(cells, (sampled) => sampled.messagesPerSecond),
        },
      ],
    ],
    shared: "all",
    panelHeight: 260,
  })
}

type Times = NonNullable<Cell["sampled"]>

function points(cells: readonly Cell[], measure: (times: Times) => Sampled | null) {
  return cells.flatMap(({ protocol, suite, groupSize, sampled }) => {
    const value = sampled === null ? null : measure(sampled)
    if (value === null) return []
    return [{ protocol, suite, n: groupSize, y: value.median, low: value.low, high: value.high }]
  })
}

/** A rate is one over a time, so the ends of the interval change places; a time of 0 has no rate. */
function rate({ median, low, high }: Sampled): Sampled | null {
  if (low <= 0) return null
  return { median: NS_PER_S / median, low: NS_PER_S / high, high: NS_PER_S / low }
}

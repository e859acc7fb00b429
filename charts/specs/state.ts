import type { ResultDocument } from "../../results/schema.ts"
import { exactCells, type Figure, type Overlay, operationsOf, suiteNote } from "./frame.ts"
import { byThree, gridSpec } from "./grid.ts"

export const state: Figure = {
  name: "state",
  title: "State that a member keeps",
  caption: [
    "Bytes of one member's state after the operation: the point is the mean over the members, the bar above it " +
      "reaches to the largest.",
    "Counted: keys, counters and names. Not counted: the overhead of containers and of a database, and the " +
      "messages themselves.",
  ],
  spec,
}

function spec(document: ResultDocument, _overlay?: Overlay, width?: number) {
  const cells = exactCells(document)
  const panels = operationsOf(document).map((operation) => ({
    row: `after ${operation}`,
    points: cells
      .filter((cell) => cell.operation === operation)
      .map(({ protocol, suite, groupSize, exact }) => ({
        protocol,
        suite,
        n: groupSize,
        y: exact.stateBytesMean,
        low: exact.stateBytesMean,
        high: exact.stateBytesMax,
      })),
  }))
  return gridSpec(document, {
    width,
    title: state.title,
    notes: [
      "Point: mean over the members; bar: up to the largest. Keys, counters and names, without container overhead.",
      suiteNote(document),
    ],
    suites: [],
    measure: { title: "Bytes per member", tick: "~s", tooltip: ",.1~f", bar: ["Mean", "Largest"] },
    rows: byThree(panels),
    shared: "all",
    panelHeight: 170,
  })
}

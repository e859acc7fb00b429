import type { PublishedSeries } from "../../results/published/series.ts"
import type { Cell, Operation, ResultDocument } from "../../results/schema.ts"
import { exactCells, type Figure, NO_OVERLAY, type Overlay, operationsOf, suiteNote } from "./frame.ts"
import { gridSpec, type Panel } from "./grid.ts"
import { comparable, MEASURE_NAMES, publishedNotes, publishedPoints } from "./published.ts"

const PUBLISHES = ["bytesUploaded"] as const

export const bytes: Figure = {
  name: "bytes",
  title: "Bytes that one operation puts on the wire",
  caption: [
    "Uploaded: every packet once, as its sender hands it to the server, answers and acknowledgements included. " +
      "Delivered: every packet once per recipient, so a broadcast to a group of n counts n − 1 times; of the ciphertexts " +
      "inside it each recipient gets only its own.",
    "Counted: the whole packet as the protocol encodes it. Not counted: the transport below it (TLS, HTTP), " +
      "prekey bundles fetched from the server, and the server's own notices of a membership change.",
  ],
  publishes: PUBLISHES,
  spec,
}

function spec(document: ResultDocument, overlay: Overlay = NO_OVERLAY, width?: number) {
  const cells = exactCells(document)
  const published = comparable(document, overlay.published, PUBLISHES)
  return gridSpec(document, {
    width,
    title: bytes.title,
    notes: [
      "Packets with answers and acknowledgements; without prekey bundles, server notices and transport.",
      suiteNote(document),
      ...publishedNotes(published),
    ],
    suites: [],
    measure: { title: "Bytes", tick: "~s", tooltip: "," },
    rows: operationsOf(document).map((operation) => row(cells, operation, published)),
    published,
    shared: "row",
    panelHeight: 130,
  })
}

function row(
  cells: readonly Cell[],
  operation: Operation,
  published: readonly PublishedSeries[],
): readonly Panel[] {
  const points = (field: "bytesUploaded" | "bytesDelivered") =>
    cells
      .filter((cell) => cell.operation === operation)
      .map(({ protocol, suite, groupSize, exact }) => ({ protocol, suite, n: groupSize, y: exact[field] }))
  return [
    {
      row: operation,
      column: MEASURE_NAMES.bytesUploaded,
      points: [
        ...points("bytesUploaded"),
        ...publishedPoints(published, { measure: "bytesUploaded", operation }, 1),
      ],
    },
    { row: operation, column: "delivered", points: points("bytesDelivered") },
  ]
}

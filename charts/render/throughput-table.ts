/** A throughput run for the terminal: one table a suite, then failures and footnotes. */
import { styleText } from "node:util"
import { type ResultDocument, SUITES, type ThroughputCell } from "../../results/schema.ts"
import { formatCount, formatRate, formatRateInterval } from "../../results/units.ts"
import { type Column, NONE, type Paint, pack, table, wrap } from "./grid.ts"
import { header, medianNote, type TableOptions } from "./table.ts"

/** The rows as text, its last line without a newline. */
export function throughputTable(document: ResultDocument, { color, width }: TableOptions): string {
  const paint: Paint = (style, text) =>
    color === "always" ? styleText(style, text, { validateStream: false }) : text
  const sections = SUITES.map((suite) => document.throughput.filter((cell) => cell.suite === suite))
  return [
    header(document.run),
    ...sections.filter((cells) => cells.length > 0).map((cells) => section(bySize(cells), width, paint)),
    failureList(document, width, paint),
    footnotes(document.throughput, width).map((line) => paint("dim", line)),
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")
}

/** The sort is stable: within a size protocols keep the document's order, and each its threads. */
const bySize = (cells: readonly ThroughputCell[]): ThroughputCell[] =>
  cells.toSorted((a, b) => a.groupSize - b.groupSize)

function section(cells: readonly ThroughputCell[], width: number, paint: Paint): string[] {
  const title = `${paint("bold", `throughput, suite ${cells[0]?.suite}`)}: all speak in turn, everybody reads everything`
  const tables = pack(KEYS, [RATES, COUNTS], cells, width).map((columns) =>
    table([...KEYS, ...columns], cells, paint),
  )
  return [title, ...tables.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]))]
}

type Row = ThroughputCell

/** Said once for the rows that share it. */
function key(heading: string, align: "left" | "right", text: (row: Row) => string, id: (row: Row) => string) {
  const figure = (row: Row, above: Row | undefined) => ({
    text: above !== undefined && id(above) === id(row) ? "" : text(row),
  })
  return { heading, align, figure }
}

const KEYS: readonly Column<Row>[] = [
  key(
    "n",
    "right",
    ({ groupSize }) => formatCount(groupSize),
    ({ groupSize }) => `${groupSize}`,
  ),
  key(
    "protocol",
    "left",
    ({ protocol }) => protocol,
    ({ groupSize, protocol }) => `${groupSize} ${protocol}`,
  ),
  { heading: "threads", align: "right", figure: ({ threads }) => ({ text: formatCount(threads) }) },
]

const RATES: readonly Column<Row>[] = [
  figure("messages/s", ({ messagesPerSecond: rate }) => ({
    text: formatRate(rate.median),
    aside: formatRateInterval(rate),
  })),
  figure("deliveries/s", ({ deliveriesPerSecond: rate }) => ({
    text: formatRate(rate.median),
    aside: formatRateInterval(rate),
  })),
  figure("speed-up", ({ speedUp }) => (speedUp === null ? NONE : ratio(speedUp))),
]

const COUNTS: readonly Column<Row>[] = [
  figure("two-party/message", ({ twoParty, messages }) => ({ text: formatCount(twoParty / messages) })),
  figure("messages", ({ messages }) => ({ text: formatCount(messages) })),
]

function figure(heading: string, of: Column<Row>["figure"]): Column<Row> {
  return { heading, align: "right", figure: of }
}

function ratio({ median, low, high }: NonNullable<Row["speedUp"]>) {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(2))
  return { text: `${middle}×`, aside: low === high ? "" : `[${from}, ${to}]` }
}

function failureList({ throughputFailures }: ResultDocument, width: number, paint: Paint): string[] {
  if (throughputFailures.length === 0) return []
  const lines = throughputFailures.map(({ protocol, suite, groupSize, threads, block, reason }) => {
    const where = `suite ${suite}, n = ${groupSize}, ${protocol}, threads ${threads}, block ${block}`
    return wrap(`${where}: ${reason}`, width).join("\n")
  })
  return [paint("red", `failed (${lines.length}), not in the tables above`), ...lines]
}

function footnotes(rows: readonly Row[], width: number): string[] {
  if (rows.length === 0) return ["Nothing was measured yet."]
  const notes = [
    "deliveries: messages opened, each compared with what was said; (n − 1) a message. speed-up: over one thread," +
      " from the same blocks.",
    "The time runs from the first send until the last delivery is opened, messages between threads included." +
      " two-party/message: packets on channels, as renewals of sender keys.",
    `Rates: ${medianNote(rows.map(({ blocks }) => blocks))}.`,
  ]
  return notes.flatMap((note) => wrap(note, width))
}

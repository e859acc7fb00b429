/** A run as tables that people read, in Markdown or LaTeX: a few columns, in units, with intervals. */
import { messagesIn } from "../exact.ts"
import {
  type Cell,
  isHeal,
  OPERATIONS,
  type Operation,
  type ResultDocument,
  type Sampled,
  SUITES,
  type ThroughputCell,
} from "../schema.ts"
import {
  formatBytes,
  formatCount,
  formatNs,
  formatNsInterval,
  formatRate,
  formatRateInterval,
} from "../units.ts"

export type TextTable = {
  readonly title: string
  readonly columns: readonly { readonly heading: string; readonly align: "left" | "right" }[]
  readonly rows: readonly (readonly string[])[]
}

/** For each operation its exact counts, then its times where there are any; or the rates of a talk. */
export function textTables({ run, cells, throughput }: ResultDocument): TextTable[] {
  if (run.plan.threads !== undefined)
    return [fill("Throughput, median [95 % interval]", RATE_COLUMNS, throughput)]
  const sorted = cells.toSorted(bySize)
  return OPERATIONS.flatMap((operation) =>
    tablesOf(
      operation,
      sorted.filter((cell) => cell.operation === operation),
    ),
  )
}

/** The sort is stable: protocols of one size stand together, in the document's order. */
const bySize = (a: Cell, b: Cell): number =>
  SUITES.indexOf(a.suite) - SUITES.indexOf(b.suite) || a.groupSize - b.groupSize

/** Where, when and with what the run was made: a sentence each. */
export function aboutRun({ run }: ResultDocument): string[] {
  const { tool, environment: machine } = run
  return [
    `${tool.name} ${tool.version} (${tool.commit}), run ${run.id}, seed ${run.seed}, ${run.startedAt}${run.finishedAt === null ? ", unfinished" : ""}`,
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.platform} ${machine.arch}`,
  ]
}

type Column<Row> = TextTable["columns"][number] & { readonly text: (row: Row) => string }

function fill<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[]): TextTable {
  return { title, columns, rows: rows.map((row) => columns.map(({ text }) => text(row))) }
}

function tablesOf(operation: Operation, cells: readonly Cell[]): TextTable[] {
  const counts = isHeal(operation) ? [...COUNT_COLUMNS, HEALED] : COUNT_COLUMNS
  const timed = cells.filter(({ sampled }) => sampled !== null)
  const predicted = cells.filter(({ predicted }) => predicted !== undefined)
  return [
    fill(`${operation}: exact counts`, counts, onePerGroup(cells)),
    fill(`${operation}: CPU time, median [95 % interval]`, timeColumns(operation), timed),
    fill(`${operation}: CPU time, predicted for ${predicted[0]?.predicted?.device}`, PREDICTED, predicted),
  ].filter(({ rows }) => rows.length > 0)
}

/** Every suite has the same counts. */
const onePerGroup = (cells: readonly Cell[]): Cell[] =>
  cells.filter(({ protocol, groupSize }, index) => {
    const first = cells.findIndex((cell) => cell.protocol === protocol && cell.groupSize === groupSize)
    return first === index
  })

const NONE = "–"
const left = <Row>(heading: string, text: (row: Row) => string): Column<Row> => {
  return { heading, align: "left", text }
}
const right = <Row>(heading: string, text: (row: Row) => string): Column<Row> => {
  return { heading, align: "right", text }
}

const PROTOCOL = left<Cell>("protocol", ({ protocol }) => protocol)
const SUITE = left<Cell>("suite", ({ suite }) => suite)
const SIZE = right<Cell>("n", ({ groupSize }) => formatCount(groupSize))

const COUNT_COLUMNS: readonly Column<Cell>[] = [
  PROTOCOL,
  SIZE,
  right("messages", ({ exact }) => formatCount(messagesIn(exact))),
  right("broadcasts", ({ exact }) => formatCount(exact.broadcasts)),
  right("inside", ({ exact }) => formatCount(exact.inBroadcasts)),
  right("deliveries", ({ exact }) => formatCount(exact.deliveries)),
  right("uploaded", ({ exact }) => formatBytes(exact.bytesUploaded)),
  right("delivered", ({ exact }) => formatBytes(exact.bytesDelivered)),
  right("rounds", ({ exact }) => formatCount(exact.rounds)),
]

const HEALED = left<Cell>("healed", ({ healing }) => {
  if (healing === undefined) return NONE
  return healing.healed ? `from round ${healing.firstSafeRound}` : "no"
})

const time = (sampled: Sampled | null | undefined): string =>
  sampled == null ? NONE : `${formatNs(sampled.median)} ${formatNsInterval(sampled)}`.trimEnd()
const rate = (sampled: Sampled | null | undefined): string =>
  sampled == null ? NONE : `${formatRate(sampled.median)} ${formatRateInterval(sampled)}`.trimEnd()

function timeColumns(operation: Operation): readonly Column<Cell>[] {
  const newcomer = right<Cell>("newcomer", ({ sampled }) => time(sampled?.newcomerNs))
  return [
    ...[PROTOCOL, SUITE, SIZE],
    right("initiator", ({ sampled }) => time(sampled?.initiatorNs)),
    right("recipient", ({ sampled }) => time(sampled?.recipientNs)),
    ...(operation === "add" ? [newcomer] : []),
    right("group", ({ sampled }) => time(sampled?.groupNs)),
  ]
}

const PREDICTED: readonly Column<Cell>[] = [
  ...[PROTOCOL, SIZE],
  right("initiator", ({ predicted }) => formatNs(predicted?.initiatorNs ?? Number.NaN)),
  right("recipient", ({ predicted }) => formatNs(predicted?.recipientNs ?? Number.NaN)),
  right("group", ({ predicted }) => formatNs(predicted?.groupNs ?? Number.NaN)),
]

const RATE_COLUMNS: readonly Column<ThroughputCell>[] = [
  left("protocol", ({ protocol }) => protocol),
  left("suite", ({ suite }) => suite),
  right("n", ({ groupSize }) => formatCount(groupSize)),
  right("threads", ({ threads }) => formatCount(threads)),
  right("messages/s", (row) => rate(row.messagesPerSecond)),
  right("deliveries/s", (row) => rate(row.deliveriesPerSecond)),
]

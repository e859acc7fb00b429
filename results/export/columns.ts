/** Every figure of a run in flat rows, in base units, for other programs. */
import { printed } from "../document.ts"
import type { Cell, ResultDocument, Sampled, ThroughputCell } from "../schema.ts"
import { EXACT_MEASURES, SAMPLED_MEASURES } from "../units.ts"

/** Nothing where a cell has no such figure. */
type Value = string | number | boolean | null | undefined

type Column<Row> = { readonly name: string; readonly value: (row: Row) => Value }

/** The names carry the units: `…Ns`, `…Bytes`, `…PerSecond`, `…Share`; a bare name is a count. */
export type FlatTable = { readonly names: readonly string[]; readonly rows: readonly (readonly Value[])[] }

/** Cells, or what a run of `throughput` has in their place. */
export function flatTable(document: ResultDocument): FlatTable {
  const { cells, throughput, run } = printed(document)
  return run.plan.threads === undefined
    ? fill([...CELL_COLUMNS, ...callColumns(cells)], cells)
    : fill(THROUGHPUT_COLUMNS, throughput)
}

function fill<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): FlatTable {
  return {
    names: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  }
}

const column = <Row>(name: string, value: (row: Row) => Value): Column<Row> => ({ name, value })

function columnsOf<Row>(...names: readonly (keyof Row & string)[]): Column<Row>[] {
  return names.map((name) => column(name, (row) => row[name] as Value))
}

/** Median, and both ends of its 95 % interval over blocks. */
function intervalColumns<Row>(
  name: string,
  sampled: (row: Row) => Sampled | null | undefined,
): Column<Row>[] {
  return [
    column(name, (row) => sampled(row)?.median),
    column(`${name}Low`, (row) => sampled(row)?.low),
    column(`${name}High`, (row) => sampled(row)?.high),
  ]
}

const PREDICTED = ["initiatorNs", "recipientNs", "newcomerNs", "groupNs"] as const

const CELL_COLUMNS: readonly Column<Cell>[] = [
  ...columnsOf<Cell & { readonly competitor?: string }>("competitor"),
  ...columnsOf<Cell>("protocol", "channel", "suite", "operation", "groupSize"),
  ...EXACT_MEASURES.map(({ name }) => column<Cell>(name, ({ exact }) => exact[name])),
  ...columnsOf<Cell>("peakMemoryBytes"),
  column("healed", ({ healing }) => healing?.healed),
  column("readableMessages", ({ healing }) => healing?.readableMessages),
  column("firstSafeRound", ({ healing }) => healing?.firstSafeRound),
  ...SAMPLED_MEASURES.flatMap(({ name }) => intervalColumns<Cell>(name, ({ sampled }) => sampled?.[name])),
  ...PREDICTED.map((name) => column<Cell>(`${name}Predicted`, ({ predicted }) => predicted?.[name])),
  ...columnsOf<Cell>("blocks", "slowedBlocks", "recipients", "recipientsTimed", "runQueueWaitShare"),
  column("transcript", ({ exact }) => exact.transcript),
]

const ROLES = ["group", "initiator", "recipientMean"] as const

/** Calls of each suite operation that any cell made. */
function callColumns(cells: readonly Cell[]): Column<Cell>[] {
  const operations = [...new Set(cells.flatMap(({ exact }) => Object.keys(exact.primitives.group)))]
  return ROLES.flatMap((role) =>
    operations.map((operation) =>
      column<Cell>(`${operation}Calls${capital(role)}`, ({ exact }) => exact.primitives[role][operation]),
    ),
  )
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

const THROUGHPUT_COLUMNS: readonly Column<ThroughputCell>[] = [
  ...columnsOf<ThroughputCell & { readonly competitor?: string }>("competitor"),
  ...columnsOf<ThroughputCell>("protocol", "channel", "suite", "groupSize", "threads"),
  ...intervalColumns<ThroughputCell>("messagesPerSecond", (row) => row.messagesPerSecond),
  ...intervalColumns<ThroughputCell>("deliveriesPerSecond", (row) => row.deliveriesPerSecond),
  ...intervalColumns<ThroughputCell>("speedUp", (row) => row.speedUp),
  ...columnsOf<ThroughputCell>("messages", "deliveries", "twoParty", "broadcasts", "blocks"),
]

/** The rows of a throughput run, and what failed of it, as tables. */
import type { ResultDocument, ThroughputCell, ThroughputFailure } from "../../results/schema.ts"
import { type Column, table } from "./html.ts"
import { interval, number, text } from "./tables.ts"

const COLUMNS: readonly Column[] = [
  text("Protocol"),
  text("Suite"),
  number("n"),
  number("Threads"),
  number("Messages/s"),
  number("Deliveries/s"),
  number("Speed-up over one thread"),
  number("Two-party per message"),
  number("Messages"),
  number("Blocks"),
]

/** Empty where nothing was measured. */
export function throughputTable({ throughput }: ResultDocument): string {
  if (throughput.length === 0) return ""
  return table("Throughput, median [95 % interval]", COLUMNS, throughput.map(row))
}

function row(cell: ThroughputCell): string[] {
  const { messagesPerSecond, deliveriesPerSecond, speedUp, twoParty, messages } = cell
  const rates = [messagesPerSecond, deliveriesPerSecond, speedUp ?? undefined]
  return [
    cell.protocol,
    cell.suite,
    ...[cell.groupSize, cell.threads].map(grouped),
    ...rates.map((rate) => interval(rate, 1)),
    ...[twoParty / messages, messages, cell.blocks].map(grouped),
  ]
}

const FAILURE_COLUMNS = [
  text("Protocol"),
  text("Suite"),
  number("n"),
  number("Threads"),
  number("Block"),
  text("Reason"),
]

/** Empty where nothing failed. */
export function throughputFailureTable(failures: readonly ThroughputFailure[]): string {
  if (failures.length === 0) return ""
  const rows = failures.map(({ protocol, suite, groupSize, threads, block, reason }) => [
    protocol,
    suite,
    ...[groupSize, threads, block].map(grouped),
    reason,
  ])
  return table("Measurements of throughput that failed and are missing above", FAILURE_COLUMNS, rows)
}

const grouped = (count: number): string => count.toLocaleString("en")

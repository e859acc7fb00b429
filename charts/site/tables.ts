/** The figures behind the charts, as tables. */
import { messagesIn } from "../../results/exact.ts"
import {
  type Cell,
  type Failure,
  isHeal,
  type Operation,
  type ResultDocument,
  type Sampled,
} from "../../results/schema.ts"
import { exactCells, operationsOf } from "../specs/frame.ts"
import { type Column, escapeHtml, foldable, table } from "./html.ts"

const NS_PER_MS = 1e6

export const text = (heading: string): Column => ({ heading, align: "text" })
export const number = (heading: string): Column => ({ heading, align: "number" })

const EXACT_COLUMNS = [
  text("Protocol"),
  text("Channel"),
  number("n"),
  number("Messages"),
  number("Broadcasts"),
  number("Welcomes"),
  number("Ciphertexts inside broadcasts"),
  number("Deliveries"),
  number("Rounds"),
  number("Secrets renewed"),
  number("Bytes uploaded"),
  number("Bytes delivered"),
  number("Bytes delivered, unsplit"),
  number("State, mean"),
  number("State, largest"),
  text("Healed"),
]

/** Exact counts, one table an operation; that of `heal` is open. */
export function exactTables(document: ResultDocument): string {
  return perOperation(document, exactCells(document), (cells, operation) =>
    table(`Exact counts: ${operation}`, EXACT_COLUMNS, cells.map(exactRow)),
  )
}

function exactRow({ protocol, channel, groupSize, exact, healing }: Cell): string[] {
  const counts = [
    groupSize,
    messagesIn(exact),
    exact.broadcasts,
    exact.welcomes,
    exact.inBroadcasts,
    exact.deliveries,
    exact.rounds,
    exact.renewedSecrets,
    exact.bytesUploaded,
    exact.bytesDelivered,
    exact.bytesDeliveredUnsplit,
  ]
  const state = [Math.round(exact.stateBytesMean), exact.stateBytesMax]
  return [protocol, channel, ...[...counts, ...state].map(grouped), healedText(healing)]
}

function healedText(healing: Cell["healing"]): string {
  if (healing === undefined) return "–"
  if (!healing.healed) return "no: still readable"
  return healing.firstSafeRound === null ? "yes" : `yes, from round ${healing.firstSafeRound}`
}

const TIME_COLUMNS = [
  text("Protocol"),
  text("Suite"),
  number("n"),
  number("Initiator, ms"),
  number("One recipient, ms"),
  number("Newcomer, ms"),
  number("Whole group, ms"),
  number("Messages/s, whole group"),
  number("Cryptography’s share"),
  number("Blocks"),
  number("Recipients timed"),
]

/** Times with their 95 % intervals; empty where nothing was timed. */
export function timeTables(document: ResultDocument): string {
  const timed = document.cells.filter((cell) => cell.sampled !== null)
  return perOperation(document, timed, (cells, operation) =>
    table(`CPU time, median [95 % interval]: ${operation}`, TIME_COLUMNS, cells.map(timeRow)),
  )
}

function timeRow({ protocol, suite, groupSize, sampled, blocks, recipientsTimed }: Cell): string[] {
  const times = [
    sampled?.initiatorNs,
    sampled?.recipientNs,
    sampled?.newcomerNs ?? undefined,
    sampled?.groupNs,
  ]
  const rate = sampled?.messagesPerSecond ?? undefined
  return [
    protocol,
    suite,
    grouped(groupSize),
    ...times.map((time) => interval(time, NS_PER_MS)),
    interval(rate, 1),
    interval(sampled?.efficiency ?? undefined, 1),
    grouped(blocks),
    grouped(recipientsTimed),
  ]
}

const PREDICTED_COLUMNS = [
  text("Protocol"),
  number("n"),
  number("Initiator, ms"),
  number("One recipient, ms"),
  number("Newcomer, ms"),
  number("Whole group, ms"),
]

/** Times that nobody measured; empty in a run without a price list. */
export function predictedTables(document: ResultDocument): string {
  const predicted = document.cells.filter((cell) => cell.predicted !== undefined)
  const device = document.run.prices?.device ?? ""
  return perOperation(document, predicted, (cells, operation) =>
    table(`Predicted for ${device}: ${operation}`, PREDICTED_COLUMNS, cells.map(predictedRow)),
  )
}

function predictedRow({ protocol, groupSize, predicted }: Cell): string[] {
  const times = [predicted?.initiatorNs, predicted?.recipientNs, predicted?.newcomerNs, predicted?.groupNs]
  return [
    protocol,
    grouped(groupSize),
    ...times.map((ns) => (ns == null ? "–" : significant(ns / NS_PER_MS))),
  ]
}

/** In `unit`, as `median [low, high]`. */
export function interval(sampled: Sampled | undefined, unit: number): string {
  if (sampled === undefined) return "–"
  const [median, low, high] = [sampled.median, sampled.low, sampled.high].map((value) =>
    significant(value / unit),
  )
  return `${median} [${low}, ${high}]`
}

function significant(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 4 })
}

function grouped(count: number): string {
  return count.toLocaleString("en")
}

/** Of an operation's table among those of others: healing sets the protocols apart, so it is open. */
export function placeOf(operation: Operation, all: readonly Operation[]) {
  if (all.length === 1) return "alone"
  return isHeal(operation) ? "open" : "closed"
}

function perOperation(
  document: ResultDocument,
  cells: readonly Cell[],
  render: (cells: readonly Cell[], operation: Operation) => string,
): string {
  const operations = operationsOf({ ...document, cells })
  return operations
    .map((operation) => {
      const own = cells.filter((cell) => cell.operation === operation)
      return foldable(operation, render(own, operation), placeOf(operation, operations))
    })
    .join("\n")
}

const FAILURE_COLUMNS = [
  text("Protocol"),
  text("Suite"),
  text("Operation"),
  number("n"),
  text("Block"),
  text("Reason"),
]

/** Work that died; empty where nothing did. */
export function failureTable(failures: readonly Failure[]): string {
  if (failures.length === 0) return ""
  const rows = failures.map(({ protocol, suite, operation, groupSize, block, reason }) => [
    protocol,
    suite,
    operation,
    grouped(groupSize),
    block === undefined ? "counting" : `${block}`,
    reason,
  ])
  return table("Work that failed and is missing above", FAILURE_COLUMNS, rows)
}

/** Where, when and with what the run was made. */
export function environmentList({ run }: ResultDocument): string {
  const { dependencies, memoryBytes, ...machine } = run.environment
  const facts = {
    run: run.id,
    seed: run.seed,
    started: run.startedAt,
    finished: run.finishedAt ?? "not finished: cells may be missing",
    tool: `${run.tool.name} ${run.tool.version}, commit ${run.tool.commit}`,
    ...machine,
    memory: `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`,
    ...Object.fromEntries(
      Object.entries(run.plan).map(([name, value]) => [`plan: ${name}`, [value].flat().join(", ")]),
    ),
    dependencies: Object.entries(dependencies)
      .map((pair) => pair.join(" "))
      .join(", "),
  }
  const items = Object.entries(facts).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(`${value}`)}</dd>`,
  )
  return `<dl>\n${items.join("\n")}\n</dl>`
}

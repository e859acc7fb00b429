/** A run for the terminal: one table per operation and suite, growth below it, then failures and footnotes. */
import { styleText } from "node:util"
import { messagesIn } from "../../results/exact.ts"
import { ENOUGH_SIZES } from "../../results/growth.ts"
import {
  type Cell,
  type Failure,
  isHeal,
  OPERATIONS,
  type Operation,
  type ResultDocument,
  type Sampled,
  SUITES,
} from "../../results/schema.ts"
import { fitComplexity } from "../../results/stats/complexity.ts"
import { fitPower } from "../../results/stats/power.ts"
import {
  formatCount,
  formatNs,
  formatNsInterval,
  formatPower,
  formatRate,
  formatRateInterval,
  formatShare,
  formatShareInterval,
} from "../../results/units.ts"
import { conditionsLine, slowedNote, waitNote } from "./conditions.ts"
import { countNotes, countsOf, HEALING } from "./count-columns.ts"
import {
  type Figure,
  type Column as GridColumn,
  column as gridColumn,
  NONE,
  type Paint,
  pack,
  table,
  wrap,
} from "./grid.ts"
import { memorySection } from "./memory.ts"
import { PREDICTED, PREDICTED_NEWCOMER, predictionNotes } from "./predicted.ts"

type Column = GridColumn<Cell>
const column = gridColumn<Cell>

export type TableOptions = {
  readonly color: "always" | "never"
  /** Columns of the terminal. Tables that would be wider are split, each part with its sizes and names. */
  readonly width: number
}

const MEANING: Readonly<Record<Operation, string>> = {
  create: "form a group of n",
  message: "one application message to the group",
  add: "one more member joins",
  remove: "one member is removed",
  update: "one member renews its own secret",
  heal: "one member's whole state has been stolen: shut the thief out",
  "heal-fresh": "the same, over fresh sessions that the victim opens from new prekey bundles",
}

/** The summary as text, its last line without a newline. */
export function summaryTable(document: ResultDocument, { color, width }: TableOptions): string {
  const paint: Paint = (style, text) =>
    color === "always" ? styleText(style, text, { validateStream: false }) : text
  const sections = OPERATIONS.flatMap((operation) =>
    SUITES.map((suite) =>
      bySize(document.cells.filter((c) => c.operation === operation && c.suite === suite)),
    ),
  ).filter((cells) => cells.length > 0)
  return [
    header(document.run),
    ...sections.map((cells) => section(cells, width, paint)),
    memorySection(document, paint),
    failureList(document.failures, width, paint),
    footnotes(document, width).map((line) => paint("dim", line)),
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")
}

/** Which run, and where. */
export function header(run: ResultDocument["run"]): string[] {
  const { tool, id, seed, startedAt, finishedAt, environment } = run
  const { cpu, cores, node, platform, arch } = environment
  return [
    `${tool.name} ${tool.version} (${tool.commit}), run ${id}, seed ${seed}, ${startedAt}${finishedAt === null ? ", unfinished" : ""}`,
    `${cpu}, ${cores} cores, Node ${node}, ${platform} ${arch}`,
    ...conditionsLine(run),
  ]
}

/** Protocols of one size stand together; the sort is stable, so they keep the document's order. */
function bySize(cells: readonly Cell[]): Cell[] {
  return [...cells].sort((a, b) => a.groupSize - b.groupSize)
}

function section(cells: readonly Cell[], width: number, paint: Paint): string[] {
  const [first] = cells
  if (first === undefined) return []
  const { operation, suite, predicted } = first
  const timing = predicted === undefined ? `suite ${suite}` : `predicted for ${predicted.device}`
  const groups = [countsOf(cells, operation), isHeal(operation) ? HEALING : [], timesOf(cells, operation)]
  const tables = pack(KEYS, groups, cells, width).map((columns) => table([...KEYS, ...columns], cells, paint))
  const title = `${paint("bold", `${operation}, ${timing}`)}: ${MEANING[operation]}`
  const spaced = tables.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]))
  return [title, ...spaced, ...growth(cells, operation, width)]
}

/** Of predicted times in place of sampled ones, never both in one table. */
function timesOf(cells: readonly Cell[], operation: Operation): readonly Column[] {
  if (cells.some(({ predicted }) => predicted !== undefined))
    return operation === "add" ? [...PREDICTED, PREDICTED_NEWCOMER] : PREDICTED
  const efficiency = cells.some(hasEfficiency) ? [EFFICIENCY] : []
  return [...TIMES, ...(MORE_TIMES[operation] ?? []), ...efficiency]
}

const SIZE: Column = {
  heading: "n",
  align: "right",
  // Said once for the protocols that share it, so that the eye finds where the next size begins.
  figure: (cell, above) => ({ text: cell.groupSize === above?.groupSize ? "" : formatCount(cell.groupSize) }),
}
const PROTOCOL: Column = { heading: "protocol", align: "left", figure: (cell) => ({ text: cell.protocol }) }
const KEYS = [SIZE, PROTOCOL]

const TIMES: readonly Column[] = [
  column("initiator", ({ sampled }) => (sampled ? time(sampled.initiatorNs) : NONE)),
  column("recipient", ({ sampled }) => (sampled ? time(sampled.recipientNs) : NONE)),
  column("group CPU", (cell) =>
    cell.sampled ? time(cell.sampled.groupNs, isScaledUp(cell) ? "*" : "") : NONE,
  ),
]

const EFFICIENCY = column("efficiency", ({ sampled }) => {
  const share = sampled?.efficiency
  return share ? { text: formatShare(share.median), aside: formatShareInterval(share) } : NONE
})

const RATE = column("messages/s", ({ sampled }) => {
  const rate = sampled?.messagesPerSecond
  return rate ? { text: formatRate(rate.median), aside: formatRateInterval(rate) } : NONE
})

/** What only one operation has. */
const MORE_TIMES: Partial<Record<Operation, readonly Column[]>> = {
  message: [RATE],
  add: [column("newcomer", ({ sampled }) => (sampled?.newcomerNs ? time(sampled.newcomerNs) : NONE))],
}

function time(sampled: Sampled, mark = ""): Figure {
  return { text: formatNs(sampled.median), aside: formatNsInterval(sampled) + mark }
}

/** Somebody who had to act was not timed; one who is removed has nothing to do. */
function isScaledUp({ sampled, recipients, recipientsTimed }: Cell): boolean {
  return sampled !== null && recipientsTimed < recipients
}

const hasEfficiency = ({ sampled }: Cell): boolean => sampled !== null && sampled.efficiency !== null

/** Fitted on counts, which are exact; nothing is said about fewer than 3 sizes. */
function growth(cells: readonly Cell[], operation: Operation, width: number): string[] {
  const parts = [...new Set(cells.map((cell) => cell.protocol))].flatMap((protocol) => {
    const own = cells.filter((cell) => cell.protocol === protocol)
    return own.length < ENOUGH_SIZES ? [] : [`${protocol} ${growthOf(own)}`]
  })
  if (parts.length === 0) return []
  return wrap(`messages ${isHeal(operation) ? "to heal " : ""}grow as: ${parts.join("; ")}`, width)
}

/** For the reader of the lines that {@link growth} writes. */
function growthNote(cells: readonly Cell[]): string[] {
  if (new Set(cells.map(({ groupSize }) => groupSize)).size < ENOUGH_SIZES) return []
  return [
    "grow as: the power of n fitted to the counts, and in brackets the powers between neighbouring sizes.",
  ]
}

function growthOf(cells: readonly Cell[]): string {
  const points = cells.map(({ groupSize, exact }) => ({ x: groupSize, y: messagesIn(exact) }))
  const { best, runnerUp, verdict } = fitComplexity(points)
  if (best.class === "1" && verdict === "decided") return "constant"
  const power = fitPower(points)
  const exponent = power === undefined ? "" : `${formatPower(power)}, `
  return `${exponent}class ${best.class}${verdict === "decided" ? "" : ` or ${runnerUp.class} (undecided)`}`
}

function failureList(failures: readonly Failure[], width: number, paint: Paint): string[] {
  if (failures.length === 0) return []
  const lines = failures.map(({ protocol, operation, suite, groupSize, block, reason }) => {
    const where = block === undefined ? "counting run" : `block ${block}`
    return wrap(
      `${operation}, suite ${suite}, n = ${groupSize}, ${protocol}, ${where}: ${reason}`,
      width,
    ).join("\n")
  })
  return [paint("red", `failed (${failures.length}), not in the tables above`), ...lines]
}

function footnotes(document: ResultDocument, width: number): string[] {
  const { cells } = document
  if (cells.length === 0) return ["No cell has figures yet."]
  const notes = [
    ...countNotes(cells),
    ...growthNote(cells),
    blockNote(cells),
    ...slowedNote(cells),
    ...waitNote(cells),
    ...predictionNotes(document),
  ]
  const efficiency =
    "efficiency: what the suite's operations take (calls × price in place, measured in the same isolate), as a share of group CPU."
  const scaled =
    "* not every recipient was timed: the group's time is scaled up from the mean of those that were."
  if (cells.some(hasEfficiency)) notes.push(efficiency)
  if (cells.some(isScaledUp)) notes.push(scaled)
  return notes.flatMap((note) => wrap(note, width))
}

function blockNote(cells: readonly Cell[]): string {
  const blocks = cells.map((cell) => cell.blocks)
  if (Math.max(...blocks) === 0) return "No times were taken: counts only."
  return `Times on one core: ${medianNote(blocks)}; recipient: mean of those timed.`
}

/** What the figures of so many blocks are. */
export function medianNote(blocks: readonly number[]): string {
  const [least, most] = [Math.min(...blocks), Math.max(...blocks)]
  const range = least === most ? `${most}` : `${least} to ${most}`
  const method =
    most >= 6
      ? "by order statistics (Student's t on logarithms below 6 blocks)"
      : "by Student's t on logarithms"
  const interval = most === 1 ? "one block has no interval" : `[95 % interval] ${method}`
  return `median over ${range} block${most === 1 ? "" : "s"}; ${interval}`
}

/** What all figures share: the kind of thing a figure is, its heading, and its logarithmic axes. */
import type { TopLevelSpec } from "vega-lite"
import type { GrowthRow } from "../../results/growth.ts"
import type { PublishedMeasure, PublishedSeries } from "../../results/published/series.ts"
import type { Cell, Operation, ResultDocument } from "../../results/schema.ts"
import { OPERATIONS } from "../../results/schema.ts"

/** What a caller lays over the figures of a run, and the run has not measured. */
export type Overlay = {
  readonly published: readonly PublishedSeries[]
  readonly claimedLine: ClaimedLine
  /** How costs grow beside what is claimed, for a table of the page. */
  readonly growth: readonly GrowthRow[]
}

/** Messages that an operation is said to take in a group of n, before it; undefined where nothing is said. */
export type ClaimedLine = (protocol: string, operation: Operation, n: number) => number | undefined

export const NO_OVERLAY: Overlay = { published: [], claimedLine: () => undefined, growth: [] }

/** One figure: where it is saved, what it says it shows, and the chart. */
export type Figure = {
  /** File name without ending. */
  readonly name: string
  readonly title: string
  /** Paragraphs for the reader: the definition of the measure, what is counted, what is not. */
  readonly caption: readonly string[]
  /** What published figures may be laid over it. */
  readonly publishes?: readonly PublishedMeasure[]
  /**
   * A Vega-Lite chart with its data inline; undefined where the document holds nothing for it.
   *
   * @param width - in pixels, without the padding of the theme; what must be readable keeps its size
   */
  readonly spec: (document: ResultDocument, overlay?: Overlay, width?: number) => TopLevelSpec | undefined
}

/** One value of one protocol at one group size; `low` and `high` are drawn as a bar through it. */
export type Point = {
  readonly protocol: string
  readonly suite: string
  readonly n: number
  readonly y: number
  readonly low?: number
  readonly high?: number
}

/** Width in pixels of what a figure holds, where nothing else is asked for; with the padding of the theme it fills a README, 860 pixels. */
export const FIGURE_WIDTH = 836

const SUBTITLE_CHARACTERS = 140 // at 12 px these fill FIGURE_WIDTH

/** The title with, under it, what is counted and which run this is. */
export function heading(document: ResultDocument, title: string, notes: readonly string[]) {
  const lines = [...notes, runLine(document)].flatMap((note) => wrap(note, SUBTITLE_CHARACTERS))
  return { text: title, subtitle: lines, anchor: "start" as const, frame: "bounds" as const }
}

function runLine({ run }: ResultDocument): string {
  const { cpu, node, cores } = run.environment
  const made = `${run.tool.name} ${run.tool.version} (${run.tool.commit.slice(0, 9)})`
  return `Run: seed ${run.seed}, ${run.startedAt.slice(0, 10)}, Node ${node}, ${cpu} × ${cores}, ${made}`
}

function wrap(text: string, limit: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= limit) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** The operations of a document, in the order in which this project lists them. */
export function operationsOf({ cells }: ResultDocument): readonly Operation[] {
  return OPERATIONS.filter((operation) => cells.some((cell) => cell.operation === operation))
}

/** Exact counts are the same under every suite: keep one cell for each protocol, operation and size. */
export function exactCells({ cells }: ResultDocument): readonly Cell[] {
  const first = new Map<string, Cell>()
  for (const cell of cells) {
    const key = JSON.stringify([cell.protocol, cell.operation, cell.groupSize])
    if (!first.has(key)) first.set(key, cell)
  }
  return [...first.values()]
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

/** The suites of a document, for figures whose counts do not depend on them. */
export function suiteNote({ cells }: ResultDocument): string {
  const suites = distinct(cells.map((cell) => cell.suite)).toSorted()
  return `Exact counts, equal under every suite (here: ${suites.join(", ")}).`
}

/**
 * The ends of a logarithmic axis that holds all of `values` with some air around them.
 *
 * @param leastSpan - upper end over lower end, at the least: keeps a single value, or the noise of equal ones,
 *   from filling the axis
 */
export function logDomain(values: readonly number[], leastSpan = 1.25): readonly [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const air = Math.max((high / low) ** 0.07, Math.sqrt(leastSpan / (high / low)), 1.12)
  return [low / air, high * air]
}

/** Spans at least three labelled ticks. */
export const VALUE_SPAN = 8

const STEPS = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
const MOST_TICKS = 6

/** Round numbers for a logarithmic axis: powers of ten where there are three, finer steps where not. */
export function logTicks([low, high]: readonly [number, number]): readonly number[] {
  const powers = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)))
  const inside = (steps: readonly number[]) =>
    // Parsed from text, since 10 ** -3 * 3 is not the number that a reader calls 0.003.
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((v) => v >= low && v <= high)
  const ticks = STEPS.map(inside).find((found) => found.length >= 3) ?? inside(STEPS.at(-1) ?? [])
  const every = Math.ceil(ticks.length / MOST_TICKS)
  return ticks.filter((_, index) => index % every === 0)
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** The axis of group sizes: a tick at each measured size, labels left out where they would touch. */
export function sizeAxis(sizes: readonly number[], title: string | null) {
  return {
    scale: { type: "log" as const, base: 2, domain: [...logDomain(sizes)], nice: false },
    axis: { title, values: [...sizes], format: "d", labelOverlap: "greedy" as const, labelSeparation: 3 },
  }
}

export const SIZE_TITLE = "Group size n (devices)"

/** As much of it as fits under a panel. */
export const sizeTitle = (panelWidth: number): string => (panelWidth < 150 ? "Group size n" : SIZE_TITLE)

/** The marks of one panel: a line and points for each protocol, with bars where a value has an interval. */
import type { TopLevelSpec } from "vega-lite"
import type { Cell } from "../../results/schema.ts"
import { distinct, FIGURE_WIDTH, logTicks, type Point, sizeAxis, sizeTitle } from "./frame.ts"
import type { ProtocolStyle } from "./protocol-style.ts"
import { PUBLISHED } from "./published.ts"

export type Layered = Extract<TopLevelSpec, { layer: unknown }>
export type Layer = Layered["layer"][number]

/** How the points of a panel are drawn and named. */
export type Look = {
  /** Each protocol's style, in drawing order. */
  readonly styles: ReadonlyMap<string, ProtocolStyle>
  /** What the legend calls a protocol. */
  readonly label: (protocol: string) => string
  readonly sizes: readonly number[]
  /** Suites to be told apart; empty where the measure does not depend on them. */
  readonly suites: readonly string[]
  readonly domain: readonly [number, number]
  /** Pixels of the figure and of this panel. */
  readonly width: { readonly figure: number; readonly panel: number }
  /** Which axis titles and labels this panel carries: inner panels of a grid leave theirs to the outer ones. */
  readonly axes: { readonly x: "titled" | "labelled"; readonly y: "titled" | "plain" }
  readonly y: Measure
}

/** A measure's name with its unit, and how its numbers are written (d3-format). */
export type Measure = {
  readonly title: string
  readonly tick: string
  readonly tooltip: string
  /** What `low` and `high` of the points are; without it they are not drawn. */
  readonly bar?: readonly [string, string]
}

/**
 * The layers for `points`, all of them positive.
 *
 * The first of two suites is drawn strong with filled points, the second faint with open ones; `suiteMarksNote`
 * says so to the reader. What was published comes last, with stroked points.
 */
export function seriesLayers(points: readonly Point[], look: Look): Layer[] {
  const rank = [...look.styles.keys()]
  const ordered = points.toSorted((a, b) => rank.indexOf(a.protocol) - rank.indexOf(b.protocol) || a.n - b.n)
  const published = ordered.filter(({ suite }) => suite === PUBLISHED)
  const faint = ordered.filter(({ suite }) => look.suites.indexOf(suite) > 0)
  const strong = ordered.filter((point) => !faint.includes(point) && !published.includes(point))
  return [
    ...(faint.length > 0 ? [suiteLayer(faint, look, "faint")] : []),
    ...(strong.length > 0 ? [suiteLayer(strong, look, "strong")] : []),
    ...(published.length > 0 ? [suiteLayer(published, look, "stroked")] : []),
  ]
}

/** The suites of timed cells, in the order in which `seriesLayers` draws them. */
export function suitesOf(cells: readonly Cell[]): readonly string[] {
  return distinct(cells.map((cell) => cell.suite)).toSorted()
}

export function suiteMarksNote(suites: readonly string[]): string {
  const [strong, faint] = suites
  if (faint === undefined) return `Suite: ${strong}.`
  return `Filled points and strong lines: suite ${strong}. Open points and faint lines: suite ${faint}.`
}

/** Marks are lighter where a figure is small. */
function row(point: Point, look: Look) {
  const { dash = [], strokeWidth = 1, pointSize = 1 } = look.styles.get(point.protocol) ?? {}
  const share = Math.min(1, look.width.figure / FIGURE_WIDTH)
  return {
    ...{ ...point, series: look.label(point.protocol), dash },
    ...{ strokeWidth: strokeWidth * Math.sqrt(share), pointSize: pointSize * share },
  }
}

/** One copy of the data for all marks: a page holds many of these. */
function suiteLayer(points: readonly Point[], look: Look, strength: "strong" | "faint" | "stroked"): Layer {
  const opacity = strength === "faint" ? 0.45 : 1
  const line: Layer = {
    mark: { type: "line", opacity },
    encoding: { ...position(look), ...lineChannels(look) },
  }
  const point: Layer = {
    mark: { type: "point", filled: strength === "strong", opacity: 1, strokeWidth: 1.6 },
    encoding: { ...position(look), ...pointChannels(look), tooltip: tooltip(look) },
  }
  const values = points.map((point) => row(point, look))
  return {
    data: { values },
    layer: [line, ...(look.y.bar === undefined ? [] : barLayers(look, opacity)), point],
  }
}

/** From `low` to `high`, with a cap at each end beyond the point, so that bars at one size can be told apart. */
function barLayers(look: Look, opacity: number): Layer[] {
  const cap = (field: "low" | "high"): Layer => ({
    transform: [{ filter: `datum.${field} !== datum.y` }],
    mark: { type: "tick", orient: "horizontal", size: 9, thickness: 1.5, opacity },
    encoding: { ...position(look, field), color: colour(look) },
  })
  const bar: Layer = {
    mark: { type: "rule", strokeWidth: 1.5, opacity },
    encoding: { ...position(look, "low"), y2: { field: "high" }, color: colour(look) },
  }
  return [bar, cap("low"), cap("high")]
}

/** Thin and faint, beneath all others: dashes of a count that agrees must still be seen. The points set the axes. */
export function claimLayers(points: readonly Point[], look: Look): Layer[] {
  if (points.length === 0) return []
  return [
    {
      data: { values: points.map((point) => row(point, look)) },
      mark: { type: "line", strokeWidth: 1, opacity: 0.55, clip: true },
      encoding: { ...position(look), color: colour(look) },
    },
  ]
}

/** A cross in the colour of its protocol, joined by no line: for a value that is not what the figure measures. */
export function crossLayers(points: readonly Point[], look: Look): Layer[] {
  if (points.length === 0) return []
  return [
    {
      data: { values: points.map((point) => row(point, look)) },
      mark: { type: "point", shape: "M-1,-1L1,1M-1,1L1,-1", size: 60, strokeWidth: 2.6, opacity: 1 },
      encoding: { ...position(look), color: colour(look), tooltip: tooltip(look) },
    },
  ]
}

const LABEL_HALF_HEIGHT = 6 // pixels at the theme's 11

/** Where a mark stands. */
export function position(look: Look, field = "y") {
  const { axes, domain, y } = look
  return {
    x: {
      field: "n",
      type: "quantitative" as const,
      ...sizeAxis(look.sizes, axes.x === "titled" ? sizeTitle(look.width.panel) : null),
    },
    y: {
      field,
      type: "quantitative" as const,
      scale: { type: "log" as const, domain: [...domain], nice: false },
      axis: {
        title: axes.y === "titled" ? y.title : null,
        labels: axes.y === "titled",
        values: [...logTicks(domain)],
        format: y.tick,
        labelFlush: LABEL_HALF_HEIGHT, // a label that stuck out at the top would lift its panel's title
      },
    },
  }
}

function channel<Key extends keyof ProtocolStyle>({ styles, label }: Look, key: Key) {
  const domain = [...styles.keys()].map(label)
  return {
    field: "series",
    type: "nominal" as const,
    sort: null,
    scale: { domain, range: ranged(styles, key) },
  }
}

function ranged<Key extends keyof ProtocolStyle>(styles: Look["styles"], key: Key): ProtocolStyle[Key][] {
  return [...styles.values()].map((style) => style[key])
}

const LEGEND_CHARACTER = 6.2 // pixels at the legend's 12
const LEGEND_SYMBOL = 44 // with the space between two entries

/** Colour and shape share one legend; dash, width and size follow the protocol and need none. */
function colour(look: Look) {
  const longest = Math.max(...[...look.styles.keys()].map((name) => look.label(name).length))
  const columns = Math.max(1, Math.floor(look.width.figure / (longest * LEGEND_CHARACTER + LEGEND_SYMBOL)))
  return { ...channel(look, "colour"), legend: { title: null, columns } }
}

function lineChannels(look: Look) {
  return {
    color: colour(look),
    strokeDash: { field: "dash", type: "nominal" as const, scale: null, legend: null },
    strokeWidth: own("strokeWidth"),
  }
}

function pointChannels(look: Look) {
  return {
    color: colour(look),
    shape: { ...channel(look, "shape"), legend: { title: null } },
    size: own("pointSize"),
  }
}

/** A value that each row carries in pixels already. */
function own(field: "strokeWidth" | "pointSize") {
  return { field, type: "quantitative" as const, scale: null, legend: null }
}

function tooltip({ y }: Look) {
  const number = (field: string, title: string) => ({
    field,
    title,
    type: "quantitative" as const,
    format: y.tooltip,
  })
  return [
    { field: "protocol", title: "Protocol", type: "nominal" as const },
    { field: "suite", title: "Suite", type: "nominal" as const },
    { field: "n", title: "Group size", type: "quantitative" as const },
    number("y", y.title),
    ...(y.bar === undefined ? [] : [number("low", y.bar[0]), number("high", y.bar[1])]),
  ]
}

/** The marks of one panel: a line and points for each protocol, with bars where a value has an interval. */
import type { Cell } from "../../results/schema.ts"
import { bar, barLayers } from "./bars.ts"
import { distinct, FIGURE_WIDTH, type Point } from "./frame.ts"
import { channel, colour, type Layer, type Look, position } from "./look.ts"
import { PUBLISHED } from "./published.ts"

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
    ...(look.y.bar === undefined ? {} : bar(point, look.domain)),
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

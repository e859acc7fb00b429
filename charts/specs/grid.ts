/** A figure of several panels with one legend: rows by operation, columns by measure, or operations alone. */
import type { TopLevelSpec } from "vega-lite"
import type { PublishedSeries } from "../../results/published/series.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { CUT_NOTE, extentOf, isCut } from "./bars.ts"
import { distinct, FIGURE_WIDTH, heading, logDomain, type Point, VALUE_SPAN } from "./frame.ts"
import { claimLayers, seriesLayers } from "./layers.ts"
import type { Layer, Layered, Look, Measure } from "./look.ts"
import { PUBLISHED, stylesOf } from "./published.ts"

export type Panel = {
  readonly row: string
  /** Which measure, where a row has several. */
  readonly column?: string
  readonly points: readonly Point[]
  /** Positive values, for thin lines. */
  readonly claims?: readonly Point[]
}

export type Grid = {
  /** Of the figure, in pixels; {@link FIGURE_WIDTH} where nobody asks for another. */
  readonly width: number | undefined
  readonly title: string
  readonly notes: readonly string[]
  readonly measure: Measure
  readonly rows: readonly (readonly Panel[])[]
  /** Suites to be told apart; empty where the measure does not depend on them. */
  readonly suites: readonly string[]
  /** Panels that share their vertical axis. */
  readonly shared: "all" | "row"
  readonly panelHeight: number
  /** Whose points are among those of the panels. */
  readonly published?: readonly PublishedSeries[]
}

const LEFT = 58 // vertical axis with its labels and title
const GAP = { column: 20, row: 54 }
const HIGHEST = 0.32 // of the figure's width
const TITLE_CHARACTER = 6.5 // pixels at the title's 12
const TITLE_LINE = 15

/** The figure; undefined when no panel holds anything that a logarithmic axis can show. */
export function gridSpec(document: ResultDocument, grid: Grid): TopLevelSpec | undefined {
  const points = grid.rows.flat().flatMap((panel) => panel.points)
  const drawn = points.filter(isDrawn)
  if (drawn.length === 0) return undefined
  const columns = Math.max(...grid.rows.map((row) => row.length))
  return {
    description: grid.title,
    title: heading(document, grid.title, [...grid.notes, ...cutNote(grid, drawn), ...zeroNote(grid)]),
    concat: grid.rows.flatMap((row, index) => rowPanels(grid, row, { index, drawn, columns })),
    columns,
    spacing: { ...GAP, row: GAP.row + (hasLongTitles(grid, columns) ? TITLE_LINE : 0) },
    bounds: "flush",
    resolve: { scale: { x: "independent", y: "independent" } },
  }
}

type Place = { readonly index: number; readonly drawn: readonly Point[]; readonly columns: number }

function rowPanels(grid: Grid, row: readonly Panel[], { index, drawn, columns }: Place): Layered[] {
  const { width = FIGURE_WIDTH } = grid
  const lines = hasLongTitles(grid, columns) ? "two" : "one"
  const x = index === grid.rows.length - 1 ? "titled" : "labelled"
  const look = (column: number): Look => ({
    styles: stylesOf(drawn, grid.published ?? []),
    label: (protocol) => protocol,
    sizes: sizesOf(drawn),
    domain: domainOf(sharing(grid, row, drawn)),
    suites: grid.suites,
    width: { figure: width, panel: panelWidth(width, columns) },
    axes: { x, y: column === 0 ? "titled" : "plain" },
    y: grid.measure,
  })
  return row.map((panel, column) => ({
    title: { text: panelTitle(panel, lines), anchor: "start", frame: "group", fontSize: 12, offset: 8 },
    width: panelWidth(width, columns),
    height: Math.min(grid.panelHeight, Math.round(width * HIGHEST)),
    layer: panelLayers(panel, look(column)),
  }))
}

/** The points with which a row's panels share their vertical axis. */
function sharing({ shared }: Grid, row: readonly Panel[], drawn: readonly Point[]): readonly Point[] {
  const inRow = row.flatMap((panel) => panel.points).filter(isDrawn)
  return shared === "all" || inRow.length === 0 ? drawn : inRow
}

const domainOf = (points: readonly Point[]): readonly [number, number] =>
  logDomain(
    extentOf(points).filter((end) => end > 0),
    VALUE_SPAN,
  )

function cutNote(grid: Grid, drawn: readonly Point[]): readonly string[] {
  if (grid.measure.bar === undefined) return []
  const hasCut = grid.rows.some((row) => {
    const domain = domainOf(sharing(grid, row, drawn))
    return row.some(({ points }) => points.filter(isDrawn).some((point) => isCut(point, domain)))
  })
  return hasCut ? [CUT_NOTE] : []
}

function panelLayers({ points, claims = [] }: Panel, look: Look): Layer[] {
  const layers = [...claimLayers(claims, look), ...seriesLayers(points.filter(isDrawn), look)]
  return layers.length === 0 ? [NOTHING] : layers
}

/** Vega refuses a panel without marks. */
const NOTHING: Layer = {
  data: { values: [{}] },
  mark: { type: "text", text: "zero at every size", fontSize: 11 },
}

/** Published sizes get a tick only where they go beyond the measured ones: two ladders on one axis are hard to read. */
function sizesOf(points: readonly Point[]): readonly number[] {
  const measured = points.filter(({ suite }) => suite !== PUBLISHED).map(({ n }) => n)
  const isBeyond = ({ n }: Point) => n < Math.min(...measured) || n > Math.max(...measured)
  const sizes = [...measured, ...points.filter(isBeyond).map(({ n }) => n)]
  return distinct(sizes).toSorted((a, b) => a - b)
}

function isDrawn(point: Point): boolean {
  return point.y > 0
}

/** In two lines where one of the figure's titles would run into the next panel. */
function panelTitle({ row, column }: Panel, lines: "one" | "two"): string | string[] {
  if (column === undefined) return row
  return lines === "two" ? [row, column] : `${row}: ${column}`
}

function hasLongTitles({ rows, width = FIGURE_WIDTH }: Grid, columns: number): boolean {
  const titles = rows.flat().map(({ row, column }) => (column === undefined ? "" : `${row}: ${column}`))
  return titles.some((title) => title.length * TITLE_CHARACTER > panelWidth(width, columns))
}

const panelWidth = (width: number, columns: number): number =>
  Math.floor((width - LEFT - (columns - 1) * GAP.column) / columns)

/** A logarithmic axis has no place for 0: say in words what is missing from the panels. */
function zeroNote({ rows }: Grid): string[] {
  const zeros = rows
    .flat()
    .flatMap(({ row, points }) =>
      points.filter((point) => !isDrawn(point)).map(({ protocol }) => ({ protocol, row })),
    )
  const missing = distinct(zeros.map(({ protocol }) => protocol)).map((protocol) => {
    const where = distinct(zeros.filter((zero) => zero.protocol === protocol).map(({ row }) => row))
    return `${protocol} (${where.join(", ")})`
  })
  return missing.length === 0 ? [] : [`Zero, which a logarithmic axis cannot show: ${missing.join(", ")}.`]
}

/** Panels that share one measure, three to a row. */
export function byThree(panels: readonly Panel[]): readonly (readonly Panel[])[] {
  return panels.flatMap((_, index) => (index % 3 === 0 ? [panels.slice(index, index + 3)] : []))
}

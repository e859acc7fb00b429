/** A comparison for the terminal: what was compared and how, a table a suite, then counts and findings. */
import { styleText } from "node:util"
import type { Comparison } from "../../results/compare/comparison.ts"
import type { Row } from "../../results/compare/rows.ts"
import { TIMES, type Time } from "../../results/compare/times.ts"
import type { Verdict } from "../../results/compare/verdict.ts"
import { OPERATIONS, SUITES } from "../../results/schema.ts"
import { formatCount } from "../../results/units.ts"
import { countLines, findingLines, headingLines, ratioText, TIME_NAMES } from "./comparison-notes.ts"
import { type Column, type Figure, NONE, type Paint, pack, type Style, table, wrap } from "./grid.ts"
import type { TableOptions } from "./table.ts"

/** Lines, the last without a newline. */
export function comparisonTable(comparison: Comparison, { color, width }: TableOptions): string {
  const paint: Paint = (style, text) =>
    color === "always" ? styleText(style, text, { validateStream: false }) : text
  const wrapped = (lines: readonly string[]) => lines.flatMap((line) => wrap(line, width))
  const suites = SUITES.map((suite) => comparison.rows.filter((row) => row.suite === suite))
  return [
    wrapped(headingLines(comparison)),
    ...suites.filter((rows) => rows.length > 0).map((rows) => section(rows, comparison, width, paint)),
    wrapped(countLines(comparison)),
    wrapped(findingLines(comparison)),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")
}

/** All measures of one cell. */
type Line = Pick<Row, "operation" | "groupSize" | "protocol"> & { readonly rows: ReadonlyMap<Time, Row> }

function section(rows: readonly Row[], comparison: Comparison, width: number, paint: Paint): string[] {
  const name = paint("bold", `suite ${rows[0]?.suite}`)
  const shown = linesOf(rows).filter(
    (line) => comparison.method === "paired" || mayHaveChanged(line, comparison),
  )
  if (shown.length === 0) return [`${name}: no cell is faster or slower, or looks so.`]
  const columns = TIMES.filter((time) => shown.some((line) => line.rows.has(time))).map(timeColumn)
  const groups = columns.map((column) => [column])
  const tables = pack(KEYS, groups, shown, width).map((own) => table([...KEYS, ...own], shown, paint))
  const which = comparison.method === "paired" ? "" : "; cells that are faster or slower, or look so"
  return [
    ...wrap(`${name}: ratio of times [95 % interval], and what it means${which}`, width),
    ...tables.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])),
  ]
}

/** Of two runs the other cells are counted, not shown. */
const mayHaveChanged = ({ rows }: Line, { detect }: Comparison): boolean =>
  [...rows.values()].some(
    ({ verdict, ratio }) =>
      verdict === "faster" || verdict === "slower" || Math.abs(Math.log(ratio.median)) > Math.log1p(detect),
  )

function linesOf(rows: readonly Row[]): Line[] {
  const lines = new Map<string, Line & { readonly rows: Map<Time, Row> }>()
  for (const row of rows) {
    const { operation, groupSize, protocol } = row
    const id = `${operation} ${groupSize} ${protocol}`
    const line = lines.get(id) ?? { operation, groupSize, protocol, rows: new Map() }
    line.rows.set(row.measure, row)
    lines.set(id, line)
  }
  return [...lines.values()].sort(
    (a, b) => OPERATIONS.indexOf(a.operation) - OPERATIONS.indexOf(b.operation) || a.groupSize - b.groupSize,
  )
}

const KEYS: readonly Column<Line>[] = [
  {
    heading: "operation",
    align: "left",
    figure: ({ operation }, above) => ({ text: operation === above?.operation ? "" : operation }),
  },
  { heading: "n", align: "right", figure: ({ groupSize }) => ({ text: formatCount(groupSize) }) },
  { heading: "protocol", align: "left", figure: ({ protocol }) => ({ text: protocol }) },
]

const timeColumn = (time: Time): Column<Line> => ({
  heading: TIME_NAMES[time],
  align: "right",
  figure: ({ rows }) => figureOf(rows.get(time)),
})

const STYLES: Readonly<Partial<Record<Verdict, Style>>> = {
  slower: "red",
  faster: "bold",
  "too noisy": "dim",
}

function figureOf(row: Row | undefined): Figure {
  if (row === undefined) return NONE
  const { ratio, verdict } = row
  const style = STYLES[verdict]
  const aside = `[${ratioText(ratio.low)}, ${ratioText(ratio.high)}] ${verdict}`
  return { text: `${ratioText(ratio.median)}×`, aside, ...(style === undefined ? {} : { style }) }
}

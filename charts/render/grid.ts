/** Columns of text: measured, packed into tables that fit a terminal, and lined up. */

export type Style = "bold" | "dim" | "red"
export type Paint = (style: Style, text: string) => string

/** One figure: `text` lines up on its right, `aside` follows it and lines up on its left. */
export type Figure = { readonly text: string; readonly aside?: string; readonly style?: Style }
export type Column<Row> = {
  readonly heading: string
  readonly align: "left" | "right"
  readonly figure: (row: Row, above: Row | undefined) => Figure
}

/** A column of figures. */
export function column<Row>(heading: string, figure: (row: Row) => Figure): Column<Row> {
  return { heading, align: "right", figure }
}

export const NONE: Figure = { text: "–" }
const GAP = "  "

/**
 * The groups' columns for as few tables as `width` allows, each to stand beside `keys`; a group is broken up
 * only when it is too wide by itself.
 */
export function pack<Row>(
  keys: readonly Column<Row>[],
  groups: readonly (readonly Column<Row>[])[],
  cells: readonly Row[],
  width: number,
): Column<Row>[][] {
  const isFull = (columns: readonly Column<Row>[]): boolean => {
    const widths = [...keys, ...columns].map((column) => layout(column, cells).width + GAP.length)
    return widths.reduce((sum, each) => sum + each, -GAP.length) > width
  }
  const tables: Column<Row>[][] = [[]]
  for (const group of groups) {
    if (isFull([...(tables.at(-1) ?? []), ...group])) tables.push([])
    for (const column of group) {
      if (isFull([...(tables.at(-1) ?? []), column])) tables.push([])
      tables.at(-1)?.push(column)
    }
  }
  return tables.filter((columns) => columns.length > 0)
}

type Layout = {
  readonly figures: readonly Figure[]
  readonly text: number
  readonly aside: number
  readonly width: number
}

function layout<Row>(column: Column<Row>, rows: readonly Row[]): Layout {
  const figures = rows.map((row, index) => column.figure(row, rows[index - 1]))
  const text = Math.max(...figures.map((figure) => figure.text.length))
  const aside = Math.max(...figures.map((figure) => figure.aside?.length ?? 0))
  const width = Math.max(column.heading.length, aside === 0 ? text : text + 1 + aside)
  return { figures, text, aside, width }
}

/** One line of headings, then one a row. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], paint: Paint): string[] {
  const laid = columns.map((column) => ({ ...layout(column, rows), column }))
  const heading = laid.map(({ column, width }) => align(column.heading, width, column.align)).join(GAP)
  const lines = rows.map((_, row) =>
    laid
      .map((each) => figureText(each.figures[row] ?? NONE, each, each.column.align, paint))
      .join(GAP)
      .trimEnd(),
  )
  return [paint("dim", heading.trimEnd()), ...lines]
}

function figureText(
  figure: Figure,
  { text, aside, width }: Layout,
  side: Column<unknown>["align"],
  paint: Paint,
): string {
  const gap = aside === 0 ? 0 : 1
  const own = align(figure.text, Math.max(text, width - aside - gap), side)
  const painted = figure.style === undefined ? own : paint(figure.style, own)
  if (gap === 0) return painted
  const beside = figure.aside ?? ""
  const padding = " ".repeat(aside - beside.length)
  return `${painted} ${beside === "" ? "" : paint("dim", beside)}${padding}`
}

function align(text: string, width: number, side: Column<unknown>["align"]): string {
  return side === "left" ? text.padEnd(width) : text.padStart(width)
}

/** Lines of at most `width` where words allow it, all but the first indented. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(lines.length === 0 ? word : `  ${word}`)
  }
  return lines
}

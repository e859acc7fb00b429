/** The data of a figure as CSV: what is drawn, and nothing else. */
import type { TopLevelSpec } from "vega-lite"
import type { Point } from "../specs/frame.ts"

/** A figure, one of its panels or one of its layers, as far as they hold data. */
type Part = {
  readonly title?: { readonly text: string | readonly string[] }
  readonly concat?: readonly Part[]
  readonly layer?: readonly Part[]
  readonly data?: { readonly values: readonly Partial<Point>[] }
  readonly encoding?: { readonly y?: { readonly axis?: { readonly title?: string | null } } }
}

/**
 * Column by column: panel, protocol, suite, group size, the value under its name with its unit, and its interval. In
 * place of a suite stands `claimed` for what a protocol's formulas give, and `published` for what others measured.
 */
export function csvOf(spec: TopLevelSpec): string {
  const figure = spec as Part
  const panels = figure.concat ?? [{ ...figure, title: { text: "" } }]
  const header = ["panel", "protocol", "suite", "n", measureIn(figure) ?? "value", "low", "high"]
  const rows = panels.flatMap((panel) => pointsIn(panel).map((point) => [nameOf(panel), ...cellsOf(point)]))
  return `${[header, ...rows].map((cells) => cells.map(quoted).join(",")).join("\n")}\n`
}

const nameOf = ({ title }: Part): string => [title?.text ?? ""].flat().join(": ")

const cellsOf = ({ protocol, suite, n, y, low, high }: Point): string[] =>
  [protocol, suite, n, y, low, high].map((value) => `${value ?? ""}`)

/** Lines that are formulas and no data name no protocol. */
const pointsIn = ({ data, layer = [] }: Part): Point[] => [
  ...(data?.values ?? []).filter((value): value is Point => value.protocol !== undefined),
  ...layer.flatMap(pointsIn),
]

function measureIn({ encoding, layer = [], concat = [] }: Part): string | undefined {
  const own = encoding?.y?.axis?.title ?? undefined
  return own ?? [...layer, ...concat].map(measureIn).find((title) => title !== undefined)
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

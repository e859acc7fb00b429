/** How the marks of a panel look: where they stand, in which colours, and what the legend calls them. */
import type { TopLevelSpec } from "vega-lite"
import { logTicks, sizeAxis, sizeTitle } from "./frame.ts"
import type { ProtocolStyle } from "./protocol-style.ts"

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

export function channel<Key extends keyof ProtocolStyle>({ styles, label }: Look, key: Key) {
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
export function colour(look: Look) {
  const entries = [...look.styles.keys()].map(
    (name) => look.label(name).length * LEGEND_CHARACTER + LEGEND_SYMBOL,
  )
  const inOneLine = entries.reduce((sum, width) => sum + width, 0) <= look.width.figure
  const columns = inOneLine
    ? entries.length
    : Math.max(1, Math.floor(look.width.figure / Math.max(...entries)))
  return { ...channel(look, "colour"), legend: { title: null, columns } }
}

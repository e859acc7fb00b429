/** Light and dark: everything about a figure that is not its data. */
import type { Config } from "vega-lite"

export const THEMES = ["light", "dark"] as const
export type Theme = (typeof THEMES)[number]

// Liberation Sans is the shipped font; Arial and Helvetica have the same widths, so that a reader's own font
// neither clips nor spreads what was laid out here.
export const FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

const INKS = {
  light: { background: "#ffffff", text: "#1f2328", muted: "#59636e", grid: "#e4e7eb", axis: "#818b98" },
  dark: { background: "#0d1117", text: "#e6edf3", muted: "#9da7b3", grid: "#262c36", axis: "#656c76" },
} as const

/** The Vega-Lite configuration of a theme. */
export function themeConfig(theme: Theme): Config {
  const { background, text, muted, grid, axis } = INKS[theme]
  return {
    background,
    font: FONT,
    padding: 12,
    view: { stroke: null },
    title: {
      color: text,
      subtitleColor: muted,
      fontSize: 17,
      subtitleFontSize: 12,
      subtitlePadding: 6,
      offset: 14,
    },
    axis: {
      labelColor: muted,
      titleColor: text,
      gridColor: grid,
      tickColor: axis,
      domainColor: axis,
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: "normal",
      titlePadding: 8,
    },
    legend: {
      orient: "top",
      labelColor: text,
      titleColor: text,
      labelFontSize: 12,
      labelLimit: 320,
      symbolStrokeWidth: 2,
      symbolOpacity: 1,
      symbolSize: 110,
      columnPadding: 22,
    },
    rule: { aria: false },
    tick: { aria: false },
    text: { color: text, fontSize: 12 },
  }
}

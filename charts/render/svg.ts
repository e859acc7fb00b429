/** A chart as SVG text: the same text for the same chart, on every machine. */
import { parse, textMetrics, View } from "vega"
import { compile, type TopLevelSpec } from "vega-lite"
import { type Theme, themeConfig } from "../specs/theme.ts"

declare module "vega" {
  // Exported, and meant to be set by those who know their font; missing from vega's types.
  const textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number }
}

// Without a canvas vega takes every character for 0.8 of the font size, which lays out legends far too wide.
// Liberation Sans, and Arial like it, comes to about this on English text and digits.
const MEAN_CHARACTER_WIDTH = 0.5
textMetrics.width = ({ fontSize = 11 }, text) => MEAN_CHARACTER_WIDTH * fontSize * `${text ?? ""}`.length

// What XML has no place for. Names in a results file may hold it, and one such character makes the whole
// picture unreadable.
const NOT_XML = /(?![\t\n])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu

// Three decimals are finer than any screen; beyond them machines may differ in the last bit of a logarithm.
const EXCESS_DECIMALS = /(\.\d{3})\d+(?=[^<>]*>)/g

/** Draw a Vega-Lite chart in the colours of a theme. */
export async function renderSvg(spec: TopLevelSpec, theme: Theme): Promise<string> {
  // Shown as an image, a file does not tell a screen reader about its parts: descriptions would only swell it.
  const compiled = compile(spec, { config: { ...themeConfig(theme), aria: false } })
  const view = new View(parse(compiled.spec), { renderer: "none" })
  const svg = await view.toSVG()
  view.finalize()
  return svg.replace(NOT_XML, "").replace(EXCESS_DECIMALS, "$1")
}

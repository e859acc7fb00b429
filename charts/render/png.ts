/** SVG text as PNG. */
import { fileURLToPath } from "node:url"
import { Resvg } from "@resvg/resvg-js"

// Compiled, this file is dist/charts/render/png.js: the fonts lie at the root of the package.
const FONTS = ["Regular", "Bold"].map((weight) =>
  fileURLToPath(new URL(`../../../assets/fonts/LiberationSans-${weight}.ttf`, import.meta.url)),
)

const PIXELS_PER_UNIT = 2 // sharp on the screens that most readers have

/**
 * Rasterise at twice the size, with the shipped font alone: the same bytes whatever fonts a machine has.
 * (Without a font resvg leaves out all text and reports nothing.)
 */
export function renderPng(svg: string): Uint8Array {
  const fonts = { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: "Liberation Sans" }
  return new Resvg(svg, { font: fonts, fitTo: { mode: "zoom", value: PIXELS_PER_UNIT } }).render().asPng()
}

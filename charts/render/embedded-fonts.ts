/** Fonts inside an SVG. */
import { readFileSync } from "node:fs"
import subsetFont from "subset-font"
import { fontFile, type Weight } from "./font-files.ts"

/** The same SVG with the characters that it uses inside, so that it looks alike where these fonts are not installed. */
export async function withFonts(svg: string): Promise<string> {
  const characters = [...new Set(svg.replaceAll(/<[^>]*>/g, ""))].sort().join("")
  const weights: Weight[] = svg.includes('font-weight="bold"') ? ["normal", "bold"] : ["normal"]
  const faces = await Promise.all(weights.map((weight) => fontFace(weight, characters)))
  return svg.replace(/<svg[^>]*>/, (root) => `${root}<style>${faces.join("")}</style>`)
}

async function fontFace(weight: Weight, characters: string): Promise<string> {
  const font = await subsetFont(readFileSync(fontFile(weight)), characters, { targetFormat: "woff2" })
  const source = `url(data:font/woff2;base64,${font.toString("base64")})`
  return `@font-face{font-family:"Liberation Sans";font-weight:${weight};src:${source}}`
}

/** One figure for a paper: the picture, and beside it its data and its caption. */
import type { ResultDocument } from "../../results/schema.ts"
import { withFonts } from "../render/embedded-fonts.ts"
import { renderPdf } from "../render/pdf.ts"
import { renderPng, withDensity } from "../render/png.ts"
import type { Figure, Overlay } from "../specs/frame.ts"
import { captionText } from "./caption.ts"
import { csvOf } from "./data.ts"
import type { Format } from "./format.ts"
import { type PaperFigure, paperFigure } from "./layout.ts"

export type Wanted = {
  readonly figure: Figure
  readonly format: Format
  /** Points, 72 to the inch. */
  readonly width: number
}

/** Each file's name and content, the picture first. @returns undefined where the document has nothing for the figure */
export async function paperFiles(
  { figure, format, width }: Wanted,
  document: ResultDocument,
  overlay: Overlay,
): Promise<Map<string, string | Uint8Array> | undefined> {
  const laidOut = await paperFigure(figure, document, overlay, width)
  if (laidOut === undefined) return undefined
  return new Map([
    [
      `${figure.name}.${format}`,
      await picture(laidOut, { figure, format, createdAt: document.run.startedAt }),
    ],
    [`${figure.name}.csv`, csvOf(laidOut.spec)],
    [`${figure.name}.txt`, captionText(figure, laidOut.notes, document)],
  ])
}

type Picture = { readonly figure: Figure; readonly format: Format; readonly createdAt: string }

function picture(
  { svg, width, height }: PaperFigure,
  { figure: { title }, format, createdAt }: Picture,
): Promise<string | Uint8Array> | Uint8Array {
  switch (format) {
    case "svg":
      return withFonts(sized(svg, `${inMillimetres(width)}mm`, `${inMillimetres(height)}mm`))
    case "png":
      return printPng(svg, width)
    case "pdf":
      return renderPdf(sized(svg, `${width}`, `${height}`), { title, width, height, createdAt })
  }
}

const POINTS_PER_INCH = 72
const MM_PER_INCH = 25.4
const DOTS_PER_INCH = 600

const inMillimetres = (points: number): string => ((points / POINTS_PER_INCH) * MM_PER_INCH).toFixed(2)

const sized = (svg: string, width: string, height: string): string =>
  svg.replace(/ width="[\d.]+" height="[\d.]+"/, ` width="${width}" height="${height}"`)

function printPng(svg: string, width: number): Uint8Array {
  const [, units] = / width="([\d.]+)"/.exec(svg) ?? []
  const png = renderPng(svg, ((width / POINTS_PER_INCH) * DOTS_PER_INCH) / Number(units))
  return withDensity(png, DOTS_PER_INCH)
}

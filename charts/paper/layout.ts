/** A figure laid out for paper: as wide as a column, without its heading, its text large enough to be read in print. */
import type { TopLevelSpec } from "vega-lite"
import type { ResultDocument } from "../../results/schema.ts"
import { renderSvg } from "../render/svg.ts"
import type { Figure, heading, Overlay } from "../specs/frame.ts"

/** Points to a pixel of a figure: its smallest text, 11 pixels, prints at 6.6 points. */
const POINTS_PER_PIXEL = 0.6
const PADDING = 2 // pixels, around all of it

export type PaperFigure = {
  readonly spec: TopLevelSpec
  /** What stands under the title of a figure on a page. */
  readonly notes: string
  /** Without unit on its root: 1 is a pixel. */
  readonly svg: string
  /** Points, 72 to the inch. */
  readonly width: number
  readonly height: number
}

/** @returns undefined where the document has nothing for the figure */
export async function paperFigure(
  figure: Figure,
  document: ResultDocument,
  overlay: Overlay,
  width: number,
): Promise<PaperFigure | undefined> {
  const titled = figure.spec(document, overlay, Math.round(width / POINTS_PER_PIXEL) - 2 * PADDING)
  if (titled === undefined) return undefined
  const { title, ...spec } = titled
  const svg = await renderSvg({ ...spec, padding: PADDING } as TopLevelSpec, "light")
  const { subtitle } = title as ReturnType<typeof heading>
  return { spec: titled, notes: subtitle.join(" "), svg, width, height: width * shapeOf(svg) }
}

/** Height over width. */
function shapeOf(svg: string): number {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  return Number(height) / Number(width)
}

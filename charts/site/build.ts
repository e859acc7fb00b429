/** All files of a run's site. */
import type { ResultDocument } from "../../results/schema.ts"
import { renderPng } from "../render/png.ts"
import { renderSvg } from "../render/svg.ts"
import { bytes } from "../specs/bytes.ts"
import { cpu } from "../specs/cpu.ts"
import { type Figure, NO_OVERLAY, type Overlay } from "../specs/frame.ts"
import { healingFreshMessages, healingMessages } from "../specs/healing-messages.ts"
import { messages } from "../specs/messages.ts"
import { messagesPerSecond } from "../specs/messages-per-second.ts"
import { primitives } from "../specs/primitives.ts"
import { comparable, publishedCaption } from "../specs/published.ts"
import { state } from "../specs/state.ts"
import { throughput } from "../specs/throughput.ts"
import { readLibraries } from "./libraries.ts"
import { type Drawn, page } from "./page.ts"

/** Every figure, in the order of the page. */
export const FIGURES: readonly Figure[] = [
  healingMessages,
  healingFreshMessages,
  messages,
  bytes,
  cpu,
  messagesPerSecond,
  throughput,
  state,
  primitives,
]

/**
 * Each file's name and content: `index.html`, and for each figure that the document has data for
 * `<figure>.svg`, `<figure>-dark.svg` and `<figure>.png`. Nothing is written.
 */
export async function buildSite(
  document: ResultDocument,
  overlay: Overlay = NO_OVERLAY,
): Promise<Map<string, string | Uint8Array>> {
  const files = await pictures(drawnFigures(document, overlay))
  return files.set("index.html", await sitePage(document, overlay))
}

/** `index.html`, which draws its figures itself. */
export async function sitePage(document: ResultDocument, overlay: Overlay = NO_OVERLAY): Promise<string> {
  return await page(document, drawnFigures(document, overlay), readLibraries(), overlay.growth)
}

/** The figures that the document has data for. */
export function drawnFigures(document: ResultDocument, overlay: Overlay = NO_OVERLAY): readonly Drawn[] {
  return FIGURES.flatMap((figure): Drawn[] => {
    const spec = figure.spec(document, overlay)
    return spec === undefined ? [] : [{ figure, spec, caption: captionOf(figure, document, overlay) }]
  })
}

/** `<figure>.svg`, `<figure>-dark.svg` and `<figure>.png` of each. */
export async function pictures(drawn: readonly Drawn[]): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>()
  for (const { figure, spec } of drawn) {
    const light = await renderSvg(spec, "light")
    files.set(`${figure.name}.svg`, light)
    files.set(`${figure.name}-dark.svg`, await renderSvg(spec, "dark"))
    files.set(`${figure.name}.png`, renderPng(light))
  }
  return files
}

function captionOf(figure: Figure, document: ResultDocument, { published }: Overlay): readonly string[] {
  return [...figure.caption, ...publishedCaption(comparable(document, published, figure.publishes ?? []))]
}

/** `charts --figure`: one figure for a paper, with its data and its caption. */
import { join } from "node:path"
import { FORMATS, type Format } from "../../charts/paper/format.ts"
import type { Figure, Overlay } from "../../charts/specs/frame.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { UsageError } from "./failure.ts"
import { writeFiles } from "./files.ts"
import { lengthInPoints } from "./lengths.ts"

export type PaperOptions = {
  readonly figure: string
  readonly format: string | undefined
  readonly width: string | undefined
}

export const PAPER_DEFAULTS = { format: "pdf", width: "84mm" } as const

/** Narrower, panels side by side would be too small for their labels; wider is no page. */
const WIDTHS = { from: "60mm", to: "420mm" } as const

/**
 * Write the picture, its data and its caption into `folder`/figures.
 *
 * @returns where the picture is
 * @throws UsageError for an unknown figure, format or width, one that the run has no data for, and a bad folder
 */
export async function writeFigure(
  options: PaperOptions,
  document: ResultDocument,
  overlay: Overlay,
  folder: string,
): Promise<string> {
  const format = formatNamed(options.format ?? PAPER_DEFAULTS.format)
  const width = lengthInPoints("--width", options.width ?? PAPER_DEFAULTS.width, WIDTHS)
  const { FIGURES } = await import("../../charts/site/build.ts") // loading it takes longer than most commands
  const { paperFiles } = await import("../../charts/paper/files.ts")
  const figure = figureNamed(options.figure, FIGURES)
  const files = await paperFiles({ figure, format, width }, document, overlay)
  if (files === undefined) throw new UsageError(`--figure ${figure.name}: the run has no data for it`)
  return written(join(folder, "figures"), files)
}

function formatNamed(text: string): Format {
  const format = FORMATS.find((known) => known === text)
  if (format === undefined) throw new UsageError(`--format "${text}": one of ${FORMATS.join(", ")}`)
  return format
}

/** By its name, or by the beginning of it where no other begins so. */
function figureNamed(text: string, figures: readonly Figure[]): Figure {
  const [first, second] = figures.filter(({ name }) => name.startsWith(text))
  const figure = figures.find(({ name }) => name === text) ?? (second === undefined ? first : undefined)
  if (figure !== undefined) return figure
  throw new UsageError(`--figure "${text}": one of ${figures.map(({ name }) => name).join(", ")}`)
}

function written(folder: string, files: ReadonlyMap<string, string | Uint8Array>): string {
  writeFiles(files, folder, "the figure")
  return join(folder, [...files.keys()][0] as string)
}

/** `charts`: draw any results, with published figures over them where asked; all figures, or one for a paper. */
import { join } from "node:path"
import type { Overlay } from "../../charts/specs/frame.ts"
import { toDocument } from "../../results/document.ts"
import { growthOf } from "../../results/growth.ts"
import type { PublishedSeries } from "../../results/published/series.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { readResults } from "../../results/store.ts"
import { claimedMessages } from "../../results/theory.ts"
import { theoryOf } from "../theory/theory.ts"
import { asUsage, EXIT } from "./failure.ts"
import { writeFiles } from "./files.ts"
import { parsePublished } from "./options.ts"
import { writeFigure } from "./paper.ts"
import { print } from "./terminal.ts"

export type ChartsOptions = {
  readonly results: string
  readonly out: string
  readonly published: string | undefined
  readonly figure: string | undefined
  readonly format: string | undefined
  readonly width: string | undefined
}

/** @returns the exit code */
export async function charts(options: ChartsOptions): Promise<number> {
  const published = parsePublished(options.published)
  const document = asUsage(() => toDocument(readResults(options.results)))
  const { figure, out } = options
  const written =
    figure === undefined
      ? await writeCharts(document, out, published)
      : await writeFigure({ ...options, figure }, document, overlayOf(document, published), out)
  print(`${written}\n`)
  return EXIT.done
}

/**
 * Write the pictures and the page into `folder`/charts.
 *
 * @returns where the page is
 * @throws UsageError when the folder cannot be written
 */
export async function writeCharts(
  document: ResultDocument,
  folder: string,
  published: readonly PublishedSeries[] = [],
): Promise<string> {
  const target = join(folder, "charts")
  const { buildSite } = await import("../../charts/site/build.ts") // loading it takes longer than most commands
  const files = await buildSite(document, overlayOf(document, published))
  writeFiles(files, target, "charts")
  return join(target, "index.html")
}

/** What others published, and what the protocols of a run say of themselves. */
export function overlayOf(document: ResultDocument, published: readonly PublishedSeries[]): Overlay {
  const { cells, run } = document
  const theory = theoryOf(run.plan)
  const channels = new Map(cells.map(({ protocol, channel }) => [protocol, channel]))
  const claimedLine: Overlay["claimedLine"] = (protocol, operation, n) => {
    const cost = theory({ protocol, channel: channels.get(protocol) ?? "", operation })
    return cost === undefined || n < cost.from ? undefined : claimedMessages(cost, n)
  }
  return { published, claimedLine, growth: growthOf(document, theory) }
}

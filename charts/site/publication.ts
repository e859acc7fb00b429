/** All files of the site of published runs. */
import { printed } from "../../results/document.ts"
import type { Story } from "../../results/story.ts"
import { drawnFigures, pictures } from "./build.ts"
import { rowsAsCsv } from "./csv.ts"
import type { Facts } from "./facts.ts"
import { layout, type Page } from "./layout.ts"
import { readLibraryFiles } from "./libraries.ts"
import { dataPage } from "./pages/data.ts"
import { measuresPage } from "./pages/measures.ts"
import { methodPage } from "./pages/method.ts"
import { operationPage } from "./pages/operation.ts"
import { overviewPage } from "./pages/overview.ts"
import { protocolPage } from "./pages/protocol.ts"
import { storyPage } from "./pages/story.ts"
import { readSiteAssets } from "./site-assets.ts"
import {
  csvPath,
  documentPath,
  figureFolder,
  mapSite,
  type NamedRun,
  type PublishedRun,
  recordsPath,
  type SiteMap,
  samplesPath,
} from "./site-map.ts"

export type Publication = {
  readonly runs: readonly PublishedRun[]
  readonly facts: Facts
  /** For the page that explains what is compared. */
  readonly story: Story
  /** What each number means, in Markdown. */
  readonly definitions: string
}

/**
 * Each page and data file by its path from the root of the site; the same bytes for the same input. Nothing is
 * written.
 *
 * @throws Error when there is no run, or a run is given twice
 */
export function publicationFiles({
  runs,
  facts,
  story,
  definitions,
}: Publication): ReadonlyMap<string, string> {
  const site = mapSite(runs, facts)
  const pages = [...pagesOf(site), storyPage(story), measuresPage(definitions)]
  return new Map([
    ...pages.map((page) => [page.path, layout(page, site)] as const),
    ...[...readSiteAssets(), ...readLibraryFiles()].map(
      ([name, content]) => [`assets/${name}`, content] as const,
    ),
    ...site.runs.flatMap((run) => dataFiles(run, site)),
  ])
}

function pagesOf(site: SiteMap): readonly Page[] {
  return [
    overviewPage(site),
    ...site.topics.map((topic) => operationPage(topic, site)),
    ...site.protocols.map((protocol) => protocolPage(protocol, site)),
    methodPage(site),
    dataPage(site),
  ]
}

function dataFiles(run: NamedRun, { topics }: SiteMap): readonly (readonly [path: string, text: string])[] {
  const tables = topics
    .map((topic) => ({ topic, rows: topic.rowsOf(run.document) }))
    .filter(({ rows }) => rows.length > 0)
  return [
    [recordsPath(run), run.records],
    [documentPath(run), `${JSON.stringify(printed(run.document), null, 2)}\n`],
    ...tables.map(({ topic, rows }) => [csvPath(run, topic), rowsAsCsv(rows, topic.measures)] as const),
  ]
}

/** The pictures and raw samples that the pages lead to; drawing takes seconds. */
export async function publicationBinaries({
  runs,
  facts,
}: Publication): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>()
  for (const run of mapSite(runs, facts).runs) {
    const drawn = await pictures(drawnFigures(run.document, run.overlay))
    if (run.samples !== undefined) files.set(samplesPath(run), run.samples)
    for (const [name, content] of drawn) files.set(`${figureFolder(run)}/${name}`, content)
  }
  return files
}

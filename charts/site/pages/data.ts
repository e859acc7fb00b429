/** The page of downloads: every number and every picture of every run. */
import { drawnFigures } from "../build.ts"
import { escapeHtml } from "../html.ts"
import { DATA, link, MEASURES, type Page } from "../layout.ts"
import {
  csvPath,
  documentPath,
  figurePath,
  type NamedRun,
  recordsPath,
  type SiteMap,
  samplesPath,
} from "../site-map.ts"

export function dataPage(site: SiteMap): Page {
  const page = { path: DATA.path, title: DATA.title }
  return {
    ...page,
    body: `<p class="lead">Everything that this site shows, as files.</p>
<p>${link(page, MEASURES)}: the definitions.</p>
${site.runs.map((run) => runSection(page, run, site)).join("\n")}`,
  }
}

function runSection(page: Pick<Page, "path">, run: NamedRun, { topics }: SiteMap): string {
  const tables = topics.filter((topic) => topic.rowsOf(run.document).length > 0)
  const figures = drawnFigures(run.document).map(
    ({ figure }) =>
      `<li>${escapeHtml(figure.title)}: ${ENDINGS.map(([ending, title]) => link(page, { path: figurePath(run, figure, ending), title })).join(", ")}</li>`,
  )
  return `<section><h2>${escapeHtml(run.title)}</h2>
<ul>
<li>${link(page, { path: recordsPath(run), title: "results.jsonl" })}: the run’s records as they were written, one a line</li>
<li>${link(page, { path: documentPath(run), title: "document.json" })}: the records of each cell folded together, with medians and intervals</li>
${samplesItem(page, run)}
</ul>
<h3>Tables</h3>
<p>Comma-separated: measure, whose figure it is, unit, protocol, suite, group size, value and the ends of its 95 % interval.</p>
<ul>${tables.map((topic) => `<li>${link(page, { path: csvPath(run, topic), title: `${topic.slug}.csv` })}</li>`).join("\n")}</ul>
<h3>Pictures</h3>
<ul>${figures.join("\n")}</ul>
</section>`
}

function samplesItem(page: Pick<Page, "path">, run: NamedRun): string {
  if (run.samples === undefined) return ""
  return `<li>${link(page, { path: samplesPath(run), title: "results.samples.csv.gz" })}: every timed iteration, compressed</li>`
}

const ENDINGS = [
  [".svg", "SVG"],
  ["-dark.svg", "SVG on dark"],
  [".png", "PNG"],
] as const

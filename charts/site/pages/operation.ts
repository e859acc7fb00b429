/** The page of an operation: a chart to play with, and all numbers of every run. */

import { cellTables } from "../cell-tables.ts"
import { chartFigure, controls, explorerData } from "../explorer.ts"
import { escapeHtml, foldable } from "../html.ts"
import { link, MEASURES, type Page } from "../layout.ts"
import { csvPath, type NamedRun, type SiteMap, topicPath } from "../site-map.ts"
import { throughputTable } from "../throughput-tables.ts"
import type { Topic } from "../topics.ts"

export function operationPage(topic: Topic, { runs }: SiteMap): Page {
  const page = { path: topicPath(topic), title: topic.title }
  const explorer = explorerData(topic, runs)
  const shown = runs.filter(({ id }) => explorer.runs.some((run) => run.id === id))
  const definitions = link(page, MEASURES)
  const body = `<p class="lead">${escapeHtml(topic.lead)}</p>
${controls(explorer, shown)}
${chartFigure(`${topic.title}, by group size`, "<p>The chart needs JavaScript; all its numbers are below.</p>")}
<p class="muted">The address of this page keeps what you chose. ${definitions}, in full.</p>
<h2 id="all">All numbers</h2>
${shown.map((run, index) => foldable(run.title, runTables(page, topic, run), index === 0 ? "alone" : "closed")).join("\n")}`
  return { ...page, body, explorer }
}

function runTables(page: Pick<Page, "path">, topic: Topic, run: NamedRun): string {
  const csv = link(page, { path: csvPath(run, topic), title: "All of it as CSV" })
  return `<h3>${escapeHtml(run.title)}</h3>
<p>${csv}</p>
${tablesOf(topic, run)}`
}

function tablesOf({ slug }: Topic, { document, overlay }: NamedRun): string {
  if (slug === "throughput") return throughputTable(document)
  const cells = document.cells.filter(({ operation }) => operation === slug)
  const growth = overlay.growth.filter(({ operation }) => operation === slug)
  return cellTables({ ...document, cells }, growth)
}

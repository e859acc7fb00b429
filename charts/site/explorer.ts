/** A chart with its controls: what stands in the page, and the data that the browser's script draws. */
import { distinct } from "../specs/frame.ts"
import { type ProtocolStyle, protocolStyles } from "../specs/protocol-style.ts"
import { type THEMES, themeConfig } from "../specs/theme.ts"
import { chartTemplate, SCALES } from "./explorer-chart.ts"
import { escapeHtml } from "./html.ts"
import type { Choice, Measure, Row } from "./row.ts"
import type { NamedRun } from "./site-map.ts"
import { swatch } from "./swatch.ts"
import type { Topic } from "./topics.ts"

/** What the page hands to `assets/site/explorer.js`. */
export type ExplorerData = {
  /** Of the files that a reader saves. */
  readonly name: string
  readonly measures: readonly Measure[]
  readonly whose: readonly Choice[]
  /** In drawing order. */
  readonly protocols: readonly (ProtocolStyle & { readonly name: string })[]
  readonly runs: readonly (Choice & { readonly rows: readonly Row[] })[]
  readonly template: ReturnType<typeof chartTemplate>
  readonly scales: typeof SCALES
  /** Configurations of Vega-Lite. */
  readonly themes: Readonly<Record<(typeof THEMES)[number], ReturnType<typeof themeConfig>>>
}

/** Only what the runs have rows for can be chosen. */
export function explorerData(
  { slug, measures, whose, rowsOf }: Topic,
  runs: readonly NamedRun[],
): ExplorerData {
  const filled = runs
    .map(({ id, title, document }) => ({ id, title, rows: rowsOf(document) }))
    .filter(({ rows }) => rows.length > 0)
  const rows = filled.flatMap((run) => run.rows)
  const styles = protocolStyles(rows.map(({ protocol }) => protocol))
  return {
    name: slug,
    measures: measures.filter(({ id }) => rows.some(({ measure }) => measure === id)),
    whose: whose.filter(({ id }) => rows.some(({ of }) => of === id)),
    protocols: [...styles].map(([name, style]) => ({ name, ...style })),
    runs: filled,
    template: chartTemplate(styles),
    scales: SCALES,
    themes: { light: themeConfig("light"), dark: themeConfig("dark") },
  }
}

const AXES: readonly Choice[] = [
  { id: "log", title: "logarithmic" },
  { id: "linear", title: "linear" },
]

/** All controls: the legend, in which protocols are chosen, and what to show of them. */
export function controls(data: ExplorerData, runs: readonly NamedRun[]): string {
  const suites = distinct(data.runs.flatMap(({ rows }) => rows.flatMap(({ suite }) => suite ?? [])))
  const shown = runs.filter(({ id }) => data.runs.some((run) => run.id === id))
  return form(data, [
    select("measure", "Show", data.measures),
    select("of", "of", data.whose),
    select(
      "suite",
      "Suite",
      suites.toSorted().map((id) => ({ id, title: id })),
    ),
    select("axes", "Axes", AXES),
    select("run", "Run", shown),
  ])
}

/** One measure only, for a page with one thing to say: the legend and the axes can be changed. */
export function fewControls(data: ExplorerData, run: NamedRun): string {
  const [measure, of] = [data.measures.slice(0, 1), data.whose.slice(0, 1)]
  return form(data, [
    ...[select("measure", "", measure), select("of", "", of), select("run", "", [run])],
    select("axes", "Axes", AXES),
  ])
}

function form({ protocols }: ExplorerData, selects: readonly string[]): string {
  const boxes = protocols.map(
    ({ name, ...style }) =>
      `<label><input type="checkbox" name="protocol" value="${escapeHtml(name)}" checked>${swatch(style)} ${escapeHtml(name)}</label>`,
  )
  return `<form id="controls" autocomplete="off">
<fieldset class="legend"><legend>Protocols</legend>
${boxes.join("\n")}
</fieldset>
<div class="choices">
${selects.filter((text) => text !== "").join("\n")}
</div>
</form>`
}

/** Nothing to choose from is nothing to show, but the script needs the value. */
function select(name: string, label: string, choices: readonly Choice[]): string {
  const [first, second] = choices
  if (first === undefined) return ""
  if (second === undefined) return `<input type="hidden" name="${name}" value="${escapeHtml(first.id)}">`
  const options = choices.map(
    ({ id, title }) => `<option value="${escapeHtml(id)}">${escapeHtml(title)}</option>`,
  )
  return `<label>${escapeHtml(label)} <select name="${name}">${options.join("")}</select></label>`
}

/**
 * The chart, what it says in words, and its numbers as a table; the script fills all three.
 *
 * @param about - what the picture shows, before the script says it better
 * @param alternative - for a reader without scripts
 */
export function chartFigure(about: string, alternative: string): string {
  return `<figure class="explorer">
<div id="chart" class="plot" role="img" aria-label="${escapeHtml(about)}" aria-describedby="reading"></div>
<noscript>${alternative}</noscript>
<figcaption>
<p id="reading" role="status"></p>
<p id="definition"></p>
<p id="bars"></p>
<p class="actions"><button type="button" id="save" hidden>Save this chart as SVG</button></p>
</figcaption>
<details id="numbers" hidden><summary>This chart as a table</summary>
<div class="scroll" role="group" aria-label="This chart as a table" tabindex="0"><table id="table"></table></div>
</details>
</figure>`
}

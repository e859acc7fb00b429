/** The one page of a run: charts, captions and tables, with everything it needs inside it. */
import type { TopLevelSpec } from "vega-lite"
import type { GrowthRow } from "../../results/growth.ts"
import type { ResultDocument } from "../../results/schema.ts"
import type { Figure } from "../specs/frame.ts"
import { THEMES, themeConfig } from "../specs/theme.ts"
import { CLIENT } from "./client.ts"
import { growthTables } from "./growth-tables.ts"
import { escapeHtml, jsonForScript } from "./html.ts"
import { STYLE } from "./style.ts"
import { environmentList, exactTables, failureTable, predictedTables, timeTables } from "./tables.ts"
import { throughputFailureTable, throughputTable } from "./throughput-tables.ts"

/** A figure for which the document holds data. */
export type Drawn = {
  readonly figure: Figure
  readonly spec: TopLevelSpec
  /** With what the run's overlay has to say. */
  readonly caption: readonly string[]
}

/**
 * The whole page as text.
 *
 * @param libraries - vega, vega-lite and vega-embed, in this order, safe inside a script element
 */
export async function page(
  document: ResultDocument,
  drawn: readonly Drawn[],
  libraries: readonly string[],
  growth: readonly GrowthRow[] = [],
) {
  const scripts = [...libraries, CLIENT]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await policy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Group key agreement by group size</title>
<style>${STYLE}</style>
</head>
<body>
${header(drawn)}
<main>
${drawn.map(figureSection).join("\n")}
${tablesSection(document, growth)}
${failuresSection(document)}
<section id="environment"><h2>Run and environment</h2>
${environmentList(document)}
</section>
</main>
${dataBlock("charts", Object.fromEntries(drawn.map(({ figure, spec }) => [figure.name, spec])))}
${dataBlock("themes", Object.fromEntries(THEMES.map((theme) => [theme, themeConfig(theme)])))}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`
}

/**
 * Nothing is fetched, and no script runs but those written here, each named by its hash: what a results file
 * smuggled into the page could not run even if it got past the escaping. There is no `unsafe-eval`: vega
 * interprets its expressions (`ast` in client.ts), a little slower and not noticed at this size. Styles must be
 * `unsafe-inline`, since vega-embed and its tooltips add style elements of their own.
 */
async function policy(scripts: readonly string[]): Promise<string> {
  const hashes = await Promise.all(scripts.map(sha256))
  const allowed = hashes.map((hash) => `'sha256-${hash}'`).join(" ")
  return `default-src 'none'; script-src ${allowed}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return Buffer.from(digest).toString("base64")
}

function dataBlock(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${jsonForScript(value)}</script>`
}

function header(drawn: readonly Drawn[]): string {
  const links = drawn.map(
    ({ figure }) => `<li><a href="#${figure.name}">${escapeHtml(figure.title)}</a></li>`,
  )
  return `<header><h1>Group key agreement by group size</h1><button id="theme" type="button" hidden></button></header>
<p>What does it cost a group of n devices to talk, to change its members, and to heal after one device was
compromised? Each protocol below formed groups of growing size and ran each operation; every member's secrets
were compared, and for healing an adversary program with a stolen copy of one member's state tried every later
message. Counts are exact and repeat from the seed. Times are samples from one machine.</p>
<p class="muted">Protocols differ in colour, point shape and dashes; where lines coincide, the thinner runs inside the
thicker. All axes are logarithmic: a straight line is a power of n, and its slope the exponent.</p>
<noscript><p>The charts need JavaScript. The same charts lie beside this page as SVG and PNG files, and the tables
below hold their figures.</p></noscript>
<nav aria-label="Contents"><ul>
${links.join("\n")}
<li><a href="#tables">Tables</a></li>
<li><a href="#environment">Run and environment</a></li>
</ul></nav>`
}

function figureSection({ figure, caption }: Drawn): string {
  const { name, title } = figure
  const label = escapeHtml(title)
  return `<section id="${name}"><h2>${label}</h2>
<figure>
<div class="scroll" role="region" aria-label="${label}" tabindex="0"><div class="chart" id="chart-${name}"></div></div>
<figcaption>${caption.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n")}
<p>As a file: <a href="${name}.svg">SVG</a>, <a href="${name}-dark.svg">SVG on dark</a>, <a href="${name}.png">PNG</a>.
The figures are in <a href="#tables">the tables</a>.</p></figcaption>
</figure>
</section>`
}

function tablesSection(document: ResultDocument, growth: readonly GrowthRow[]): string {
  const parts = [
    ["Exact counts", exactCounts(document)],
    ["Growth, claimed and counted", growthTables(growth)],
    ["CPU times", timeTables(document)],
    ["CPU times predicted from counts and a price list, not measured", predictedTables(document)],
    ["Throughput", throughputTable(document)],
  ].filter(([, tables]) => tables !== "")
  return `<section id="tables"><h2>Tables</h2>
${parts.map(([title, tables]) => `<h3>${title}</h3>\n${tables}`).join("\n")}
</section>`
}

function exactCounts(document: ResultDocument): string {
  if (document.cells.length === 0) return ""
  return `<div class="muted"><p>Two-party: ciphertexts for one recipient. Broadcasts: uploaded once, fanned out by the server.
Welcomes: uploaded once for those who join. Deliveries: copies handed to recipients. Rounds: how often somebody had to wait for packets of an earlier wave. State:
bytes that a member keeps afterwards. The same under every suite.</p></div>
${exactTables(document)}`
}

function failuresSection({ failures, throughputFailures }: ResultDocument): string {
  const tables = [failureTable(failures), throughputFailureTable(throughputFailures)].filter((t) => t !== "")
  if (tables.length === 0) return ""
  return `<section id="failures"><h2>Failures</h2>\n${tables.join("\n")}\n</section>`
}

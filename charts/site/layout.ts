/** What all pages of the site share: head, navigation, scripts, and a policy under which nothing leaves the page. */
import type { ExplorerData } from "./explorer.ts"
import { escapeHtml, jsonForScript } from "./html.ts"
import { type SiteMap, topicPath } from "./site-map.ts"

export type Page = {
  /** From the root of the site. */
  readonly path: string
  readonly title: string
  /** Markup, without the title. */
  readonly body: string
  /** For a page with a chart. */
  readonly explorer?: ExplorerData
}

export type Link = { readonly path: string; readonly title: string }

/** Script files of a page with a chart, in the order in which they must run. */
const CHART_SCRIPTS = [
  "vega.js",
  "vega-lite.js",
  "vega-embed.js",
  "controls.js",
  "axes.js",
  "chart.js",
  "explorer.js",
]

/**
 * Scripts and pictures are files of the site; `file:` is for a copy that is opened from a disk, where some browsers
 * take no file for one of the page's own. There is no `unsafe-eval`: vega interprets its expressions. Styles must be
 * `unsafe-inline`, since vega-embed and its tooltips add style elements of their own.
 */
const POLICY =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; " +
  "img-src 'self' file: data: blob:; base-uri 'none'; form-action 'none'"

/** A whole page as text. */
export function layout(page: Page, site: SiteMap): string {
  const scripts = page.explorer === undefined ? [] : CHART_SCRIPTS
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} · dcgka-bench</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${toRoot(page)}assets/site.css">
<script src="${toRoot(page)}assets/theme.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${header(page, site)}
<main id="main" tabindex="-1">
<h1>${escapeHtml(page.title)}</h1>
${page.body}
</main>
${page.explorer === undefined ? "" : dataBlock(page.explorer)}${scripts.map((name) => `<script src="${toRoot(page)}assets/${name}"></script>`).join("\n")}
</body>
</html>
`
}

/** From a page to the root of the site: all links are relative, so that the site works in any folder. */
export const toRoot = ({ path }: Pick<Page, "path">): string => "../".repeat(path.split("/").length - 1)

function dataBlock(data: ExplorerData): string {
  return `<script type="application/json" id="explorer">${jsonForScript(data)}</script>\n`
}

export const OVERVIEW: Link = { path: "index.html", title: "Overview" }
export const HOW_IT_WORKS: Link = { path: "how-it-works.html", title: "How it works" }
export const METHOD: Link = { path: "method.html", title: "Machine and method" }
export const MEASURES: Link = { path: "measures.html", title: "What each number means" }
export const DATA: Link = { path: "data.html", title: "Data" }

function header(page: Page, { topics, protocols }: SiteMap): string {
  const operations = topics.map((topic) => ({ path: topicPath(topic), title: topic.slug }))
  const names = protocols.map(({ name, path }) => ({ path, title: name }))
  return `<header>
<nav aria-label="Site">
<div class="bar"><ul>${links(page, [OVERVIEW, HOW_IT_WORKS, METHOD, DATA])}</ul><button id="theme" type="button" hidden>Dark theme</button></div>
<div class="bar" id="topics"><span id="nav-operations">Operations</span><ul aria-labelledby="nav-operations">${links(page, operations)}</ul></div>
<div class="bar"><span id="nav-protocols">Protocols</span><ul aria-labelledby="nav-protocols">${links(page, names)}</ul></div>
</nav>
</header>`
}

function links(page: Page, targets: readonly Link[]): string {
  return targets.map((target) => `<li>${link(page, target, currentMark(page, target))}</li>`).join("")
}

const currentMark = (page: Page, target: Link): string =>
  page.path === target.path ? ' aria-current="page"' : ""

/** A link from one page to another, or to a file. */
export function link(page: Pick<Page, "path">, { path, title }: Link, attributes = ""): string {
  return `<a href="${toRoot(page)}${path}"${attributes}>${escapeHtml(title)}</a>`
}

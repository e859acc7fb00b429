/** The first page: the question in a paragraph, the answer in a picture, and where to look closer. */
import { messagesIn } from "../../../results/exact.ts"
import type { Cell, Operation, ResultDocument } from "../../../results/schema.ts"
import { formatBytes, formatCount, formatNs } from "../../../results/units.ts"
import { distinct, exactCells } from "../../specs/frame.ts"
import { healingMessages } from "../../specs/healing-messages.ts"
import { chartFigure, explorerData, fewControls } from "../explorer.ts"
import { escapeHtml, type TableCell, table } from "../html.ts"
import { knownAs } from "../known-as.ts"
import { DATA, HOW_IT_WORKS, link, METHOD, OVERVIEW, type Page } from "../layout.ts"
import { figurePath, type NamedRun, type SiteMap, topicPath } from "../site-map.ts"
import { number, text } from "../tables.ts"
import type { Topic } from "../topics.ts"

const TITLE = "What does it cost a group chat to shut out a thief?"

const QUESTION = `<p class="lead">Somebody copies everything that one phone of a group chat holds, every key included. From then on
the copy reads what the group writes, until enough devices have drawn new keys. <strong>How many messages must a group of n
devices send until the copy is worthless?</strong> That depends on how the members agree on their keys. Here every protocol
ran with real cryptography, an adversary program held a stolen copy and tried every later message, and the counting stopped
when it could read none.</p>`

export function overviewPage(site: SiteMap): Page {
  const heal = site.topics.find(({ slug }) => slug === "heal")
  const run = tellingRun(site)
  const page = { path: OVERVIEW.path, title: TITLE }
  if (heal === undefined || run === undefined) return { ...page, body: QUESTION + closer(page, site) }
  const explorer = explorerData(heal, [run])
  const picture = chartFigure(
    "Messages until the copy is worthless, by group size",
    `<p><img src="${figurePath(run, healingMessages, ".svg")}" alt="${healingMessages.title}, by group size"></p>`,
  )
  const body = `${QUESTION}
<h2 id="answer">Messages until the copy is worthless</h2>
<p class="lead">${escapeHtml(answer(run.document))}</p>
${fewControls(explorer, run)}
${picture}
${reading(page, heal, run)}
${names(page, site)}
${numbers(run.document, site)}
${closer(page, site)}`
  return { ...page, body, explorer }
}

/** The run with most heals in it, protocols times sizes; of equal ones the newest. */
function tellingRun({ runs }: SiteMap): NamedRun | undefined {
  const [most] = runs.toSorted((a, b) => healsIn(b.document).length - healsIn(a.document).length)
  return most === undefined || healsIn(most.document).length === 0 ? undefined : most
}

const healsIn = (document: ResultDocument): readonly Cell[] =>
  exactCells(document).filter(({ operation, healing }) => operation === "heal" && healing !== undefined)

/** The largest size at which every protocol of the document healed, or failed to. */
function largestSize(document: ResultDocument): number {
  const heals = healsIn(document)
  const all = distinct(heals.map(({ protocol }) => protocol))
  const sizes = distinct(heals.map(({ groupSize }) => groupSize)).toSorted((a, b) => b - a)
  const hasAll = (size: number) => all.every((name) => cellAt(document, name, "heal", size) !== undefined)
  return sizes.find(hasAll) ?? sizes[0] ?? 0
}

const cellAt = (document: ResultDocument, name: string, operation: Operation, size: number) =>
  exactCells(document).find(
    (cell) => cell.protocol === name && cell.operation === operation && cell.groupSize === size,
  )

/** Costliest first; protocols that cost the same stand together. */
function answer(document: ResultDocument): string {
  const size = largestSize(document)
  const heals = healsIn(document).filter(({ groupSize }) => groupSize === size)
  const costs = distinct(heals.filter(isHealed).map(({ exact }) => messagesIn(exact))).toSorted(
    (a, b) => b - a,
  )
  const parts = costs.map((cost) => {
    const names = heals.filter((cell) => isHealed(cell) && messagesIn(cell.exact) === cost)
    return `${formatCount(cost)} with ${listed(names)}`
  })
  const open = heals.filter((cell) => !isHealed(cell))
  const unhealed = open.length === 0 ? "" : ` Not healed at all: ${listed(open)}.`
  const sentence = parts.length === 0 ? "" : `In a group of ${size} devices: ${parts.join("; ")}.`
  return sentence + unhealed
}

const isHealed = ({ healing }: Cell): boolean => healing?.healed === true

const listed = (cells: readonly Cell[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(cells.map(({ protocol }) => protocol))

function reading(page: Pick<Page, "path">, heal: Topic, run: NamedRun): string {
  return `<p class="muted">Each point is one group that was really formed, compromised and healed; its height is a count, the same on every
machine. On logarithmic axes a straight line is a power of n: the steeper, the worse it grows. Lines that coincide run inside
one another. From the run of ${link(page, { path: `${METHOD.path}#${run.id}`, title: run.title })}.
${link(page, { path: topicPath(heal), title: "Bytes, times and more of the same heal" })}.</p>`
}

/** The names in the picture, for somebody who never heard them. */
function names(page: Pick<Page, "path">, { protocols }: SiteMap): string {
  const items = protocols.map(
    ({ name, path, facts }) =>
      `<dt>${link(page, { path, title: name })}</dt><dd>${escapeHtml(`${knownAs(name)} ${facts?.summary ?? ""}`.trim())}</dd>`,
  )
  return `<h2 id="protocols">What the protocols are</h2>
<dl>
${items.join("\n")}
</dl>`
}

/** What the price of a cheap heal is paid with, and the other way round. */
function numbers(document: ResultDocument, { protocols }: SiteMap): string {
  const size = largestSize(document)
  const rows = protocols.flatMap(({ name, path }): TableCell[][] => {
    const cell = (operation: Operation) => cellAt(document, name, operation, size)
    if (cell("heal") === undefined) return []
    const others = OTHER_OPERATIONS.map((operation) => messagesOf(cell(operation)))
    const heal = [healed(cell("heal")), bytesOf(cell("heal")), timeOf(document, name, size)]
    return [[{ text: name, href: path }, ...heal, ...others]]
  })
  return `<h2 id="price">The price elsewhere</h2>
<p>A protocol that heals with few messages may pay for it elsewhere: with every message that is sent, with computing, or by
needing a server that puts changes in order. What a group of ${size} devices uploads, and how long all of them together
compute on one core of the machine of this run:</p>
${table(`Costs in a group of ${size} devices`, COLUMNS, rows)}`
}

const OTHER_OPERATIONS = ["message", "add", "remove"] as const
const COLUMNS = [
  text("Protocol"),
  number("Messages to heal"),
  number("Bytes to heal"),
  number("CPU time to heal, all devices"),
  number("Messages to send one"),
  number("Messages to add a member"),
  number("Messages to remove one"),
]

function healed(cell: Cell | undefined): string {
  return cell === undefined || isHealed(cell) ? messagesOf(cell) : "never"
}

const messagesOf = (cell: Cell | undefined): string =>
  cell === undefined ? "–" : formatCount(messagesIn(cell.exact))
/** The median, under the faster suite; its interval is on the page of the operation. */
function timeOf({ cells }: ResultDocument, name: string, size: number): string {
  const times = cells.filter(
    ({ protocol, operation, groupSize, sampled }) =>
      protocol === name && operation === "heal" && groupSize === size && sampled !== null,
  )
  const fastest = Math.min(...times.flatMap(({ sampled }) => sampled?.groupNs.median ?? []))
  return times.length === 0 ? "–" : formatNs(fastest)
}

const bytesOf = (cell: Cell | undefined): string =>
  cell === undefined ? "–" : formatBytes(cell.exact.bytesUploaded)

function closer(page: Pick<Page, "path">, { topics }: SiteMap): string {
  const operations = topics.map(
    (topic) =>
      `<li>${link(page, { path: topicPath(topic), title: topic.title })}: ${escapeHtml(topic.lead)}</li>`,
  )
  return `<h2 id="closer">Look closer</h2>
<p>Every operation has a page on which you choose protocols, measure, suite and axes; each protocol has one with what it
claims, and what two adversaries saw of it. How Sender Keys do it, byte by byte: ${link(page, HOW_IT_WORKS)}.</p>
<ul>
${operations.join("\n")}
</ul>
<h2 id="believe">Can the numbers be believed?</h2>
<ul>
<li><strong>Counts</strong> come from all members, never from a sample, and repeat from a seed, byte for byte.</li>
<li><strong>Healed</strong> is the verdict of an adversary program that runs the real protocol on the stolen state. A second one follows
the derivations that members made, and the two must agree.</li>
<li><strong>Times</strong> are medians over blocks with a 95 % interval, each taken in a thread with nothing else in it.</li>
<li><strong>Limits</strong>: the adversary listens and injects nothing; a stolen signing key is not healed by anything here;
no network or storage is in any figure.</li>
</ul>
<p>More under ${link(page, METHOD)}. Every number can be downloaded under ${link(page, DATA)}.</p>`
}

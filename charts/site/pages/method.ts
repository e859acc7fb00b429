/** The page about machine and method: what was done, what each number means, where it was measured. */
import { distinct } from "../../specs/frame.ts"
import { escapeHtml } from "../html.ts"
import { link, MEASURES, METHOD, type Page } from "../layout.ts"
import type { Measure } from "../row.ts"
import { type NamedRun, recordsPath, type SiteMap, topicPath } from "../site-map.ts"
import { environmentList, failureTable } from "../tables.ts"
import { throughputFailureTable } from "../throughput-tables.ts"

export function methodPage(site: SiteMap): Page {
  const page = { path: METHOD.path, title: METHOD.title }
  return {
    ...page,
    body: `<p class="lead">How the numbers of this site came about, and what they do not show.</p>
${METHOD_TEXT}
<h2 id="operations">Operations</h2>
<dl>${site.topics.map((topic) => definition(link(page, { path: topicPath(topic), title: topic.slug }), topic.lead)).join("\n")}</dl>
<h2 id="measures">What each number counts</h2>
<dl>${measuresOf(site).map(measureDefinition).join("\n")}</dl>
<p>In full: ${link(page, MEASURES)}.</p>
<h2 id="runs">Runs and machines</h2>
${site.runs.map((run) => runSection(page, run)).join("\n")}`,
  }
}

const METHOD_TEXT = `<h2 id="counts">Counts</h2>
<p>All members of a group live in one process, joined by a server in memory that carries bytes, hands out prekeys and announces who is a member. Messages, bytes,
rounds and operations are counted over all of them: no sample, no statistics. All randomness comes from one seed, so a
count is the same on every machine, and so are the bytes.</p>
<h2 id="healing">Healing</h2>
<p>The first member’s complete state is copied. The adversary records all traffic, sends nothing, and tries every
message as recipient and as sender, keeping what it learns (in groups above 128 it tries only a sample of what two other members
send each other). A group has healed when nobody’s next message, and nothing that
follows, can be read with the copy. A second adversary knows no protocol and follows all derivations from the secrets in the copy (in
groups above 64, those of a sample of members). The two must agree. To keep the thief from reading is one thing, to keep it from acting in
the victim’s name another: the page of each protocol says when an impersonator is shut out. No protocol here renews identity keys.</p>
<h2 id="times">Times</h2>
<p>One protocol, size and operation in one fresh thread (an isolate of its own), one clock at a time. The suite is the
library of cryptographic operations: <code>noble</code> is JavaScript, <code>native</code> is compiled code; both give the same bytes. A block times every protocol once, side by side in
shuffled order; its figure is the median of its iterations. A chart shows the median over blocks and, as a bar, the 95 %
interval. The timed steps must send the very bytes that were counted, or their figure is thrown away. A time says what
this code takes on that machine; the ratio of two protocols says more than either.</p>
<h2 id="limits">Limits</h2>
<p>One process, no network, no storage. Healing is judged by adversaries who listen; nobody but the impersonator sends
anything. Stolen identity keys are not healed. Times say nothing of another device.</p>`

const measuresOf = ({ topics }: SiteMap): readonly Measure[] =>
  distinct(topics.flatMap(({ measures }) => measures))

const definition = (term: string, text: string): string => `<dt>${term}</dt><dd>${escapeHtml(text)}</dd>`

function measureDefinition({ id, title, kind, definition }: Measure): string {
  const exactness = kind === "exact" ? "Exact." : "Sampled."
  return `<dt id="${escapeHtml(id)}">${escapeHtml(title)}</dt><dd>${exactness} ${escapeHtml(definition)}</dd>`
}

function runSection(page: Pick<Page, "path">, run: NamedRun): string {
  const { failures, throughputFailures } = run.document
  return `<section id="${run.id}"><h3>${escapeHtml(run.title)}</h3>
<p>${link(page, { path: recordsPath(run), title: "All records of this run" })}</p>
${environmentList(run.document)}
${failureTable(failures)}${throughputFailureTable(throughputFailures)}
</section>`
}

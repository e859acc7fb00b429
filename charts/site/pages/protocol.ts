/** The page of a protocol: what it is, what it claims and how each claim was checked, what it takes to heal, its costs. */
import { cellTables } from "../cell-tables.ts"
import type { ClaimFact, ForgedFact, ProtocolFacts, ReadFact, Verification } from "../facts.ts"
import { type Column, escapeHtml, table } from "../html.ts"
import { type Page, toRoot } from "../layout.ts"
import { type NamedProtocol, type NamedRun, type SiteMap, topicPath } from "../site-map.ts"
import { text } from "../tables.ts"
import type { Topic } from "../topics.ts"

export function protocolPage({ name, path, facts }: NamedProtocol, site: SiteMap): Page {
  const page = { path, title: name }
  const about = facts === undefined ? UNKNOWN : known(facts, site.facts.verification)
  return { ...page, body: `${about}\n${figures(page, name, site)}` }
}

const UNKNOWN = `<p class="lead">A run has figures of this protocol, but the build that made this site does not know it: nothing is
said here about what it claims.</p>`

function known(facts: ProtocolFacts, verification: Verification): string {
  const { summary, channel, source, healing, claims } = facts
  const about = (kind: ReadFact["about"]) => claims.filter(isRead).filter((claim) => claim.about === kind)
  return `<p class="lead">${escapeHtml(summary)}</p>
<dl><dt>Two-party channel</dt><dd>${escapeHtml(channel)}</dd><dt>After</dt><dd>${escapeHtml(source)}</dd></dl>
<h2 id="healing">What has to happen until a thief is shut out</h2>
<ol>${healing.map((round) => `<li>${escapeHtml(round)}</li>`).join("\n")}</ol>
<h2 id="claims">What it claims, and what was seen</h2>
${howVerified(verification)}
${table("Secrecy", readColumns("Does it hold?"), about("secrecy").map(readRow))}
${table("Healing", readColumns("Is a thief shut out when this has happened?"), about("healing").map(readRow))}
${table("Impersonation", FORGED_COLUMNS, claims.filter(isForged).map(forgedRow))}`
}

const isRead = (claim: ClaimFact): claim is ReadFact => claim.about !== "impersonation"
const isForged = (claim: ClaimFact): claim is ForgedFact => claim.about === "impersonation"

function howVerified({ groupSize, seed }: Verification): string {
  return `<p>Each line was played when this site was made: a group of ${groupSize} devices with real cryptography (seed ${seed}), and two
adversaries with a complete copy of one member’s state, or of two where the line says so. The thief runs the real protocol on the
copy and counts the messages in question that it opens. The other knows no protocol: it follows every derivation that anybody made
from the secrets in the copy, and counts the messages whose key follows. Both must find the same number, and it must be zero
exactly where something is claimed. An impersonator has the copy, the device’s login and randomness of its own: it speaks, invites
and removes in the victim’s name, in every way it has, and what counts is what the other members accept.</p>`
}

const readColumns = (first: string): readonly Column[] =>
  [first, "Claimed", "Messages the thief opened", "Messages whose key follows", "Verdict"].map(text)

const FORGED_COLUMNS: readonly Column[] = [
  "Is an impersonator shut out when this has happened?",
  "Claimed",
  "Others still accept",
  "Verdict",
].map(text)

const readRow = ({ opened, derivable, ...claim }: ReadFact): string[] =>
  row(claim, opened === 0 ? "nothing" : `${opened}`, derivable === 0 ? "none" : `${derivable}`)

const forgedRow = ({ accepted, ...claim }: ForgedFact): string[] =>
  row(claim, accepted.length === 0 ? "nothing" : accepted.join(", "))

const row = (
  { says, claimed, passed }: Pick<ClaimFact, "says" | "claimed" | "passed">,
  ...found: string[]
): string[] => [says, claimed ? "yes" : "no", ...found, passed ? "as claimed" : "FAILED: not as claimed"]

function figures(page: Pick<Page, "path">, name: string, { runs, topics }: SiteMap): string {
  const tables = runs.map((run) => runFigures(name, run)).filter((tables) => tables !== "")
  if (tables.length === 0) return `<h2 id="figures">Figures</h2>\n<p>No published run has any yet.</p>`
  return `<h2 id="figures">Figures</h2>
<p>As a chart: ${topics.map((topic) => chartLink(page, topic, name)).join(", ")}.</p>
${tables.join("\n")}`
}

function chartLink(page: Pick<Page, "path">, topic: Topic, name: string): string {
  const query = new URLSearchParams({ protocol: name })
  const href = `${toRoot(page)}${topicPath(topic)}?${query}`
  return `<a href="${escapeHtml(href)}">${escapeHtml(topic.slug)}</a>`
}

function runFigures(name: string, { title, document, overlay }: NamedRun): string {
  const cells = document.cells.filter(({ protocol }) => protocol === name)
  if (cells.length === 0) return ""
  const growth = overlay.growth.filter(({ protocol }) => protocol === name)
  return `<h3>${escapeHtml(title)}</h3>\n${cellTables({ ...document, cells }, growth)}`
}

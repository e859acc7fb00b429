/**
 * The part of Markdown that this project's documents use, as HTML: headings, paragraphs, lists of one level, tables,
 * indented code; in a line code, bold, italics and links. Text is escaped, so HTML in it stays text.
 */
import { escapeHtml } from "./html.ts"

/** Blocks stand apart by an empty line; the first heading is left out, since a page has its title. */
export function markdownBody(markdown: string): string {
  const blocks = markdown.replace(/^# .*\n/, "").split(/\n{2,}/)
  return blocks.map((block) => blockOf(block.replace(/^\n|\n$/g, ""))).join("\n")
}

function blockOf(block: string): string {
  const heading = /^(#{2,3}) (.*)$/.exec(block)
  if (heading !== null) return headingOf(heading[1]?.length ?? 2, heading[2] ?? "")
  if (block.startsWith("| ")) return tableOf(block.split("\n"))
  if (block.startsWith("- ")) return listOf(block)
  if (block.startsWith("    "))
    return `<pre class="scroll" tabindex="0">${escapeHtml(block.replaceAll(/^ {4}/gm, ""))}</pre>`
  return block === "" ? "" : `<p>${inline(block)}</p>`
}

function headingOf(level: number, text: string): string {
  const id = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
  return `<h${level} id="${id}">${inline(text)}</h${level}>`
}

function listOf(block: string): string {
  const items = block.slice(2).split(/\n- /)
  return `<ul>\n${items.map((item) => `<li>${inline(item)}</li>`).join("\n")}\n</ul>`
}

/** The second line only says that the first is a head. */
function tableOf([head = "", , ...rows]: readonly string[]): string {
  const row = (line: string, tag: string) =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join("")}</tr>`
  return `<div class="scroll prose" role="group" aria-label="Table" tabindex="0"><table><thead>${row(head, "th")}</thead>
<tbody>${rows.map((line) => row(line, "td")).join("\n")}</tbody></table></div>`
}

const cellsOf = (line: string): readonly string[] => line.split("|").slice(1, -1)

/** Code and links are set aside first: what looks like a mark in them is none. */
function inline(text: string): string {
  return text
    .trim()
    .split(/(`[^`]+`|\[[^\]]+\]\([^)\s]+\))/)
    .map((part, index) => (index % 2 === 0 ? marked(part) : part.startsWith("`") ? code(part) : linked(part)))
    .join("")
}

const code = (text: string): string => `<code>${escapeHtml(text.slice(1, -1))}</code>`

/** A link to a file of the repository is its text alone: the site does not hold the file. */
function linked(text: string): string {
  const [, label = "", target = ""] = /^\[(.+)\]\((.+)\)$/.exec(text) ?? []
  return target.startsWith("https://")
    ? `<a href="${escapeHtml(target)}">${inline(label)}</a>`
    : inline(label)
}

function marked(text: string): string {
  return escapeHtml(text)
    .replaceAll(/\*\*(.+?)\*\*/gs, "<strong>$1</strong>")
    .replaceAll(/\*(\S.*?)\*/gs, "<em>$1</em>")
}

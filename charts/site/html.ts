/** Text that came from a results file, made safe to stand in a page. */

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** For element content and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}

/** JSON for a script element: with no `<` in it, nothing in the data can end the element. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c")
}

/** A column: its heading, and whether it holds numbers (set to the right) or text. */
export type Column = { readonly heading: string; readonly align: "text" | "number" }

/** Plain text, or a link; escaped here. */
export type TableCell = string | { readonly text: string; readonly href: string }

/**
 * A table that scrolls inside its own box on a narrow screen.
 *
 * @param rows - the first cell names its row
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
): string {
  const head = columns.map(
    ({ heading, align }) => `<th scope="col" class="${align}">${escapeHtml(heading)}</th>`,
  )
  const body = rows.map(
    (cells) => `<tr>${cells.map((content, index) => cell(content, columns[index])).join("")}</tr>`,
  )
  const label = escapeHtml(caption)
  // Focusable, so that a keyboard can scroll it.
  return `<div class="scroll" role="group" aria-label="${label}" tabindex="0"><table><caption>${label}</caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`
}

/** Behind a line to open it by, where there are others beside it. */
export function foldable(title: string, content: string, place: "alone" | "open" | "closed"): string {
  if (place === "alone") return content
  return `<details${place === "open" ? " open" : ""}><summary>${escapeHtml(title)}</summary>\n${content}\n</details>`
}

function cell(content: TableCell, column: Column | undefined): string {
  const align = column?.align ?? "text"
  return `<td class="${align}">${markup(content)}</td>`
}

function markup(content: TableCell): string {
  if (typeof content === "string") return escapeHtml(content)
  return `<a href="${escapeHtml(content.href)}">${escapeHtml(content.text)}</a>`
}

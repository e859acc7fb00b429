/** Tables in Markdown as GitHub renders it. */
import type { ResultDocument } from "../schema.ts"
import { aboutRun, type TextTable, textTables } from "./text-tables.ts"

/** A paragraph that says which run this is, then a heading and a table for each. */
export function markdown(document: ResultDocument): string {
  const about = aboutRun(document).map(escaped).join("<br>\n")
  return `${[about, ...textTables(document).map(section)].join("\n\n")}\n`
}

function section({ title, columns, rows }: TextTable): string {
  const headings = columns.map(({ heading }) => heading)
  const rule = columns.map(({ align }) => (align === "right" ? "---:" : ":---"))
  const lines = [headings.map(escaped), rule, ...rows.map((row) => row.map(escaped))]
  return [`### ${escaped(title)}`, "", ...lines.map((cells) => `| ${cells.join(" | ")} |`)].join("\n")
}

/** Text that stays what it is, on one line. */
const escaped = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_|<>&~#]|\](?=\()/g, "\\$&")

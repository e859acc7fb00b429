/** Tables for a paper: LaTeX that needs no package, for `\input`. */
import type { ResultDocument } from "../schema.ts"
import { aboutRun, type TextTable, textTables } from "./text-tables.ts"

/** A float with a caption for each table; comments above say which run this is. */
export function latex(document: ResultDocument): string {
  const about = aboutRun(document).map((text) => `% ${ascii(text)}`)
  return `${[about.join("\n"), ...textTables(document).map(float)].join("\n\n")}\n`
}

function float({ title, columns, rows }: TextTable): string {
  const alignment = columns.map(({ align }) => (align === "right" ? "r" : "l")).join("")
  return [
    "\\begin{table}[htbp]\\centering\\scriptsize\\setlength{\\tabcolsep}{3pt}",
    `\\caption{${escaped(title)}}`,
    `\\begin{tabular}{${alignment}}\\hline`,
    row(columns.map(({ heading }) => heading)),
    "\\hline",
    ...rows.map(row),
    "\\hline\\end{tabular}",
    "\\end{table}",
  ].join("\n")
}

/** Behind the end of a line LaTeX would take a bracket or a star for an argument: braces keep them. */
const row = (cells: readonly string[]): string =>
  `${cells.map(escaped).join(" & ").replace(/^[[*]/, "{$&}")} \\\\`

const SIGNS: Readonly<Record<string, string>> = {
  ...{ "{": "\\{", "}": "\\}", $: "\\$", "&": "\\&", "#": "\\#", "%": "\\%", _: "\\_" },
  ...{ '"': "{''}", "–": "--" },
  ...{ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" },
  ...{ "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}" },
  ...{ µ: "\\ensuremath{\\mu}", "×": "\\ensuremath{\\times}" },
}

const escaped = (text: string): string =>
  ascii(text.replaceAll(/[^a-z0-9\s]/gi, (sign) => SIGNS[sign] ?? sign))

/** One line, and nothing that an 8-bit font may lack. */
const ascii = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll(/[^ -~]/g, "?")

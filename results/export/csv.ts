/** CSV as RFC 4180 has it: a row of names, lines that end in CR LF, quotes where they are needed. */
import type { FlatTable } from "./columns.ts"

/** An empty field is a figure that the row does not have. */
export const csv = ({ names, rows }: FlatTable): string => [names, ...rows].map(line).join("")

const line = (values: FlatTable["rows"][number]): string => `${values.map(field).join(",")}\r\n`

function field(value: FlatTable["rows"][number][number]): string {
  const text = `${value ?? ""}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Figures as comma-separated values (RFC 4180), one a line. */
import type { Measure, Row } from "./row.ts"

const COLUMNS = [
  "measure",
  "of",
  "unit",
  "protocol",
  "suite",
  "group_size",
  "value",
  "low_95",
  "high_95",
  "healed",
]

/** A figure that has no suite or interval leaves them empty; so does `healed` for what is no heal that failed. */
export function rowsAsCsv(rows: readonly Row[], measures: readonly Measure[]): string {
  const units = new Map(measures.map(({ id, unit }) => [id, unit]))
  const lines = rows.map(({ measure, of, protocol, suite, n, y, low, high, unhealed }) => [
    ...[measure, of, units.get(measure), protocol, suite, n, y, low, high],
    unhealed ? "no" : undefined,
  ])
  return [COLUMNS, ...lines].map((line) => `${line.map(field).join(",")}\r\n`).join("")
}

function field(value: string | number | undefined): string {
  const text = `${value ?? ""}`
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

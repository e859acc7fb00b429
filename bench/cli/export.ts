/** `export`: a run's figures for other programs and for papers, on stdout. */

import { printed, toDocument } from "../../results/document.ts"
import { flatTable } from "../../results/export/columns.ts"
import { csv } from "../../results/export/csv.ts"
import { latex } from "../../results/export/latex.ts"
import { markdown } from "../../results/export/markdown.ts"
import { readSamples } from "../../results/sample-store.ts"
import { parseSamples } from "../../results/samples.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { readResults, resultsFileOf } from "../../results/store.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { TEXT } from "./options.ts"
import { print } from "./terminal.ts"

const FORMATS = ["csv", "json", "markdown", "latex"] as const
const TABLES = ["cells", "samples"] as const

export const EXPORT_OPTIONS = {
  format: { ...TEXT, demandOption: true, describe: FORMATS.join(", ") },
  table: { ...TEXT, default: "cells", describe: "cells, or samples: every timed iteration, as csv or json" },
} as const

type ExportOptions = { readonly results: string; readonly format: string; readonly table: string }

/** @returns the exit code */
export function exportResults(options: ExportOptions): number {
  const format = oneOf("--format", options.format, FORMATS)
  const table = oneOf("--table", options.table, TABLES)
  print(table === "cells" ? cells(options.results, format) : samples(options.results, format))
  return EXIT.done
}

type Format = (typeof FORMATS)[number]

function cells(results: string, format: Format): string {
  const document = asUsage(() => toDocument(readResults(results)))
  return WRITERS[format](document)
}

const WRITERS: Readonly<Record<Format, (document: ResultDocument) => string>> = {
  csv: (document) => csv(flatTable(document)),
  json: (document) => lines(printed(document)),
  markdown,
  latex,
}

function samples(results: string, format: Format): string {
  if (format !== "csv" && format !== "json")
    throw new UsageError(`--table samples: as csv or json, not ${format}; it has a row for each iteration`)
  return asUsage(() => {
    const records = readResults(results)
    const text = readSamples(resultsFileOf(results), records)
    return format === "csv" ? text : lines({ run: toDocument(records).run, samples: parseSamples(text) })
  })
}

const lines = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

function oneOf<Name extends string>(option: string, text: string, allowed: readonly Name[]): Name {
  const known = allowed.find((name) => name === text)
  if (known === undefined) throw new UsageError(`${option} "${text}": allowed are ${allowed.join(", ")}`)
  return known
}

/** `complexity`: how costs grow with the group, as claimed and as counted. */
import { growthTable } from "../../charts/render/growth-table.ts"
import { toDocument } from "../../results/document.ts"
import { growthOf } from "../../results/growth.ts"
import { readResults } from "../../results/store.ts"
import { differencesIn } from "../../results/theory.ts"
import { theoryOf } from "../theory/theory.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { print, stdoutColour, terminalWidth } from "./terminal.ts"
import { reportDifferences } from "./verdict.ts"

/** @returns the exit code */
export function complexity({ results, json }: { readonly results: string; readonly json: boolean }): number {
  const document = asUsage(() => toDocument(readResults(results)))
  const { cells, run } = document
  if (cells.length === 0)
    throw new UsageError(`${results}: nothing was counted in it; give the results of run`)
  const theory = theoryOf(run.plan)
  const rows = growthOf(document, theory)
  const report = { sizes: run.plan.sizes, rows, differences: differencesIn(cells, theory) }
  if (json) print(`${JSON.stringify(report, null, 2)}\n`)
  else print(`${growthTable(rows, { color: stdoutColour(), width: terminalWidth() })}\n`)
  return reportDifferences(document) === 0 ? EXIT.done : EXIT.failed
}

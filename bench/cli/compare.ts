/** `compare`: two runs, or the protocols or suites of one; with gates for scripts. */
import { comparisonTable } from "../../charts/render/comparison.ts"
import {
  type Comparison,
  compareProtocols,
  compareRuns,
  compareSuites,
} from "../../results/compare/comparison.ts"
import { named } from "../../results/document.ts"
import { readRun } from "./baselines.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { parseList } from "./options.ts"
import { print, report, stdoutColour, terminalWidth } from "./terminal.ts"

export const COMPARED = ["protocols", "suites"] as const
export const GATES = ["regression", "counts", "noise"] as const
export const DETECT_PERCENT = 10

type Gate = (typeof GATES)[number]

export type CompareOptions = {
  readonly base: string
  readonly head: string | undefined
  readonly between: (typeof COMPARED)[number] | undefined
  readonly reference: string | undefined
  readonly detect: string | undefined
  readonly failOn: string | undefined
  readonly json: boolean
}

/** @returns the exit code */
export function compare(options: CompareOptions): number {
  const gates = gatesOf(options)
  const comparison = comparisonOf(options)
  if (gates.has("counts") && comparison.counts === null)
    throw new UsageError(
      "--fail-on counts: runs of different seeds send different bytes; repeat one with the other's seed",
    )
  if (options.json) print(`${JSON.stringify(printedComparison(comparison), null, 2)}\n`)
  else print(`${comparisonTable(comparison, { color: stdoutColour(), width: terminalWidth() })}\n`)
  return verdictOn(comparison, gates)
}

function comparisonOf(options: CompareOptions): Comparison {
  const { base, head, between = "protocols", reference } = options
  const detect = parseDetect(options.detect)
  if (head !== undefined) {
    if (options.between !== undefined)
      throw new UsageError("--between is for one run; two are compared cell by cell")
    const [before, after] = [readRun(base), readRun(head)]
    return asUsage(() => compareRuns(before, after, detect, reference))
  }
  const run = readRun(base)
  if (between === "protocols") return asUsage(() => compareProtocols(run, detect, reference))
  if (reference !== undefined)
    throw new UsageError(`--reference "${reference}": suites are compared with the first one`)
  return asUsage(() => compareSuites(run, detect))
}

/** @throws UsageError */
function parseDetect(written: string | undefined): number {
  const value = /^\d+(\.\d+)?$/.test(written ?? `${DETECT_PERCENT}`)
    ? Number(written ?? DETECT_PERCENT)
    : Number.NaN
  if (value > 0 && value <= 100) return value / 100
  throw new UsageError(`--detect "${written}": per cent, above 0 and at most 100`)
}

/** @throws UsageError */
function gatesOf({ head, failOn }: CompareOptions): Set<Gate> {
  if (failOn === undefined) return new Set()
  if (head === undefined) throw new UsageError("--fail-on is for two runs: compare <base> <head>")
  const gates = parseList("--fail-on", failOn).map((name) => {
    const gate = GATES.find((known) => known === name)
    if (gate === undefined) throw new UsageError(`--fail-on "${name}": allowed are ${GATES.join(", ")}`)
    return gate
  })
  return new Set(gates)
}

/** A regression weighs more than noise. */
function verdictOn({ rows, counts }: Comparison, gates: ReadonlySet<Gate>): number {
  const slower = rows.filter(({ verdict }) => verdict === "slower").length
  const noisy = rows.filter(({ verdict }) => verdict === "too noisy").length
  const counted = (counts?.differences.length ?? 0) + (counts?.lost.length ?? 0)
  const failures: string[] = []
  if (gates.has("regression") && slower > 0) failures.push(`${slower} times are slower`)
  if (gates.has("counts") && counted > 0) failures.push(`${counted} counts differ`)
  for (const failure of failures) report(failure)
  if (failures.length > 0) return EXIT.regression
  if (!gates.has("noise") || (noisy === 0 && rows.length > 0)) return EXIT.done
  report(rows.length === 0 ? "there are no times to compare" : `${noisy} times are too noisy for a verdict`)
  return EXIT.noisy
}

/** With competitors named as in the document of a run. */
function printedComparison(comparison: Comparison) {
  const { rows, counts } = comparison
  const differences = counts?.differences.map(named)
  return { ...comparison, rows: rows.map(named), counts: counts === null ? null : { ...counts, differences } }
}

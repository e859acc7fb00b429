/** `prices`: what each suite operation costs here, and how far counts × prices are from measured times. */
import { availableParallelism } from "node:os"
import { heldOutTable, priceTable } from "../../charts/render/prices.ts"
import { registry } from "../../protocols/registry.ts"
import { toDocument } from "../../results/document.ts"
import { checkHeldOut, type HeldOut } from "../../results/held-out.ts"
import { foldPrices, listOf, type MeasuredPrices, type PriceBlock } from "../../results/measured-prices.ts"
import type { PriceList } from "../../results/prices.ts"
import type { Cell, ResultRecord, RunHeader } from "../../results/schema.ts"
import { createPool } from "../../workers/pool.ts"
import { pricesInIsolate } from "../../workers/prices.ts"
import { EXIT, UsageError } from "./failure.ts"
import { listenForInterruption } from "./interruption.ts"
import { PLAN_DEFAULTS, planOf } from "./options.ts"
import { writePriceList } from "./price-list.ts"
import { collect, finishedIn, newHeader } from "./run.ts"
import { print, report } from "./terminal.ts"

export type PricesOptions = {
  readonly suite: string | undefined
  readonly blocks: unknown
  readonly check: boolean
  readonly out: string | undefined
  readonly json: boolean
}

/** Isolates for each suite. */
export const PRICE_BLOCKS = 5

type SuiteReport = MeasuredPrices & { readonly list: PriceList; readonly check?: HeldOut }

/** @returns the exit code */
export async function prices(options: PricesOptions): Promise<number> {
  const header = headerOf(options)
  const { signal, release } = listenForInterruption()
  try {
    const measured = await measurePrices(header.plan, signal)
    const cells = options.check ? await timeCells(header, signal) : undefined
    return present(options, header, reportsOf(measured, cells, header))
  } catch (error) {
    if (!signal.aborted) throw error
    report("interrupted")
    return EXIT.interrupted
  } finally {
    release()
  }
}

/** The plan's cells are those of the check: predicted and measured, with the overhead fitted at the first size. */
function headerOf({ suite = "noble,native", blocks, out }: PricesOptions): RunHeader {
  const plan = planOf({ ...CHECKED, suite, blocks: blocks ?? PRICE_BLOCKS })
  if (out !== undefined && plan.suites.length > 1) {
    throw new UsageError(`--out ${out}: a price list is of one suite; add --suite noble or --suite native`)
  }
  return newHeader(plan, PLAN_DEFAULTS.seed)
}

const CHECKED = {
  // What it takes to keep a tree is in no operation of a suite, and another library's
  protocols: registry
    .filter((competitor) => competitor.tree === undefined)
    .map(({ name }) => name)
    .join(),
  channel: undefined,
  tree: undefined,
  sizes: "8,32",
  operations: "message,update,remove,heal",
  budget: undefined,
  seed: undefined,
  payload: undefined,
  period: undefined,
  quick: undefined,
  predict: undefined,
} as const

/** Block by block, so that whatever the machine does meanwhile hits all suites alike. */
async function measurePrices(plan: RunHeader["plan"], signal: AbortSignal): Promise<MeasuredPrices[]> {
  const blocks = new Map(plan.suites.map((suite) => [suite, [] as PriceBlock[]]))
  for (let block = 0; block < plan.blocks; block++) {
    for (const [suite, own] of blocks) own.push(await pricesInIsolate(suite, signal))
  }
  return [...blocks].map(([suite, own]) => foldPrices(suite, own))
}

/** @throws Error when a cell failed */
async function timeCells(header: RunHeader, signal: AbortSignal): Promise<readonly Cell[]> {
  const records: ResultRecord[] = [header]
  const executor = createPool({ threads: availableParallelism() })
  try {
    await collect(
      { run: header, finished: finishedIn([]), executor, signal },
      (found) => void records.push(...found.records),
    )
  } finally {
    await executor.close()
  }
  const { cells, failures } = toDocument(records)
  if (failures.length > 0) throw new Error(`${failures.length} pieces of work failed: ${failures[0]?.reason}`)
  return cells
}

function reportsOf(
  measured: readonly MeasuredPrices[],
  cells: readonly Cell[] | undefined,
  { environment, startedAt }: RunHeader,
): SuiteReport[] {
  return measured.map((each) => {
    const list = listOf(each, environment, startedAt)
    if (cells === undefined) return { ...each, list }
    const own = cells.filter(({ suite }) => suite === each.suite)
    const check = checkHeldOut(own, list)
    return { ...each, list: { ...list, overheadShare: check.overheadShare }, check }
  })
}

function present(
  { out, json }: PricesOptions,
  { tool, environment, startedAt }: RunHeader,
  suites: readonly SuiteReport[],
): number {
  if (json) print(`${JSON.stringify({ tool, environment, startedAt, suites }, null, 2)}\n`)
  else print(`${suites.flatMap(textsOf).join("\n\n")}\n`)
  const [first] = suites
  if (out !== undefined && first !== undefined) writePriceList(out, first.list)
  return EXIT.done
}

const textsOf = ({ check, ...measured }: SuiteReport): string[] => [
  priceTable(measured),
  ...(check === undefined ? [] : [heldOutTable(measured.suite, check)]),
]

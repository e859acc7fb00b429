/**
 * One run beside another. They were not made at the same time: their blocks are no pairs, and the machine may have
 * been faster for one of them. Two ways to tell that from a change of the code.
 *
 * On one machine all cells of a suite were slowed alike by what is of the machine: what they changed by in common, the
 * median over operations of the median over their cells, is taken out; one operation that changed does not move it.
 * Only where there are enough cells of several operations: else the change that is looked for would be taken for the
 * machine's.
 *
 * On two machines each run is first put in relation to a reference protocol, block by block, where both ran side by
 * side. What is compared is how many times the reference's time each protocol took.
 *
 * A family is a suite and measure, with all its cells: the question is whether anything changed.
 */
import type { CellKey, ResultRecord } from "../schema.ts"
import { unpairedLogRatio } from "../stats/log-ratio.ts"
import { locate } from "../stats/median-interval.ts"
import { type CommonChange, type Compared, FEWEST_BLOCKS, families } from "./rows.ts"
import { pairedDifferences, type Series, type SeriesMap, seriesId, seriesIn, type Time } from "./times.ts"
import type { Competitor } from "./within.ts"

const OTHER_RUN = "the other run"

/** Cells and operations from which on what a family changed by together is taken for the machine's. */
const ENOUGH = { cells: 8, operations: 3 }

type Records = readonly ResultRecord[]

/** As measured, less what is common; `common` says how much that was. */
export function onOneMachine(
  base: Records,
  head: Records,
): { readonly compared: readonly Compared[]; readonly common: readonly CommonChange[] } {
  const pairs = pairsOf(seriesIn(base), seriesIn(head), ({ logs }) => [...logs.values()])
  const common = commonChanges(pairs)
  const commonTo = ({ cell, time }: Pair) =>
    common.find(({ suite, measure }) => suite === cell.suite && measure === time)?.ratio ?? 1
  return { compared: pairs.map((pair) => compare(pair, Math.log(commonTo(pair)))), common }
}

/** The reference itself has no row. */
export function throughReference(base: Records, head: Records, reference: Competitor): Compared[] {
  const [baseSeries, headSeries] = [seriesIn(base), seriesIn(head)]
  const relative = (series: Series, all: SeriesMap): number[] => {
    const { logs } = all.get(seriesId({ ...series.cell, ...reference }, series.time)) ?? {}
    return logs === undefined || logs === series.logs ? [] : pairedDifferences(logs, series.logs)
  }
  return pairsOf(baseSeries, headSeries, relative).map((pair) => compare(pair, 0))
}

/** One measure of one cell in both runs: logarithms, one a block. */
type Pair = {
  readonly question: string
  readonly cell: CellKey
  readonly time: Time
  readonly base: readonly number[]
  readonly head: readonly number[]
}

function pairsOf(
  base: SeriesMap,
  head: SeriesMap,
  valuesOf: (series: Series, all: SeriesMap) => readonly number[],
): Pair[] {
  return [...head].flatMap(([id, series]): Pair[] => {
    const other = base.get(id)
    if (other === undefined) return []
    const { cell, time } = series
    const question = `${cell.suite} ${time}`
    const pair = { question, cell, time, base: valuesOf(other, base), head: valuesOf(series, head) }
    return Math.min(pair.base.length, pair.head.length) < FEWEST_BLOCKS ? [] : [pair]
  })
}

function compare({ question, cell, time, base, head }: Pair, common: number): Compared {
  const ratio = unpairedLogRatio(
    base,
    head.map((log) => log - common),
  )
  return { question, cell, time, against: OTHER_RUN, ratio, blocks: [base.length, head.length] }
}

/** One for each suite and measure with enough cells. */
function commonChanges(pairs: readonly Pair[]): CommonChange[] {
  return families(pairs).flatMap((family) => {
    const operations = [...new Set(family.map(({ cell }) => cell.operation))]
    const [first] = family
    if (first === undefined || family.length < ENOUGH.cells || operations.length < ENOUGH.operations)
      return []
    const changes = operations.map((name) => medianOf(family.filter(({ cell }) => cell.operation === name)))
    const ratio = Math.exp(locate(changes).median)
    return [{ suite: first.cell.suite, measure: first.time, ratio }]
  })
}

const medianOf = (pairs: readonly Pair[]): number => locate(pairs.map(changeOf)).median

const changeOf = ({ base, head }: Pair): number => locate(head).median - locate(base).median

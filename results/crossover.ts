/**
 * From which group size one protocol costs less than another, when a group sends so many application messages for each
 * heal: cheap messages can pay for dear heals. Sizes are whole, so an answer flips at a size and not between two.
 */

import type { Curve } from "./curve.ts"
import { claimedCycle, countedCycle, type Study, sizesOf, timedCycles } from "./cycle.ts"
import { messagesIn } from "./exact.ts"
import type { Exact, SuiteName } from "./schema.ts"
import { pairedRatio } from "./stats/paired-ratio.ts"
import type { Growing } from "./theory.ts"

/** As `run` allows. */
const LARGEST_GROUP = 1024

/** Group sizes, both ends included, for which the same of two costs less; null: neither, or it cannot be told. */
export type Stretch = { readonly from: number; readonly to: number; readonly cheaper: string | null }

export type Pair = readonly [one: string, other: string]

export type Crossover = {
  readonly protocols: Pair
  readonly measure: Growing
  /** Of times alone. */
  readonly suite: SuiteName | null
  /** `formulas`: exact at any size. `counts`, `times`: between measured sizes a power of n. */
  readonly basis: "formulas" | "counts" | "times"
  /** Blocks that timed both at all sizes; null for counts. */
  readonly blocks: number | null
  /** Without gaps, for the sizes that formulas or measurements cover. */
  readonly stretches: readonly Stretch[]
  /** Of times, the same by the median of the blocks alone, however far they lie apart; null for counts. */
  readonly medians: readonly Stretch[] | null
  /** Beyond the largest measured size, if the last piece of each curve goes on; nobody measured it. */
  readonly extrapolated: readonly Stretch[]
}

/** How two are compared. */
type Comparison = Pick<Crossover, "suite" | "basis" | "blocks"> & {
  /** Smallest and largest size for which it is more than a guess. */
  readonly range: readonly [number, number]
  readonly cheaperAt: CheaperAt
  readonly medianAt: CheaperAt | null
}
type CheaperAt = (groupSize: number) => string | null

/**
 * One answer for each measure, of times one for each suite in which both were timed; none where fewer than two sizes
 * hold messages and heals of both.
 */
export function crossoversOf(study: Study, pair: Pair, measure: Growing): Crossover[] {
  return comparisonsOf(study, pair, measure).map(({ range: [from, to], cheaperAt, medianAt, ...how }) => ({
    protocols: pair,
    measure,
    ...how,
    stretches: stretchesOf(cheaperAt, from, to),
    medians: medianAt && stretchesOf(medianAt, from, to),
    extrapolated: stretchesOf(cheaperAt, to + 1, LARGEST_GROUP),
  }))
}

/** Group sizes from `from` to `to`, those with the same answer together. */
export function stretchesOf(cheaperAt: CheaperAt, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let size = from; size <= to; size++) {
    const cheaper = cheaperAt(size)
    const last = stretches.at(-1)
    if (last?.cheaper === cheaper) stretches[stretches.length - 1] = { ...last, to: size }
    else stretches.push({ from: size, to: size, cheaper })
  }
  return stretches
}

function comparisonsOf(study: Study, pair: Pair, measure: Growing): Comparison[] {
  switch (measure) {
    case "messages":
      return byFormulas(study, pair) ?? byCounts(study, pair, messagesIn)
    case "bytes":
      return byCounts(study, pair, ({ bytesUploaded }) => bytesUploaded)
    case "cpu":
      return [...new Set(study.blocks.map(({ suite }) => suite))].flatMap((suite) =>
        byTimes(study, pair, suite),
      )
  }
}

function byFormulas(study: Study, [one, other]: Pair): Comparison[] | undefined {
  const [a, b] = [claimedCycle(study, one), claimedCycle(study, other)]
  if (a === undefined || b === undefined) return undefined
  const cheaperAt = (n: number) => lower([one, a.curve(n)], [other, b.curve(n)])
  const range = [Math.max(a.from, b.from), LARGEST_GROUP] as const
  return [{ suite: null, basis: "formulas", blocks: null, range, cheaperAt, medianAt: null }]
}

function byCounts(study: Study, [one, other]: Pair, countOf: (exact: Exact) => number): Comparison[] {
  const sizes = commonSizes(study, [one, other])
  if (sizes.length < ENOUGH_SIZES) return []
  const [a, b] = [countedCycle(study, one, sizes, countOf), countedCycle(study, other, sizes, countOf)]
  const cheaperAt = (n: number) => lower([one, a(n)], [other, b(n)])
  return [{ suite: null, basis: "counts", blocks: null, range: endsOf(sizes), cheaperAt, medianAt: null }]
}

type Cost = readonly [protocol: string, cost: number]

const lower = (a: Cost, b: Cost): string | null => (a[1] === b[1] ? null : a[1] < b[1] ? a[0] : b[0])

/** Who is cheaper in 95 %, by the ratio (other over one) within blocks. */
function byTimes(study: Study, [one, other]: Pair, suite: SuiteName): Comparison[] {
  const sizes = commonSizes(study, [one, other])
  if (sizes.length < ENOUGH_SIZES) return []
  const [a, b] = [timedCycles(study, one, sizes, suite), timedCycles(study, other, sizes, suite)]
  const blocks = [...a.keys()].filter((block) => b.has(block)).length
  if (blocks === 0) return []
  const ratioAt = (n: number) => pairedRatio(at(a, n), at(b, n))
  const cheaperAt = (n: number) => {
    const { low, high } = ratioAt(n)
    return low > 1 ? one : high < 1 ? other : null
  }
  const medianAt = (n: number) => lower([other, ratioAt(n).median], [one, 1])
  return [{ suite, basis: "times", blocks, range: endsOf(sizes), cheaperAt, medianAt }]
}

const at = (curves: ReadonlyMap<number, Curve>, groupSize: number): Map<number, number> =>
  new Map([...curves].map(([block, curve]) => [block, curve(groupSize)]))

/** A curve has two ends. */
const ENOUGH_SIZES = 2

function commonSizes(study: Study, [one, other]: Pair): number[] {
  const others = new Set(sizesOf(study, other))
  return sizesOf(study, one).filter((size) => others.has(size))
}

const endsOf = (sizes: readonly number[]): [number, number] => [sizes[0] as number, sizes.at(-1) as number]

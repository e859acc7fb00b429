/** The rows of a comparison: one measure of one cell, beside what it is compared with. */
import type { CellKey, Sampled, SuiteName } from "../schema.ts"
import type { LogRatio } from "../stats/log-ratio.ts"
import type { NoiseFloor } from "./floor.ts"
import type { Time } from "./times.ts"
import { type Judgement, judge } from "./verdict.ts"

export type Row = CellKey &
  Judgement & {
    readonly measure: Time
    /** What the cell is compared with: a protocol, a suite, or the other run. */
    readonly against: string
    /** How many times its time is that of the other, with its 95 % interval. */
    readonly ratio: Sampled
    readonly p: number
    readonly blocks: readonly [base: number, head: number]
  }

/** Of fewer blocks there is no interval, and no row. */
export const FEWEST_BLOCKS = 2

/** What is to become a row. */
export type Compared = {
  /** Names the family that it is judged in: rows that answer one question. */
  readonly question: string
  readonly cell: CellKey
  readonly time: Time
  readonly against: string
  readonly ratio: LogRatio
  readonly blocks: readonly [base: number, head: number]
}

type Criteria = {
  /** One for each suite and measure. */
  readonly floors: readonly NoiseFloor[]
  /** The smallest change that matters, as a share. */
  readonly detect: number
  /** Already taken out of the ratios. */
  readonly common: readonly CommonChange[]
}

/** What the cells of a suite changed by together, by one measure. */
export type CommonChange = { readonly suite: SuiteName; readonly measure: Time; readonly ratio: number }

/** Each family judged by itself; the order stays. */
export function rowsOf(compared: readonly Compared[], { floors, detect, common }: Criteria): Row[] {
  const judgements = new Map<Compared, Judgement>()
  for (const family of families(compared)) {
    const judged = family.map((each) => ({
      ratio: each.ratio,
      floor: Math.log1p(own(each, floors)?.floor ?? 0),
      common: Math.log(own(each, common)?.ratio ?? 1),
    }))
    for (const [index, judgement] of judge(judged, Math.log1p(detect)).entries())
      judgements.set(family[index] as Compared, judgement)
  }
  return compared.map((each) => rowOf(each, judgements.get(each) as Judgement))
}

/** By their questions. */
export function families<T extends { readonly question: string }>(all: readonly T[]): T[][] {
  const byQuestion = new Map<string, T[]>()
  for (const each of all) byQuestion.set(each.question, [...(byQuestion.get(each.question) ?? []), each])
  return [...byQuestion.values()]
}

const own = <T extends Omit<CommonChange, "ratio">>(
  { cell, time }: Compared,
  all: readonly T[],
): T | undefined => all.find(({ suite, measure }) => suite === cell.suite && measure === time)

function rowOf({ cell, time, against, ratio, blocks }: Compared, judgement: Judgement): Row {
  const { median, low, high, p } = ratio
  const ratios = { median: Math.exp(median), low: Math.exp(low), high: Math.exp(high) }
  return { ...cell, measure: time, against, ratio: ratios, p, ...judgement, blocks }
}

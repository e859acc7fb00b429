/** How costs grow with the group: what is claimed, whether the formulas hold, and which curve the counts follow. */
import { messagesIn } from "./exact.ts"
import { type Cell, OPERATIONS, type SuiteName } from "./schema.ts"
import { type ComplexityClass, fitComplexity, fitPower, type Point } from "./stats/complexity.ts"
import {
  type Claimant,
  type ClaimedCount,
  differencesIn,
  GROWING,
  type Growing,
  type Theory,
} from "./theory.ts"

export type GrowthRow = Claimant & {
  readonly measure: Growing
  /** Null where nothing is claimed. */
  readonly claimed: ComplexityClass | null
  /** For messages, deliveries and rounds, or for public-key calls; without those of 0. */
  readonly formulas: readonly Pick<ClaimedCount, "measure" | "formula">[]
  /** `unclaimed`: there is no formula, as for all bytes. */
  readonly counts: "as-claimed" | "different" | "unclaimed"
  /** How many sizes were counted. */
  readonly sizes: number
  /** Through messages, bytes, or all calls of the group; null below 3 sizes. */
  readonly fit: GrowthFit | null
  /** Power of n of the group's times, in each suite that was timed at 3 sizes or more; in rows of `cpu` alone. */
  readonly times: readonly { readonly suite: SuiteName; readonly exponent: number }[]
}

export type GrowthFit = {
  readonly class: ComplexityClass
  readonly runnerUp: ComplexityClass
  readonly verdict: "decided" | "undecided"
  /** Null where a count is 0. */
  readonly exponent: number | null
}

export const ENOUGH_SIZES = 3

/** Three rows for each protocol and operation, in the order of the cells. */
export function growthOf(cells: readonly Cell[], theory: Theory): GrowthRow[] {
  return OPERATIONS.flatMap((operation) => {
    const own = cells.filter((cell) => cell.operation === operation)
    return [...new Set(own.map(({ protocol }) => protocol))].flatMap((protocol) =>
      rowsOf(
        own.filter((cell) => cell.protocol === protocol),
        theory,
      ),
    )
  })
}

/** @param cells - of one protocol and operation */
function rowsOf(cells: readonly Cell[], theory: Theory): GrowthRow[] {
  const [first] = cells
  if (first === undefined) return []
  const { protocol, channel, operation, suite } = first
  const cost = theory(first)
  const once = cells.filter((cell) => cell.suite === suite) // counts are the same under every suite
  const differences = differencesIn(once, theory).map(({ measure }) => measure)
  return GROWING.map((measure) => {
    const claims = cost?.counts.filter((count) => count.of === measure) ?? []
    const isBroken = claims.some((claim) => differences.includes(claim.measure))
    return {
      ...{ protocol, channel, operation, measure },
      claimed: cost?.growth[measure] ?? null,
      formulas: claims.filter(({ formula }) => formula !== "0").map(named),
      counts: claims.length === 0 ? "unclaimed" : isBroken ? "different" : "as-claimed",
      sizes: once.length,
      fit: fitOf(once.map((cell) => ({ x: cell.groupSize, y: countOf(cell, measure) }))),
      times: measure === "cpu" ? timesOf(cells) : [],
    }
  })
}

const named = ({ measure, formula }: ClaimedCount) => ({ measure, formula })

function countOf({ exact }: Cell, measure: Growing): number {
  const { bytesUploaded, primitives } = exact
  const calls = Object.values(primitives.group).reduce((sum, count) => sum + count, 0)
  return { messages: messagesIn(exact), bytes: bytesUploaded, cpu: calls }[measure]
}

function fitOf(points: readonly Point[]): GrowthFit | null {
  if (points.length < ENOUGH_SIZES) return null
  const { best, runnerUp, verdict } = fitComplexity(points)
  const exponent = fitPower(points)?.exponent ?? null
  return { class: best.class, runnerUp: runnerUp.class, verdict, exponent }
}

function timesOf(cells: readonly Cell[]): GrowthRow["times"] {
  return [...new Set(cells.map(({ suite }) => suite))].flatMap((suite) => {
    const timed = cells.filter((cell) => cell.suite === suite && cell.sampled !== null)
    const power = fitPower(
      timed.map(({ groupSize, sampled }) => ({ x: groupSize, y: sampled?.groupNs.median ?? 0 })),
    )
    return power === undefined ? [] : [{ suite, exponent: power.exponent }]
  })
}

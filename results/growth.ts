/** How costs grow with the group: what is claimed, whether the formulas hold, and which curve the counts follow. */
import { messagesIn } from "./exact.ts"
import { type Cell, OPERATIONS, type ResultDocument, type Sampled, type SuiteName } from "./schema.ts"
import { type ComplexityClass, fitComplexity } from "./stats/complexity.ts"
import { fitPower, type Point, type PowerFit } from "./stats/power.ts"
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
  readonly times: readonly { readonly suite: SuiteName; readonly exponent: Sampled }[]
}

export type GrowthFit = {
  readonly class: ComplexityClass
  readonly runnerUp: ComplexityClass
  readonly verdict: "decided" | "undecided"
  /** Null where a count is 0. */
  readonly power: Pick<PowerFit, "exponent" | "between"> | null
}

export const ENOUGH_SIZES = 3

type Grown = Pick<ResultDocument, "cells" | "timeExponents">

/** Three rows for each protocol and operation, in the order of the cells. */
export function growthOf({ cells, timeExponents }: Grown, theory: Theory): GrowthRow[] {
  return OPERATIONS.flatMap((operation) => {
    const protocols = new Set(
      cells.filter((cell) => cell.operation === operation).map(({ protocol }) => protocol),
    )
    return [...protocols].flatMap((protocol) => {
      const isOwn = (of: Claimant): boolean => of.operation === operation && of.protocol === protocol
      return rowsOf({ cells: cells.filter(isOwn), timeExponents: timeExponents.filter(isOwn) }, theory)
    })
  })
}

/** @param grown - of one protocol and operation */
function rowsOf({ cells, timeExponents }: Grown, theory: Theory): GrowthRow[] {
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
      times: measure === "cpu" ? timeExponents.map(({ suite, exponent }) => ({ suite, exponent })) : [],
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
  const { exponent, between } = fitPower(points) ?? {}
  const power = exponent === undefined || between === undefined ? null : { exponent, between }
  return { class: best.class, runnerUp: runnerUp.class, verdict, power }
}

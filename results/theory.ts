/**
 * What protocols claim about their costs, laid beside what was counted. The claims come from whoever knows the
 * protocols; here they are formulas that compute.
 */
import { messagesIn } from "./exact.ts"
import type { Cell, CellKey, Exact } from "./schema.ts"
import type { ComplexityClass } from "./stats/complexity.ts"

/** What messages uploaded are made of (`messagesIn`). */
export const MESSAGE_COUNTS = ["twoParty", "inBroadcasts", "broadcasts", "welcomes"] as const

/** What is said to grow: messages and bytes uploaded, and the work of the whole group. */
export const GROWING = ["messages", "bytes", "cpu"] as const
export type Growing = (typeof GROWING)[number]

export type ClaimedCount = {
  /** Where the count stands in `exact`: `twoParty`, `primitives.group.dh`. */
  readonly measure: string
  /** Of what it is a part, or evidence. */
  readonly of: Growing
  /** As the protocol wrote it. */
  readonly formula: string
  readonly at: (groupSize: number) => number
}

export type ClaimedCost = {
  /** The smallest group for which the formulas hold. */
  readonly from: number
  readonly counts: readonly ClaimedCount[]
  readonly growth: Readonly<Record<Growing, ComplexityClass>>
}

export type Claimant = Pick<CellKey, "protocol" | "channel" | "operation">
type Counted = Claimant & Pick<Cell, "groupSize" | "exact">

/** The claims of a protocol about an operation; undefined where it makes none. */
export type Theory = (claimant: Claimant) => ClaimedCost | undefined

/** A count that is not what its formula says. */
export type Difference = Claimant & {
  readonly groupSize: number
  readonly measure: string
  readonly formula: string
  readonly claimed: number
  readonly counted: number
}

/** Counts are the same under every suite, so each difference is said once. */
export function differencesIn(cells: readonly Counted[], theory: Theory): Difference[] {
  const found = cells.flatMap((cell) => differencesOf(cell, theory(cell)))
  return [...new Map(found.map((difference) => [JSON.stringify(difference), difference])).values()]
}

function differencesOf(cell: Counted, cost: ClaimedCost | undefined): Difference[] {
  const { protocol, channel, operation, groupSize, exact } = cell
  if (cost === undefined || groupSize < cost.from) return []
  return cost.counts.flatMap(({ measure, formula, at }) => {
    const [claimed, counted] = [at(groupSize), countIn(exact, measure)]
    const difference = { protocol, channel, operation, groupSize, measure, formula, claimed, counted }
    return claimed === counted ? [] : [difference]
  })
}

/** A call that nobody made may be missing among the primitives. */
function countIn(exact: Exact, measure: string): number {
  const found = measure.split(".").reduce<unknown>((at, name) => Object(at)[name], exact)
  return typeof found === "number" ? found : 0
}

/** Messages uploaded by an operation in a group of that size. */
export function claimedMessages({ counts }: ClaimedCost, groupSize: number): number {
  const at = (name: (typeof MESSAGE_COUNTS)[number]) =>
    counts.find(({ measure }) => measure === name)?.at(groupSize) ?? 0
  return messagesIn({
    twoParty: at("twoParty"),
    inBroadcasts: at("inBroadcasts"),
    broadcasts: at("broadcasts"),
    welcomes: at("welcomes"),
  })
}

/**
 * What a protocol claims that its operations cost, by the size of the group: formulas for all that is counted, a class
 * for what only grows. Data: a formula computes and prints as it is written, and a run holds every count against it.
 */

type Square = "n²" | `${number}n²`
type Linear = "n" | `${number}n`
type Constant = `${number}`
type Sum<Left extends string, Right extends string> = `${Left} + ${Right}` | `${Left} − ${Right}`

/** A count in a group of n: `n² + 2n − 3`, higher powers first, with a minus as in print (U+2212). */
export type Formula =
  | Square
  | Linear
  | Constant
  | Sum<Square, Linear | Constant>
  | Sum<Linear, Constant>
  | Sum<Sum<Square, Linear>, Constant>

/** How a cost grows with n, up to a factor and what it starts from. */
export type Growth = "1" | "log n" | "n" | "n log n" | "n²"

/** The calls of a suite that are worth a formula: the others are cheaper by a factor of ten or more. */
export const PUBLIC_KEY_CALLS = [
  "keyPair",
  "dh",
  "sign",
  "verify",
  "publicKey",
  "edKeyPair",
  "edSign",
  "edVerify",
] as const
type Calls = { readonly [call in (typeof PUBLIC_KEY_CALLS)[number]]?: Formula }

/** Whose calls: all members' together, the initiator's, and those of the recipient that makes most. */
export const CALLERS = ["group", "initiator", "recipientMax"] as const

/** What an operation does to a group of n devices before it. A count that is not named is 0. */
export type Cost = {
  /** The smallest group for which the formulas hold; absent: they hold from 2. */
  readonly from?: number
  readonly twoParty?: Formula
  /** Of `twoParty`, those that travel inside a broadcast. */
  readonly inBroadcasts?: Formula
  readonly broadcasts?: Formula
  readonly welcomes?: Formula
  readonly deliveries?: Formula
  readonly rounds?: Formula
  /** Absent where no formula in n alone is known, as for a tree whose shape counts. */
  readonly calls?: { readonly [caller in (typeof CALLERS)[number]]: Calls }
  readonly growth: {
    /** Of the bytes uploaded. */
    readonly bytes: Growth
    /** Of the suite operations that all members together call, of any kind. */
    readonly work: Growth
  }
}

/** One cost for each operation. */
export type Costs = {
  readonly [operation in "create" | "message" | "add" | "remove" | "update" | "heal"]: Cost
} & {
  /** Where sessions can be left behind. */
  readonly "heal-fresh"?: Cost
}

/** By the name of the channel. */
export type CostsByChannel = { readonly [channel in string]?: Costs }

/** @returns the count in a group of `n` */
export function valueAt(formula: Formula, n: number): number {
  const terms = formula.replaceAll(/([+−]) /g, "$1").split(" ")
  return terms.reduce((sum, term) => sum + termAt(term, n), 0)
}

/** @param term - `n²`, `+2n`, `−3` */
function termAt(term: string, n: number): number {
  const [, sign, digits, power] = /^([+−]?)([\d.]*)(n²|n|)$/.exec(term) ?? []
  const coefficient = Number(digits || 1) * (sign === "−" ? -1 : 1)
  return coefficient * (power === "n²" ? n * n : power === "n" ? n : 1)
}

/** The class of a count: that of its highest power. */
export function growthOf(formula: Formula): Growth {
  if (formula.includes("n²")) return "n²"
  return formula.includes("n") ? "n" : "1"
}

/** What each measure is called, its base unit, which way is better, and how it is written for people. */
import type { Cell, Exact, Sampled } from "./schema.ts"
import type { PowerFit } from "./stats/power.ts"

export type Unit = "count" | "bytes" | "ns" | "perSecond" | "share"

export type Measure<Name extends string = string> = {
  /** As in the records and in the document. */
  readonly name: Name
  readonly title: string
  readonly unit: Unit
  readonly better: "lower" | "higher"
  /** An exact measure is compared for equality; statistics are for sampled ones alone. */
  readonly assume: "exact" | "sampled"
}

export type ExactName = Exclude<keyof Exact, "transcript" | "primitives" | "primitiveBytes">
export type SampledName = keyof NonNullable<Cell["sampled"]>

const exact = (name: ExactName, title: string, unit: Unit): Measure<ExactName> => {
  return { name, title, unit, better: "lower", assume: "exact" }
}

const time = (name: SampledName, title: string): Measure<SampledName> => {
  return { name, title, unit: "ns", better: "lower", assume: "sampled" }
}

export const EXACT_MEASURES: readonly Measure<ExactName>[] = [
  exact("twoParty", "two-party ciphertexts", "count"),
  exact("inBroadcasts", "of them inside broadcasts", "count"),
  exact("broadcasts", "broadcasts", "count"),
  exact("welcomes", "welcomes", "count"),
  exact("deliveries", "deliveries", "count"),
  exact("rounds", "rounds", "count"),
  exact("renewedSecrets", "members whose secret is renewed", "count"),
  exact("bytesUploaded", "bytes uploaded", "bytes"),
  exact("bytesDelivered", "bytes delivered", "bytes"),
  exact("bytesDeliveredUnsplit", "bytes delivered, broadcasts unsplit", "bytes"),
  exact("bytesUploadedByInitiator", "bytes uploaded by the initiator", "bytes"),
  exact("notices", "membership notices", "count"),
  exact("prekeyBundles", "prekey bundles fetched", "count"),
  exact("prekeyBundleBytes", "bytes of prekey bundles", "bytes"),
  exact("stateBytesMax", "state of the largest member", "bytes"),
  exact("stateBytesMean", "state of a member, mean", "bytes"),
]

export const SAMPLED_MEASURES: readonly Measure<SampledName>[] = [
  time("initiatorNs", "initiator's time"),
  time("recipientNs", "one recipient's time, mean"),
  time("newcomerNs", "the newcomer's time"),
  time("groupNs", "whole group's time on one core"),
  {
    name: "messagesPerSecond",
    title: "messages a second on one core",
    unit: "perSecond",
    better: "higher",
    assume: "sampled",
  },
  {
    name: "efficiency",
    title: "cryptography's share of the whole group's time",
    unit: "share",
    better: "higher",
    assume: "sampled",
  },
]

export const MEASURES: readonly Measure<ExactName | SampledName>[] = [...EXACT_MEASURES, ...SAMPLED_MEASURES]

type Step = { readonly size: number; readonly name: string }
const TIMES = [
  { size: 1, name: "ns" },
  { size: 1e3, name: "µs" },
  { size: 1e6, name: "ms" },
  { size: 1e9, name: "s" },
] as const
const BYTES = [
  { size: 1, name: "B" },
  { size: 1e3, name: "kB" },
  { size: 1e6, name: "MB" },
  { size: 1e9, name: "GB" },
] as const

const DIGITS = 3
const NOTHING = "–"
const thousands = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 })

/** Nanoseconds in 3 significant digits: `417 ns`, `1.50 µs`, `20.0 ms`, `3.00 s`. */
export function formatNs(ns: number): string {
  return Number.isFinite(ns) ? scaled(ns, TIMES) : NOTHING
}

/** Whole bytes below 1 kB, then 3 significant digits in decimal units: `999 B`, `1.50 kB`, `2.00 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NOTHING
  return Math.round(bytes) < 1000 ? `${Math.round(bytes)} B` : scaled(bytes, BYTES)
}

/** With commas between thousands, and at most 2 decimals where it is a mean. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? thousands.format(count) : NOTHING
}

/** A number a second in 3 significant digits: `12,300/s`, `4.56/s`. */
export function formatRate(perSecond: number): string {
  return Number.isFinite(perSecond) ? `${significant(perSecond)}/s` : NOTHING
}

/** A share of 1 with 2 decimals: `0.87`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? share.toFixed(2) : NOTHING
}

/** The interval in the unit `formatNs` gives the median: `[1.42, 1.61]`; empty where it has no width. */
export function formatNsInterval({ median, low, high }: Sampled): string {
  const { size } = stepFor(median, TIMES)
  return low === high ? "" : `[${significant(low / size)}, ${significant(high / size)}]`
}

/** The interval beside `formatRate`: `[12,100, 12,400]`; empty where it has no width. */
export function formatRateInterval({ low, high }: Sampled): string {
  return low === high ? "" : `[${significant(low)}, ${significant(high)}]`
}

/** The interval beside `formatShare`: `[0.85, 0.88]`; empty where it has no width. */
export function formatShareInterval({ low, high }: Sampled): string {
  return low === high ? "" : `[${formatShare(low)}, ${formatShare(high)}]`
}

function scaled(value: number, steps: readonly [Step, ...Step[]]): string {
  const { size, name } = stepFor(value, steps)
  return `${significant(value / size)} ${name}`
}

/** The largest step that leaves at least 1 in front of the point after rounding: 999.6 ns is 1.00 µs. */
function stepFor(value: number, steps: readonly [Step, ...Step[]]): Step {
  return steps.findLast(({ size }) => Number((value / size).toPrecision(DIGITS)) >= 1) ?? steps[0]
}

function significant(value: number): string {
  if (value === 0) return "0"
  const rounded = Number(value.toPrecision(DIGITS))
  return rounded >= 0.001 && rounded < 1000 ? value.toPrecision(DIGITS) : formatCount(rounded)
}

/** n to the fitted power, and in brackets the least and the greatest power between two neighbouring sizes. */
export function formatPower({
  exponent,
  between: { low, high },
}: Pick<PowerFit, "exponent" | "between">): string {
  const [least, greatest] = [low.toFixed(2), high.toFixed(2)]
  return least === greatest ? power(exponent) : `${power(exponent)} (${least} to ${greatest})`
}

/** n to a power that was measured, with its interval over blocks; one block gives none. */
export function formatExponent({ median, low, high }: Sampled): string {
  return low === high ? power(median) : `${power(median)} [${low.toFixed(2)}, ${high.toFixed(2)}]`
}

const power = (exponent: number): string => `n^${exponent.toFixed(2)}`

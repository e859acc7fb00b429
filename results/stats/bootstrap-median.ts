/**
 * The bootstrap of a median without drawing: the exact distribution of the median of values picked at random, with
 * replacement, from those that were seen.
 *
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979), section 3, for
 * an odd number of picks; for an even number the mean of the two in the middle follows in the same way.
 */

/** What the median of a resample may be, from the smallest on, and how likely that is. */
export type Distribution = readonly { readonly value: number; readonly probability: number }[]

export type Interval = { readonly low: number; readonly high: number }

/**
 * @param values - those that were seen: one or more, all finite
 * @param picks - the size of a resample
 */
export function bootstrapMedian(values: readonly number[], picks = values.length): Distribution {
  const sorted = values.toSorted((a, b) => a - b)
  const medians = picks % 2 === 1 ? oddMedians(sorted, picks) : evenMedians(sorted, picks)
  return medians.sort((a, b) => a.value - b.value)
}

const LEFT_OUT = 0.025

/** The narrowest interval that leaves out at most 2.5 % of the distribution on each side. */
export function percentileInterval(distribution: Distribution): {
  readonly low: number
  readonly high: number
} {
  return { low: innermost(distribution), high: innermost(distribution.toReversed()) }
}

const STEPS = Array.from({ length: 50 }, (_, step) => (step + 0.5) / 50)

/** The same interval for `b` less `a`, drawn apart: each as fifty values that are equally likely. */
export function differenceInterval(a: Distribution, b: Distribution): Interval {
  const [lower, upper] = [a, b].map((medians) => STEPS.map((share) => quantile(medians, share))) as [
    number[],
    number[],
  ]
  const differences = Float64Array.from(upper.flatMap((y) => lower.map((x) => y - x))).sort()
  const leftOut = Math.floor(LEFT_OUT * differences.length)
  return { low: differences.at(leftOut) as number, high: differences.at(-1 - leftOut) as number }
}

/** `share` of the distribution is at this value or below it. */
export function quantile(distribution: Distribution, share: number): number {
  let total = 0
  for (const { value, probability } of distribution) {
    total += probability
    if (total >= share) return value
  }
  return (distribution.at(-1) as Distribution[number]).value
}

function innermost(fromOutside: Distribution): number {
  let [innermost, total] = [(fromOutside[0] as Distribution[number]).value, 0]
  for (const { value, probability } of fromOutside) {
    total += probability
    if (total > LEFT_OUT) break
    innermost = value
  }
  return innermost
}

type Medians = { value: number; probability: number }[]

/** The median is at most the i-th value where more than half of the picks are. */
function oddMedians(sorted: readonly number[], picks: number): Medians {
  const upTo = sorted.map((_, index) => atLeast((picks + 1) / 2, picks, (index + 1) / sorted.length))
  return sorted.map((value, index) => ({
    value,
    probability: (upTo[index] as number) - (upTo[index - 1] ?? 0),
  }))
}

/** Half of the picks end at the i-th value, and the other half begin at the j-th; what is left is both at the i-th. */
function evenMedians(sorted: readonly number[], picks: number): Medians {
  const [n, half] = [sorted.length, picks / 2]
  const endsAt = (i: number): number => ((i + 1) / n) ** half - (i / n) ** half
  const beginsAt = (j: number): number => endsAt(n - 1 - j)
  const splits = Math.exp(logChoose(picks, half))
  const upTo = sorted.map((_, i) => atLeast(half, picks, (i + 1) / n))
  return sorted.flatMap((lower, i) => {
    const apart = sorted.slice(i + 1).map((upper, k) => ({
      value: (lower + upper) / 2,
      probability: splits * endsAt(i) * beginsAt(i + 1 + k),
    }))
    const others = apart.reduce((total, { probability }) => total + probability, 0)
    const both = Math.max(0, (upTo[i] as number) - (upTo[i - 1] ?? 0) - others)
    return [{ value: lower, probability: both }, ...apart]
  })
}

/** P(X ≥ k) of a binomial X of n trials, each a success with probability p. */
function atLeast(k: number, n: number, p: number): number {
  if (p === 1) return 1
  let [total, logProbability] = [0, n * Math.log1p(-p)]
  for (let successes = 0; successes <= n; successes++) {
    if (successes >= k) total += Math.exp(logProbability)
    logProbability += Math.log(((n - successes) / (successes + 1)) * (p / (1 - p)))
  }
  return total
}

/** ln of the number of ways to choose k of n. */
function logChoose(n: number, k: number): number {
  let logarithm = 0
  for (let i = 1; i <= k; i++) logarithm += Math.log((n - k + i) / i)
  return logarithm
}

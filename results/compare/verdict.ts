/** From a ratio to a verdict: is there a difference, is there none that matters, or can nobody tell? */
import { holm } from "../stats/holm.ts"
import type { LogRatio } from "../stats/log-ratio.ts"

export type Verdict = "faster" | "slower" | "same" | "too noisy"

/** Why it is too noisy, the first that holds. */
export type Obstacle =
  /** Even blocks that all agree would not be significant among so many comparisons. */
  | "too few blocks"
  /** All cells moved together by more than is to be detected: the machine, or the code of all of them. */
  | "common change"
  /** What does not differ at all was apart by more than is to be detected. */
  | "noise floor"
  /** The interval reaches beyond what is to be detected. */
  | "wide interval"

/** A ratio, and what it has to exceed. All are logarithms. */
export type Judged = {
  readonly ratio: LogRatio
  /** How far two times of one thing were apart in the same session. */
  readonly floor: number
  /** Already taken out of `ratio`. */
  readonly common: number
}

export type Judgement = {
  /** Holm's, over the family. */
  readonly adjustedP: number
  readonly verdict: Verdict
  /** Where the verdict is `too noisy`. */
  readonly obstacle: Obstacle | null
}

const SIGNIFICANT = 0.05

/**
 * Judge a family: comparisons that answer one question, so that 5 % is the chance of even one false finding in it.
 *
 * A difference has to be significant, to have an interval without 1, and to be larger than the floor. Without one,
 * `same` needs an interval that stays within what is to be detected.
 *
 * @param detect - ln of the smallest ratio that matters
 */
export function judge(family: readonly Judged[], detect: number): Judgement[] {
  const adjusted = holm(family.map(({ ratio }) => ratio.p))
  return family.map((judged, index) => {
    const adjustedP = adjusted[index] as number
    if (adjustedP < SIGNIFICANT && exceedsFloor(judged))
      return { adjustedP, verdict: judged.ratio.median > 0 ? "slower" : "faster", obstacle: null }
    const obstacle = obstacleTo(judged, detect, family.length)
    return { adjustedP, verdict: obstacle === null ? "same" : "too noisy", obstacle }
  })
}

function exceedsFloor({ ratio: { median, low, high }, floor }: Judged): boolean {
  return (low > 0 || high < 0) && Math.abs(median) > floor
}

function obstacleTo(judged: Judged, detect: number, comparisons: number): Obstacle | null {
  const { ratio, floor, common } = judged
  const isUndecidable = ratio.smallestP * comparisons >= SIGNIFICANT
  if (isUndecidable && exceedsFloor(judged)) return "too few blocks"
  if (Math.abs(common) > detect) return "common change"
  if (floor > detect) return "noise floor"
  if (Math.max(Math.abs(ratio.low), Math.abs(ratio.high)) <= detect) return null
  return isUndecidable ? "too few blocks" : "wide interval"
}

/**
 * The fewest blocks of each with which a family of so many could find something.
 *
 * @param smallestP - by number of blocks
 */
export function blocksNeeded(comparisons: number, smallestP: (blocks: number) => number): number {
  let blocks = 2
  while (smallestP(blocks) * comparisons >= SIGNIFICANT) blocks += 1
  return blocks
}

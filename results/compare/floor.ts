/**
 * The noise floor of a session: how far apart two times of one thing are, though they were taken as two competitors
 * are. A difference below it says nothing.
 */
import { type ResultRecord, SUITES, type SuiteName } from "../schema.ts"
import { bootstrapMedian, quantile } from "../stats/bootstrap-median.ts"
import { pairedDifferences, seriesId, seriesIn, TIMES, type Time, twinSeriesIn } from "./times.ts"

export type NoiseFloor = {
  readonly suite: SuiteName
  readonly measure: Time
  /** As a share: 0.02 is 2 %. */
  readonly floor: number
  /** Pairs of times that it rests on; 0 where the run has no twins and the floor is assumed. */
  readonly pairs: number
}

/** Even without noise a build that differs somewhere else moves code in memory, and times with it. */
const LEAST = 0.01
/** For runs from before there were twins. */
const ASSUMED = 0.05
const CONFIDENCE = 0.95

/** The larger one of each suite and measure that a run timed. */
export function noiseFloors(...runs: readonly (readonly ResultRecord[])[]): NoiseFloor[] {
  const largest = new Map<string, NoiseFloor>()
  for (const each of runs.flatMap(floorsIn)) {
    const name = `${each.suite} ${each.measure}`
    if (each.floor > (largest.get(name)?.floor ?? 0)) largest.set(name, each)
  }
  return [...largest.values()]
}

/**
 * For each suite and measure that was timed: what 95 % of medians stay below, taken over as many blocks as the run has
 * from all ln(twin ÷ cell) of that suite and measure.
 */
function floorsIn(records: readonly ResultRecord[]): NoiseFloor[] {
  const [cells, twins] = [seriesIn(records), twinSeriesIn(records)]
  const blocks = new Set([...cells.values()].flatMap(({ logs }) => [...logs.keys()])).size
  const isTimed = (suite: SuiteName, measure: Time) =>
    [...cells.values()].some(({ cell, time }) => cell.suite === suite && time === measure)
  return SUITES.flatMap((suite) =>
    TIMES.filter((measure) => isTimed(suite, measure)).map((measure) => {
      const own = [...twins.values()].filter(({ cell, time }) => cell.suite === suite && time === measure)
      const apart = own.flatMap(({ cell, time, logs }) =>
        pairedDifferences(cells.get(seriesId(cell, time))?.logs ?? new Map(), logs),
      )
      return { suite, measure, floor: floorOf(apart, blocks), pairs: apart.length }
    }),
  )
}

function floorOf(apart: readonly number[], blocks: number): number {
  if (apart.length === 0) return ASSUMED
  const distances = bootstrapMedian(apart, blocks)
    .map(({ value, probability }) => ({ value: Math.abs(value), probability }))
    .sort((a, b) => a.value - b.value)
  return Math.max(LEAST, Math.expm1(quantile(distances, CONFIDENCE)))
}

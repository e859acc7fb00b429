/** What the clock can see, and how far repetitions of the same work lie apart here. */
import type { Clock } from "../meter/clock.ts"
import { median } from "../run/median.ts"

const READINGS = 10_000

/** The smallest step that the clock was seen to make, in nanoseconds; infinite where it stands still. */
export function resolutionNs(clock: Clock): number {
  let [smallest, last] = [Number.POSITIVE_INFINITY, clock()]
  for (let reading = 0; reading < READINGS; reading++) {
    const now = clock()
    if (now > last) smallest = Math.min(smallest, now - last)
    last = now
  }
  return smallest
}

export const NOISE_BLOCKS = 20
const BLOCK_NS = 20e6

/** (Slowest − fastest) ÷ median of the blocks' times; a block's time is the median over what it repeats, as in a run. */
export function noiseShare(clock: Clock, work: () => void): number {
  blockNs(clock, work) // compiles the work
  const blocks = Array.from({ length: NOISE_BLOCKS }, () => blockNs(clock, work))
  return (Math.max(...blocks) - Math.min(...blocks)) / median(blocks)
}

function blockNs(clock: Clock, work: () => void): number {
  const [times, end] = [[] as number[], clock() + BLOCK_NS]
  do {
    const start = clock()
    work()
    times.push(clock() - start)
  } while (clock() < end)
  return median(times)
}

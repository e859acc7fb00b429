/** Two protocols compared within blocks, where they ran side by side: what slows the machine slows both. */
import type { Sampled } from "../schema.ts"
import { locate } from "./median-interval.ts"

/**
 * How many times `a` is `b`: median of b/a over the blocks that both have, with its 95 % interval, worked out on
 * d = ln(b/a). So `pairedRatio(b, a)` is exactly one over it, and 1 inside the interval means no difference seen.
 *
 * @param a - block number → value; greater than 0
 * @param b - the same for the other protocol, in the same unit
 * @throws Error when no block is in both, or a value of a shared block is not greater than 0
 */
export function pairedRatio(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Sampled {
  const logs = [...a].flatMap(([block, value]) => {
    const other = b.get(block)
    return other === undefined ? [] : [Math.log(other) - Math.log(value)]
  })
  const { median, low, high } = locate(logs)
  return { median: Math.exp(median), low: Math.exp(low), high: Math.exp(high) }
}

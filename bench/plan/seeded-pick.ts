/** Choices of the laboratory (order of jobs, order of deliveries) that repeat from a seed. */
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"

/** A whole number from 0 to `bound` − 1. */
export type Pick = (bound: number) => number

/** Independent sequences of choices for one seed are told apart by their label. */
export function seededPick(seed: number, label: string): Pick {
  const random = seededRandom(seedRandom(seed, label))
  // 48 bits over a bound below 2^32: the bias is below 2^-16 and no statement depends on it.
  return (bound) => Number(BigInt(`0x${Buffer.from(random(6)).toString("hex")}`) % BigInt(bound))
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], pick: Pick): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = pick(last + 1)
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}

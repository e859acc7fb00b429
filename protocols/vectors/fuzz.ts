/** Cases that are random and yet the same in each run. */
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import type { Draw } from "./protobuf-mutations.ts"

export const FUZZ_CASES = Number(process.env.FUZZ_CASES ?? 400)

export function drawFrom(label: string): Draw {
  const random = seededRandom(seedRandom(Number(process.env.FUZZ_SEED ?? 1), label))
  return (limit) => {
    const bytes = random(4)
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) % limit
  }
}

/** In another order, as a careless network delivers. */
export function shuffled<T>(items: readonly T[], draw: Draw): T[] {
  const rest = [...items]
  return items.map(() => rest.splice(draw(rest.length), 1)[0] as T)
}

/** The surroundings of one member, for tests. */
import type { Context } from "../context.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { derivedRandom, seededRandom, seedRandom } from "../crypto/seeded.ts"

/** A member at time 0 with randomness of its own, seeded by its name. */
export function memberContext(me: string, fetchBundle: Context["fetchBundle"]): Context {
  const random = seedRandom(1, me)
  return {
    me,
    suite: createNativeSuite(seededRandom(random)),
    suiteFor: (purpose) => createNativeSuite(seededRandom(derivedRandom(random, purpose))),
    now: 0,
    fetchBundle,
  }
}

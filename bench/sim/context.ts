/** What a member's step is given: suites on its own randomness, and the world outside as the caller has it. */
import type { Context } from "../../protocols/context.ts"
import { derivedRandom, type RandomState, seededRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import type { MemberId } from "../../protocols/ids.ts"

export type World = Pick<Context, "now" | "fetchBundle">

export function contextOf(
  { id, random }: { readonly id: MemberId; readonly random: RandomState },
  createSuite: CreateSuite,
  world: World,
): Context {
  return {
    me: id,
    suite: createSuite(seededRandom(random)),
    suiteFor: suitesOn(random, createSuite),
    ...world,
  }
}

/** One suite for all purposes, since a fan-out asks for each channel's: it draws for the purpose asked for last. */
function suitesOn(random: RandomState, createSuite: CreateSuite): Context["suiteFor"] {
  let asked = ""
  let suite: Suite | undefined
  const draw = (length: number) => seededRandom(derivedRandom(random, asked))(length)
  return (purpose) => {
    asked = purpose
    suite ??= createSuite(draw)
    return suite
  }
}

/** Ends of the channel `2sm`, for tests. */
import assert from "node:assert/strict"
import { type TwoSmChannels, twoSm } from "../two-party/two-sm.ts"
import { Party } from "./party.ts"

export type End = Party<TwoSmChannels>

export const meet = (): [End, End] => Party.meet(twoSm, "alice", "bob") as [End, End]

/** Two ends, the first of which has begun and been heard. */
export function begun(): [End, End] {
  const [alice, bob] = meet()
  say(alice, bob)
  return [alice, bob]
}

/** One message, delivered at once. */
export function say(from: End, to: End, text = "words"): void {
  assert.equal(to.receive(from.name, from.send(to.name, text)), text)
}

import type { Suite } from "./crypto/suite.ts"
import type { MemberId } from "./ids.ts"

/** What a step of a member is given from outside: its only cryptography, clock and server. */
export type Context = {
  /** Whose step it is. */
  readonly me: MemberId
  /** Draws from the member's own randomness. */
  readonly suite: Suite
  /**
   * The same operations, drawing from a sequence of the member's that nothing but `purpose` draws from. So what
   * happens on one channel changes no byte on another. Good until the next purpose is asked for.
   */
  suiteFor(purpose: string): Suite
  /** Simulated time, seconds. */
  readonly now: number
  /**
   * Ask the server for a prekey bundle of `member`; each call hands out another one-time prekey.
   *
   * @throws ProtocolError `missing-prekey` when the member published none or all are gone
   */
  fetchBundle(member: MemberId): Uint8Array
}

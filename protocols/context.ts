import type { Suite } from "./crypto/suite.ts"
import type { MemberId } from "./ids.ts"

/** What a step of a member is given from outside: its only cryptography, clock and server. */
export type Context = {
  readonly suite: Suite
  /** Simulated time, seconds. */
  readonly now: number
  /**
   * Ask the server for a prekey bundle of `member`; each call hands out another one-time prekey.
   *
   * @throws ProtocolError `missing-prekey` when the member published none or all are gone
   */
  fetchBundle(member: MemberId): Uint8Array
}

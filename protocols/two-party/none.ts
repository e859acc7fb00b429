/** The channel of a protocol that has none: nothing is ever asked of it. */
import { ProtocolError } from "../errors.ts"
import type { TwoParty } from "./two-party.ts"

const refuse = (): never => {
  throw new ProtocolError("no-session")
}

export const none: TwoParty<Record<string, never>> = {
  name: "none",
  init: () => ({}),
  publishBundle: () => new Uint8Array(),
  hasChannel: () => false,
  open: refuse,
  leave: refuse,
  encrypt: refuse,
  decrypt: refuse,
  overhear: refuse,
}

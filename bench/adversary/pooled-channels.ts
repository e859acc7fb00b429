/** The channels of several devices in one place, for an attacker who copied them all. */
import { ProtocolError } from "../../protocols/errors.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"

/** A ciphertext opens if it opens for one of the devices. Nobody sends over it. */
export function pooledChannels<Channels>(channel: TwoParty<Channels>): TwoParty<readonly Channels[]> {
  const never = (): never => {
    throw new Error("an attacker sends nothing")
  }
  return {
    name: channel.name,
    init: never,
    publishBundle: never,
    hasChannel: never,
    open: never,
    leave: never,
    encrypt: never,
    decrypt: (all, context, peer, bytes) => ofAny(all, (one) => channel.decrypt(one, context, peer, bytes)),
    overhear: (all, context, peer, bytes) => ofAny(all, (one) => channel.overhear(one, context, peer, bytes)),
  }
}

function ofAny<Channels>(all: readonly Channels[], open: (channels: Channels) => Uint8Array): Uint8Array {
  for (const channels of all) {
    try {
      return open(channels)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
    }
  }
  throw new ProtocolError("no-session")
}

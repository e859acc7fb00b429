/**
 * The channel `signal`: X3DH, then the Double Ratchet, session version 3, as WhatsApp and Signal (until 2023)
 * use them under their groups. On the wire a byte that names the kind of message comes before libsignal's own.
 */
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import { tagged, untagged } from "../wire.ts"
import { createDeviceKeys, type DeviceKeys, decodeBundle, encodeBundle, publishBundle } from "./prekeys.ts"
import {
  archiveCurrent,
  decrypt,
  encrypt,
  initiate,
  isUsable,
  newPeer,
  overhear,
  type Peer,
  type SignalCiphertext,
} from "./sessions.ts"
import type { TwoParty } from "./two-party.ts"

export type SignalChannels = { readonly keys: DeviceKeys; readonly peers: Map<MemberId, Peer> }

/** libsignal's numbers for the kinds of message. */
export const TYPES = { signal: 2, prekey: 3 } as const

function encode({ type, bytes }: SignalCiphertext): Uint8Array {
  return tagged(TYPES[type], bytes)
}

function decode(wire: Uint8Array): SignalCiphertext {
  const { tag, body } = untagged(wire)
  if (tag === TYPES.signal) return { type: "signal", bytes: body }
  if (tag === TYPES.prekey) return { type: "prekey", bytes: body }
  throw new ProtocolError("bad-encoding")
}

function existingPeer(channels: SignalChannels, member: MemberId): Peer {
  const peer = channels.peers.get(member)
  if (peer === undefined) throw new ProtocolError("no-session")
  return peer
}

/** On the channel with `peer`, with randomness that is drawn for nothing else. */
const apart = (context: Context, peer: MemberId): Context => ({
  ...context,
  suite: context.suiteFor(`channel ${peer}`),
})

function open({ keys, peers }: SignalChannels, context: Context, member: MemberId): void {
  const peer = peers.get(member) ?? newPeer()
  initiate(keys, peer, apart(context, member), decodeBundle(context.fetchBundle(member)))
  peers.set(member, peer)
}

function leave({ peers }: SignalChannels, _context: Context, member: MemberId): void {
  const peer = peers.get(member)
  if (peer !== undefined) archiveCurrent(peer)
}

function decryptFrom(
  { keys, peers }: SignalChannels,
  context: Context,
  member: MemberId,
  wire: Uint8Array,
): Uint8Array {
  const peer = peers.get(member) ?? newPeer()
  const plaintext = decrypt(keys, peer, apart(context, member), decode(wire))
  peers.set(member, peer)
  return plaintext
}

export const signal: TwoParty<SignalChannels> = {
  name: "signal",
  init: (context) => ({ keys: createDeviceKeys(context.suiteFor("device keys")), peers: new Map() }),
  publishBundle: ({ keys }, context, id) =>
    encodeBundle(publishBundle(keys, context.suiteFor(`prekey ${id}`), id)),
  hasChannel: ({ peers }, { now }, member) => isUsable(peers.get(member) ?? newPeer(), now),
  open,
  leave,
  encrypt: (channels, context, member, plaintext) =>
    encode(encrypt(channels.keys, existingPeer(channels, member), apart(context, member), plaintext)),
  decrypt: decryptFrom,
  overhear: (channels, context, member, wire) =>
    overhear(existingPeer(channels, member), apart(context, member), decode(wire)),
}

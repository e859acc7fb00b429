/**
 * Signing identities: a key pair of each device that belongs to no group, whose public key is published with every
 * prekey bundle of its channel. Trusted on first use; there is no other PKI.
 */
import { equal, type Key32 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import { decodeFields, encodeFields, required } from "../protobuf.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { copyOf } from "./messages.ts"
import type { DcgkaState } from "./state.ts"

const BUNDLE_FIELDS = { 1: "bytes", 2: "bytes" } as const

/** What the server hands out in a device's name. */
export const encodeBundle = (channelBundle: Uint8Array, identity: Key32): Uint8Array =>
  encodeFields([channelBundle, identity])

function decodeBundle(bytes: Uint8Array): { readonly channelBundle: Uint8Array; readonly identity: Key32 } {
  const fields = decodeFields(bytes, BUNDLE_FIELDS)
  return { channelBundle: required(fields.bytes(1)), identity: copyOf(fields.bytes(2), 32) }
}

/** @throws ProtocolError `untrusted-identity` */
export function requireTrusted({ identities }: DcgkaState<unknown>, device: MemberId, identity: Key32): void {
  const known = identities.get(device)
  if (known !== undefined && !equal(known, identity)) throw new ProtocolError("untrusted-identity")
}

/**
 * A channel with `device`, opened where there is none; on the bundle that takes, the device's identity is learnt.
 *
 * @throws ProtocolError `untrusted-identity`, `bad-encoding`; as {@link TwoParty.open}
 */
export function requireChannel<Channels>(
  channel: TwoParty<Channels>,
  state: DcgkaState<Channels>,
  context: Context,
  device: MemberId,
): void {
  if (channel.hasChannel(state.channels, context, device)) return
  let learnt: Key32 | undefined
  const fetchBundle = (member: MemberId): Uint8Array => {
    const { channelBundle, identity } = decodeBundle(context.fetchBundle(member))
    requireTrusted(state, member, identity)
    learnt = identity
    return channelBundle
  }
  channel.open(state.channels, { ...context, fetchBundle }, device)
  if (learnt !== undefined) state.identities.set(device, learnt)
}

/** The identity of a device that we have a channel with: one that the device opened brought none. */
export function identityOf(state: DcgkaState<unknown>, context: Context, device: MemberId): Key32 {
  const known = state.identities.get(device)
  if (known !== undefined) return known
  const { identity } = decodeBundle(context.fetchBundle(device))
  state.identities.set(device, identity)
  return identity
}

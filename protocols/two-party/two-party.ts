/**
 * The contract of a two-party secure channel, the layer under every group protocol here.
 *
 * `Channels` is the state of all channels of one device, as plain data. Bytes of a channel carry the identity
 * of neither party; the transport names sender and recipient, and a channel refuses what the named sender did
 * not make.
 */
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { Outgoing, TwoPartyPacket } from "../group.ts"
import type { MemberId } from "../ids.ts"

export interface TwoParty<Channels> {
  readonly name: string

  /** A device with long-term keys and no channel yet. */
  init(context: Context): Channels

  /** Its bundle number `id`, from 1, for the server to hand out; good for one session. */
  publishBundle(channels: Channels, context: Context, id: number): Uint8Array

  /** Whether {@link encrypt} to `peer` would find a usable session at this time. */
  hasChannel(channels: Channels, context: Context, peer: MemberId): boolean

  /**
   * Open a channel from a bundle that the server hands out; nothing is sent before the first message.
   *
   * @throws ProtocolError as {@link Context.fetchBundle}; `bad-encoding`, `bad-key`, `untrusted-identity`,
   *   `bad-signature`, `bad-agreement`
   */
  open(channels: Channels, context: Context, peer: MemberId): void

  /**
   * Leave behind whatever session there is with `peer`, so that the next message to it opens another from a new
   * bundle. What is under way on the old one can still be read.
   *
   * @throws Error over a channel of which a device has one for good (`2sm`)
   */
  leave(channels: Channels, context: Context, peer: MemberId): void

  /** @throws ProtocolError `no-session`, `chain-exhausted` */
  encrypt(channels: Channels, context: Context, peer: MemberId, plaintext: Uint8Array): Uint8Array

  /** @throws ProtocolError with `channels` exactly as they were */
  decrypt(channels: Channels, context: Context, peer: MemberId, bytes: Uint8Array): Uint8Array

  /**
   * Open a message from the owner of `channels` to `peer` with the owner's own sending keys, as a thief of a
   * copy can. Changes nothing.
   *
   * @throws ProtocolError when these channels never had, or cannot derive, its key
   */
  overhear(channels: Channels, context: Context, peer: MemberId, bytes: Uint8Array): Uint8Array
}

/**
 * Send over the channel, opening it first where there is none.
 *
 * @throws ProtocolError as `open` and `encrypt`
 */
export function sendOver<Channels>(
  channel: TwoParty<Channels>,
  channels: Channels,
  context: Context,
  peer: MemberId,
  content: Uint8Array,
): Outgoing {
  if (!channel.hasChannel(channels, context, peer)) channel.open(channels, context, peer)
  return { kind: "two-party", to: peer, bytes: channel.encrypt(channels, context, peer, content) }
}

/**
 * What a thief does with a two-party message, whoever it is for: open it as its recipient with the copy that
 * follows the wire, or else as its sender with the copy as it was stolen.
 *
 * @returns the content, or undefined when it stays closed
 */
export function overhearChannel<Channels>(
  channel: TwoParty<Channels>,
  stolen: Channels,
  live: Channels,
  context: Context,
  { from, to, bytes }: TwoPartyPacket,
): Uint8Array | undefined {
  return (
    ifOpened(() => channel.decrypt(live, context, from, bytes)) ??
    ifOpened(() => channel.overhear(stolen, context, to, bytes))
  )
}

/** What `open` returns, or undefined where the bytes stay closed. */
export function ifOpened(open: () => Uint8Array): Uint8Array | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

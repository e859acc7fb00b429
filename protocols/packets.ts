/** What is inside a packet, besides its own bytes. */
import type { Outgoing, Packet, TwoPartyPacket } from "./group.ts"

/** The ciphertexts of two-party channels in a packet: itself, or those that travel with it. */
export function ciphertextsIn(packet: Packet): TwoPartyPacket[] {
  if (packet.kind === "two-party") return [packet]
  if (packet.kind === "welcome" || packet.direct === undefined) return []
  const { from } = packet
  return Array.from(packet.direct, ([to, bytes]) => ({ kind: "two-party", from, to, bytes }))
}

/** All byte strings of a packet, in order. */
export const byteStringsIn = (packet: Outgoing): readonly Uint8Array[] =>
  packet.kind === "broadcast" && packet.direct !== undefined
    ? [packet.bytes, ...packet.direct.values()]
    : [packet.bytes]

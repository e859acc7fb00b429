/** What members did between two moments: counted on each thread, then added up. */
import { toHex, utf8 } from "../../protocols/bytes.ts"
import { createDigest } from "../../protocols/crypto/digest.ts"
import type { Parcel } from "./turns.ts"

export type Tally = {
  messages: number
  /** Messages read by a member, each compared with what was said. */
  opened: number
  twoParty: number
  broadcasts: number
  /** Turn → SHA-256 over its packets, hex; of those turns only for which it was asked. */
  readonly transcript: Map<number, string>
}

export const emptyTally = (): Tally => ({
  messages: 0,
  opened: 0,
  twoParty: 0,
  broadcasts: 0,
  transcript: new Map(),
})

export function total(tallies: readonly Tally[]): Tally {
  const sum = emptyTally()
  for (const { messages, opened, twoParty, broadcasts, transcript } of tallies) {
    sum.messages += messages
    sum.opened += opened
    sum.twoParty += twoParty
    sum.broadcasts += broadcasts
    for (const [turn, digest] of transcript) sum.transcript.set(turn, digest)
  }
  return sum
}

export function countSent(tally: Tally, { packets }: Parcel): void {
  const broadcasts = packets.filter(({ kind }) => kind === "broadcast").length
  tally.messages++
  tally.broadcasts += broadcasts
  tally.twoParty += packets.length - broadcasts
}

/** Over recipient, length and bytes of each packet, so that no two turns share a digest by chance of joining. */
export function digestOf({ packets }: Parcel): string {
  const digest = createDigest()
  for (const packet of packets) {
    const to = packet.kind === "two-party" ? packet.to : "*"
    digest.update(utf8(`${packet.from}>${to} ${packet.bytes.length} `))
    digest.update(packet.bytes)
  }
  return toHex(digest.digest())
}

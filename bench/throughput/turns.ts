/**
 * Who speaks when, and on which thread. Members speak one after another in the order of their numbers, and are
 * dealt to the threads like cards.
 */
import { utf8 } from "../../protocols/bytes.ts"
import type { Packet } from "../../protocols/group.ts"

/** The threads are numbered from 0; this one keeps the clock. */
export const TIMEKEEPER = 0

export const speakerOf = (turn: number, groupSize: number): number => turn % groupSize

export const threadOf = (member: number, threads: number): number => member % threads

/** Those of the members, in their order, that live on `thread`. */
export const dealt = <M>(members: readonly M[], threads: number, thread: number): M[] =>
  members.filter((_, member) => threadOf(member, threads) === thread)

/** What is said in a turn: other words each time, as far as they fit. */
export function wordsOf(turn: number, payloadBytes: number): Uint8Array {
  const words = new Uint8Array(payloadBytes)
  words.set(utf8(`turn ${turn}`).subarray(0, payloadBytes))
  return words
}

/** What a turn sent, as it reaches one thread: two-party packets of its members alone, a broadcast once. */
export type Parcel = { readonly turn: number; readonly packets: readonly Packet[] }

/** @param residents - names of the members on the thread */
export function parcelFor(residents: ReadonlySet<string>, { turn, packets }: Parcel): Parcel {
  return {
    turn,
    packets: packets.filter((packet) => packet.kind !== "two-party" || residents.has(packet.to)),
  }
}

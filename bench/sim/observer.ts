/** What a laboratory may watch of a group. */
import type { RandomState } from "../../protocols/crypto/seeded.ts"
import type { Awaitable, Effects, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Step } from "./step.ts"

/** One device: its state, and its randomness beside it, out of a thief's reach. */
export type Member = { readonly id: MemberId; readonly state: unknown; readonly random: RandomState }

/** One step of one member with all that went in and came out. */
export type PerformedStep = {
  readonly member: MemberId
  readonly step: Step
  readonly now: number
  /** Bundles fetched during the step. */
  readonly bundles: readonly Uint8Array[]
  readonly effects: Effects
}

/** Watches a group; all of it is optional equipment of the laboratory. */
export type Observer = {
  readonly onStep?: (performed: PerformedStep) => void
  /** Each packet as it is uploaded, with the number of its recipients: none where the server refused it. */
  readonly onUpload?: (packet: Packet, recipients: number) => void
  readonly onNotice?: () => void
  /** One who was removed meanwhile does not take a packet that was under way to it. */
  readonly onRefusal?: (member: MemberId, packet: Packet) => void
  /** A device made a bundle for the server, which is no step; a copy of it may make the same. */
  readonly onPublish?: (member: MemberId, again: (copy: Member) => Awaitable<Uint8Array>) => void
  /** What it made went to the server. */
  readonly onBundle?: (member: MemberId, bundle: Uint8Array) => void
  readonly onWave?: () => void
}

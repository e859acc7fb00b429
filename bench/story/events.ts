/** From what was noted during a scene to its events. */
import type { Part } from "../../protocols/anatomy.ts"
import { toHex } from "../../protocols/bytes.ts"
import { broadcastParts, bundleParts, channelMessageParts, contentParts } from "../../protocols/dissection.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { ChangesOf, KeyChange, StoryEvent, StoryPart } from "../../results/story.ts"
import type { PerformedStep } from "../sim/observer.ts"

/** In the order in which it happened. */
export type Note =
  | { readonly kind: "bundle"; readonly member: MemberId; readonly bytes: Uint8Array }
  | { readonly kind: "step"; readonly performed: PerformedStep; readonly changes: readonly KeyChange[] }
  | { readonly kind: "upload"; readonly packet: Packet }

type StepNote = Extract<Note, { readonly kind: "step" }>

/** What is known of a packet besides its bytes, by which it is found. */
export type Background = {
  /** What a ciphertext of a channel, or a broadcast, was made from. */
  readonly plaintextOf: (bytes: Uint8Array) => Uint8Array
  /** Undefined before the theft. */
  readonly hasOpened: (bytes: Uint8Array) => boolean | undefined
}

export function eventsOf(notes: readonly Note[], background: Background): StoryEvent[] {
  const steps = notes.filter((note) => note.kind === "step")
  return notes.flatMap((note) => {
    if (note.kind === "bundle")
      return [{ kind: "publish", by: note.member, parts: written(bundleParts(note.bytes)) }]
    if (note.kind === "upload") return packetEvent(note.packet, steps, background)
    return ownEvents(note, steps)
  })
}

/** What a member did by itself; what arrived is part of the event in which it was sent. */
function ownEvents({ performed, changes }: StepNote, steps: readonly StepNote[]): StoryEvent[] {
  const { member: by, step, bundles, effects } = performed
  if (step.kind === "packet" || step.kind === "notice") return []
  const act = { kind: "act", by, action: step.kind, bundles: bundles.length, changes } as const
  if (effects.rosterChange === undefined) return [act]
  const { rosterChange } = effects
  const noticed = steps.filter(
    ({ performed: { step } }) => step.kind === "notice" && step.notice.change === rosterChange,
  )
  return [act, { kind: "notice", by, change: rosterChange.kind, to: noticed.map(changesOf) }]
}

function packetEvent(
  packet: Packet,
  steps: readonly StepNote[],
  { plaintextOf, hasOpened }: Background,
): StoryEvent[] {
  const { from, bytes } = packet
  const opened = hasOpened(bytes)
  const shared = { from, received: arrivals(bytes, steps), ...(opened === undefined ? {} : { opened }) }
  const plaintext = plaintextOf(bytes)
  if (packet.kind === "two-party") {
    const content = written(contentParts(plaintext))
    return [
      { kind: "two-party", to: packet.to, parts: written(channelMessageParts(bytes)), content, ...shared },
    ]
  }
  const words = new TextDecoder().decode(plaintext)
  return [{ kind: "broadcast", words, parts: written(broadcastParts(bytes)), ...shared }]
}

const arrivals = (bytes: Uint8Array, steps: readonly StepNote[]): ChangesOf[] =>
  steps
    .filter(({ performed: { step } }) => step.kind === "packet" && step.packet.bytes === bytes)
    .map(changesOf)

const changesOf = ({ performed: { member }, changes }: StepNote): ChangesOf => ({ member, changes })

const written = (parts: readonly Part[]): StoryPart[] =>
  parts.map(({ name, kind, bytes }) => ({ name, kind, hex: toHex(bytes) }))

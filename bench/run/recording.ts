/** What a timed replay needs: some members as they were, and everything that reached them. Plain data. */
import type { MemberId } from "../../protocols/ids.ts"
import { byteStringsIn } from "../../protocols/packets.ts"
import type { Roles } from "../meter/exact.ts"
import { fork } from "../sim/fork.ts"
import type { Group } from "../sim/group.ts"
import type { Member, PerformedStep } from "../sim/observer.ts"
import type { Step } from "../sim/step.ts"

export type RecordedStep = {
  readonly step: Step
  readonly now: number
  readonly bundles: readonly Uint8Array[]
  /** What the member sent in answer; a replay must send the same. */
  readonly sent: readonly Uint8Array[]
}

export type RecordedMember = Member & { readonly steps: RecordedStep[] }

export type Recording = {
  readonly initiator: RecordedMember
  /** A sample of the recipients, evenly spaced. */
  readonly recipients: readonly RecordedMember[]
  readonly recipientCount: number
  readonly newcomer: RecordedMember | undefined
}

/**
 * `count` of `items`, evenly spaced around the middle: the mean of a cost that changes linearly along the
 * list is met exactly.
 */
export function evenlySpaced<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  const gap = items.length / count
  return Array.from({ length: count }, (_, index) => items[Math.floor((index + 0.5) * gap)] as T)
}

/** Copy the members to be replayed, then note down their steps. Stop by calling what is returned. */
export function record(
  group: Group,
  roles: Roles,
  recipientsTimed: number,
): { finish: () => Promise<Recording> } {
  const members = new Map<MemberId, RecordedMember>()
  const published: unknown[] = []
  const copy = (id: MemberId): RecordedMember => {
    const { state, random } = group.member(id)
    const member = { ...fork({ id, state, random }), steps: [] }
    members.set(id, member)
    return member
  }
  const recording: Recording = {
    initiator: copy(roles.initiator),
    recipients: evenlySpaced(roles.recipients, recipientsTimed).map(copy),
    recipientCount: roles.recipients.length,
    newcomer: roles.newcomer === undefined ? undefined : copy(roles.newcomer),
  }
  const stop = group.observe({
    onPublish: (member, again) => {
      const copy = members.get(member)
      if (copy !== undefined) published.push(again(copy)) // no step, so it has no place in the recording but in the state
    },
    onStep: (performed) => members.get(performed.member)?.steps.push(noted(performed)),
  })
  const finish = async () => {
    stop()
    await Promise.all(published)
    return recording
  }
  return { finish }
}

function noted({ step, now, bundles, effects }: PerformedStep): RecordedStep {
  return { step, now, bundles, sent: (effects.packets ?? []).flatMap(byteStringsIn) }
}

/**
 * Who is in the group: the decentralized group membership function (DGM) of ePrint 2020/1281, strong removal.
 *
 * - A member is in from the add that names it until a remove that names it; removed is final.
 * - A remove also undoes, transitively, the adds made by those it removes that its author had not acknowledged.
 * - What is added by a removed member is removed at once.
 * - Removes that cross take effect both; a remove by a removed member still does.
 *
 * The outcome depends on the operations and on who had acknowledged what when it acted, not on the order in which
 * they arrive here. Departure: instead of the history, only operations under way are kept, each with those who have
 * yet to acknowledge it. That is sound because a remove asks of an add just one thing, whether the remover had
 * acknowledged it; a member's messages come in their order, so once its acknowledgement is here, no remove without
 * it can follow. Removed members may still be heard of, and what they have not acknowledged is kept: as many entries
 * as adds since, times members removed. Size of the group has no part in it.
 */
import type { Id } from "./ids.ts"

export type Add = { readonly adder: Id; readonly added: Id; readonly awaiting: Set<Id> }

export type Remove = {
  /** The member named, and those whose adds are undone. */
  readonly removed: ReadonlySet<Id>
  readonly awaiting: Set<Id>
}

export type Membership = {
  readonly members: Set<Id>
  readonly removed: Set<Id>
  /** Operations that somebody has yet to acknowledge, by message. */
  readonly adds: Map<string, Add>
  readonly removes: Map<string, Remove>
}

/** Nothing is under way in a group that begins. */
export const newMembership = (members: Iterable<Id>): Membership => ({
  members: new Set(members),
  removed: new Set(),
  adds: new Map(),
  removes: new Map(),
})

/** Of the members now, those in the paper's member-view(viewer): it had acknowledged their adds with its last message. */
export function memberView({ members, adds }: Membership, viewer: Id): Id[] {
  const unknown = new Set(
    [...adds.values()].filter(({ awaiting }) => awaiting.has(viewer)).map(({ added }) => added),
  )
  return [...members].filter((id) => !unknown.has(id))
}

/** Whether `subject`, a member, is in the view of `viewer`. */
export function knows({ adds }: Membership, viewer: Id, subject: Id): boolean {
  for (const { added, awaiting } of adds.values()) {
    if (added === subject && awaiting.has(viewer)) return false
  }
  return true
}

/** Message `key`, by `adder`, adds `added`, which has acknowledged what its adder had. */
export function recordAdd(membership: Membership, key: string, adder: Id, added: Id): void {
  const { members, removed, adds, removes } = membership
  for (const { awaiting } of [...adds.values(), ...removes.values()]) {
    if (awaiting.has(adder)) awaiting.add(added)
  }
  adds.set(key, { adder, added, awaiting: othersThan(membership, adder) })
  if (removed.has(adder)) removed.add(added)
  else members.add(added)
}

/**
 * Message `key`, by `remover`, removes `target`.
 *
 * @returns those who were members and are not any more
 */
export function recordRemove(membership: Membership, key: string, remover: Id, target: Id): Id[] {
  const { members, removed, removes } = membership
  const undone = withTheirAdds(membership, remover, target)
  removes.set(key, { removed: undone, awaiting: othersThan(membership, remover) })
  const gone = [...undone].filter((id) => members.delete(id))
  for (const id of undone) removed.add(id)
  for (const each of [...membership.adds.keys(), ...removes.keys()]) settle(membership, each)
  return gone
}

/** `target`, and whoever came in by adds of theirs that `remover` had not acknowledged. */
function withTheirAdds({ adds }: Membership, remover: Id, target: Id): Set<Id> {
  const undone = new Set([target])
  for (const adder of undone) {
    for (const add of adds.values()) {
      if (add.adder === adder && add.awaiting.has(remover)) undone.add(add.added) // the loop comes to it later
    }
  }
  return undone
}

/** `id` has acknowledged message `key`, whatever that was. */
export function recordAck(membership: Membership, key: string, id: Id): void {
  membership.adds.get(key)?.awaiting.delete(id)
  membership.removes.get(key)?.awaiting.delete(id)
  settle(membership, key)
}

/** Forget an operation of which nobody will ask any more. */
function settle({ members, adds, removes }: Membership, key: string): void {
  if (adds.get(key)?.awaiting.size === 0) adds.delete(key)
  if (!includesAny(removes.get(key)?.awaiting ?? [], members)) removes.delete(key)
}

/**
 * Whether the author of remove `key` had not acknowledged another one, and each removes somebody whom the other
 * leaves in: then those two together know the secrets of both.
 */
export function crossesAnother({ removed, removes }: Membership, key: string, author: Id): boolean {
  if (removed.has(author)) return true
  const own = removes.get(key)
  if (own === undefined) return false
  for (const other of removes.values()) {
    const isCrossing = !isWithin(other.removed, own.removed) && !isWithin(own.removed, other.removed)
    if (isCrossing && other.awaiting.has(author)) return true
  }
  return false
}

/** Whether `id` has acknowledged all removes that are under way here. */
export function knowsAllRemoves({ removed, removes }: Membership, id: Id): boolean {
  return !removed.has(id) && ![...removes.values()].some(({ awaiting }) => awaiting.has(id))
}

/** All that ever were in the group, but one. */
function othersThan({ members, removed }: Membership, id: Id): Set<Id> {
  const others = new Set([...members, ...removed])
  others.delete(id)
  return others
}

const includesAny = (ids: Iterable<Id>, among: ReadonlySet<Id>): boolean => {
  for (const id of ids) if (among.has(id)) return true
  return false
}

const isWithin = (ids: ReadonlySet<Id>, among: ReadonlySet<Id>): boolean => {
  for (const id of ids) if (!among.has(id)) return false
  return true
}

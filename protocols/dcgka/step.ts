/**
 * One control message, taken in: who is a member now, who signs with what, whose update secret follows. The same for
 * all who hear it, its author too.
 */
import type { Key32 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { unreachable } from "../errors.ts"
import type { UpdateSecret } from "../group.ts"
import { asUpdateSecret, forgetChains, install } from "./chains.ts"
import { type Id, messageKey } from "./ids.ts"
import { crossesAnother, knows, knowsAllRemoves, recordAck, recordAdd, recordRemove } from "./membership.ts"
import type { ControlMessage } from "./messages.ts"
import { forgetMembers, processAck, processAdd, processAddAck, processSeed } from "./seeds.ts"
import { type GroupState, isMember, newPeer, type Peer } from "./state.ts"

/**
 * Nothing can fail any more: all was checked before.
 *
 * @param secret - what travelled with it for us: a seed, a forwarded member secret, or a chain
 * @returns its author's update secret, where that is ours to know
 */
export function take(
  group: GroupState,
  suite: Suite,
  message: ControlMessage,
  secret: Key32 | undefined,
): UpdateSecret[] {
  note(group, message)
  forget(group, noteRemoval(group, message))
  if (!isMember(group, group.self)) return []
  noteDebt(group, message)
  const updateSecret = derive(group, suite, message, secret)
  if (updateSecret === undefined) return []
  const learnt = { author: message.author, seq: message.seq, secret: updateSecret }
  install(group, suite, learnt)
  return [asUpdateSecret(learnt)]
}

/** Everything but removals. */
export function note({ peers, membership }: GroupState, message: ControlMessage): void {
  const { author, seq, body } = message
  const peer = peers.get(author) as Peer
  peer.seen = seq
  if ("signingKey" in body) peer.signingKey = body.signingKey
  if (body.kind === "ack" || body.kind === "add-ack") recordAck(membership, messageKey(body.acked), author)
  if (body.kind !== "add") return
  peers.set(body.added.id, newPeer(body.added.signingKey))
  recordAdd(membership, messageKey(message), author, body.added.id)
}

/** @returns those who are members no more */
function noteRemoval({ membership }: GroupState, message: ControlMessage): Id[] {
  const { author, body } = message
  return body.kind === "remove" ? recordRemove(membership, messageKey(message), author, body.removed) : []
}

/** FS: of those who are gone no secret is kept, and one who is gone itself keeps none. */
function forget(group: GroupState, gone: readonly Id[]): void {
  const lost = gone.includes(group.self) ? [...group.peers.keys()] : gone
  if (lost.length === 0) return
  forgetMembers(group, lost)
  forgetChains(group, lost)
  if (lost.includes(group.self)) group.own = undefined
}

/**
 * Two who were removed by removes that cross know the seeds of both between them, and one who removes itself knows
 * its own: only an update that follows them all shuts them out (§7 of the paper).
 */
function noteDebt(group: GroupState, message: ControlMessage): void {
  const { membership, self } = group
  const { author, body } = message
  if (body.kind === "remove" && crossesAnother(membership, messageKey(message), author))
    group.owesUpdate = true
  else if (body.kind === "remove" || body.kind === "update") {
    const isRenewed = knowsAllRemoves(membership, author) && knows(membership, author, self)
    if (isRenewed) group.owesUpdate = false
  }
}

/** The update secret of its author; of those that travel along, the secret is the seed, a member secret, or a chain. */
export function derive(
  group: GroupState,
  suite: Suite,
  message: ControlMessage,
  secret: Key32 | undefined,
): Key32 | undefined {
  const { author, body } = message
  switch (body.kind) {
    case "create":
    case "update":
    case "remove":
      return secret && processSeed(group, suite, message, secret)
    case "ack":
      return processAck(group, suite, author, body.acked, secret)
    case "add":
      return processAdd(group, suite, message, body.added.id)
    case "add-ack":
      return processAddAck(group, suite, author, secret)
    default:
      return unreachable(body)
  }
}

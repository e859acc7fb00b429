/**
 * Authenticated causal broadcast under the algorithm: who signed a control message, and what must have come before it.
 *
 * Source: ePrint 2020/1281 of 2020-10-07, §5.1, and §8.1 (Lemma 8) for the relaxed order: each author's messages in
 * their order, an acknowledgement after what it acknowledges, a member's welcome first. Here an author's
 * application messages keep that order too, so that one chain for each member is enough.
 */
import { concat, utf8 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { DistributionId } from "../sending-chain/messages.ts"
import { senderKeyName } from "../sending-chain/sender-key.ts"
import { deviceOf, type MessageId } from "./ids.ts"
import {
  type Control,
  type ControlMessage,
  encodeControl,
  type SignedMessage,
  withSignature,
} from "./messages.ts"
import { type GroupState, nextIdOf, type Peer } from "./state.ts"

/** A signature holds in one group only, and for nothing but a control message. */
const LABEL = utf8("dcgka-bench dcgka control v1\0")
const covered = (groupId: DistributionId, signed: Uint8Array): Uint8Array => concat(LABEL, groupId, signed)

/** Of our next control message. */
export const nextMessageId = ({ self, peers }: GroupState): MessageId => ({
  author: self,
  seq: (peers.get(self)?.seen ?? 0) + 1,
})

export const nextMessage = (group: GroupState, body: Control): ControlMessage => ({
  ...nextMessageId(group),
  spoken: group.own?.index ?? 0,
  body,
})

/** On the wire. Before the step that it tells of: it is signed with the key that the others know. */
export function signed({ groupId, signing }: GroupState, suite: Suite, message: ControlMessage): Uint8Array {
  const bytes = encodeControl(message)
  return withSignature(bytes, suite.sign(signing.secret, covered(groupId, bytes)))
}

/** @throws ProtocolError `bad-signature` */
export function requireSigned(
  { groupId }: Pick<GroupState, "groupId">,
  { signingKey }: Pick<Peer, "signingKey">,
  suite: Suite,
  { signed, signature }: SignedMessage,
): void {
  if (!suite.verify(signingKey, covered(groupId, signed), signature)) throw new ProtocolError("bad-signature")
}

/**
 * A message that is the next of its author and comes after all that it needs.
 *
 * @returns its author
 * @throws ProtocolError `early` when something is to come first; `duplicate`; `not-a-member` when nobody who is
 *   known here added its author
 */
export function requireNext(group: GroupState, message: ControlMessage): Peer {
  const { author, seq, body } = message
  const isAck = body.kind === "ack" || body.kind === "add-ack"
  const isAckEarly = isAck && !hasSeen(group, body.acked)
  const peer = group.peers.get(author)
  // A newcomer's first message may overtake the one that adds it, which it acknowledges
  if (peer === undefined) throw new ProtocolError(isAckEarly ? "early" : "not-a-member")
  if (seq <= peer.seen) throw new ProtocolError("duplicate")
  if (seq > peer.seen + 1 || isAckEarly || !hasHeardAll(group, message)) throw new ProtocolError("early")
  return peer
}

const hasSeen = ({ peers }: GroupState, { author, seq }: MessageId): boolean =>
  seq <= (peers.get(author)?.seen ?? 0)

/** Whether all application messages came that the author sent before; of a chain that we do not have, none is for us. */
function hasHeardAll({ groupId, received }: GroupState, { author, spoken }: ControlMessage): boolean {
  const [chain] = received.get(senderKeyName(author, groupId)) ?? []
  return chain === undefined || (chain.index === spoken && (chain.skipped?.size ?? 0) === 0)
}

/**
 * What an honest member never signs: a second group, an add of one who is in or under another name than the next, the removal of somebody unknown. Its
 * author's later messages are then not taken either.
 *
 * @throws ProtocolError `invalid-message`
 */
export function requireSound(group: GroupState, { body }: ControlMessage): void {
  const isSound =
    body.kind !== "create" &&
    (body.kind !== "remove" || group.peers.has(body.removed)) &&
    (body.kind !== "add" || body.added.id === nextIdOf(group, deviceOf(body.added.id)))
  if (!isSound) throw new ProtocolError("invalid-message")
}

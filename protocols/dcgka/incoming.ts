/**
 * What a member makes of a control message, and what it answers: process of ePrint 2020/1281 of 2020-10-07, §6.2 and
 * Fig. 4.
 *
 * All is checked before the group changes. One thing has changed already when a secret turns out not to be the one
 * that its author signed for: the channel that carried it, since that ciphertext was genuine and will not come again.
 */
import { equal, type Key32 } from "../bytes.ts"
import { ProtocolError, unreachable } from "../errors.ts"
import type { Effects, Packet } from "../group.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { CONTENT, untagged } from "../wire.ts"
import { requireNext, requireSigned, requireSound } from "./broadcast.ts"
import { requireChannel, requireTrusted } from "./identities.ts"
import { deviceOf, type Id, type MessageId, messageKey } from "./ids.ts"
import { knows, memberView } from "./membership.ts"
import { type Control, type ControlMessage, copyOf, decodeSigned } from "./messages.ts"
import { announce, type Caller, commitmentIn, type Parcel, type Turn } from "./outgoing.ts"
import { commitmentTo } from "./seeds.ts"
import { type DcgkaState, type GroupState, isMember, newGroup } from "./state.ts"
import { take } from "./step.ts"

export type Broadcast = Extract<Packet, { readonly kind: "broadcast" }>

/**
 * @param body - the packet's, behind its tag
 * @throws ProtocolError `bad-encoding`, `too-short`; as {@link requireNext}, {@link requireSigned} and
 *   {@link requireSound}; `early` before there is a group; `invalid-message` where the secret that should have come
 *   along is absent or (`bad-commitment`) another one; as {@link TwoParty.decrypt} and {@link TwoParty.open}
 */
export function processControl<Channels>(
  caller: Caller<Channels>,
  packet: Broadcast,
  body: Uint8Array,
): Effects {
  const { state, context } = caller
  const message = decodeSigned(packet.from, body)
  const group = groupOf(state, message)
  const turn = { ...caller, group }
  requireSigned(group, requireNext(group, message), context.suite, message)
  if (state.group === group) requireSound(group, message)
  for (const id of whoLacksAnswer(group, message)) requireChannel(turn.channel, state, context, deviceOf(id))
  const secrets = take(group, context.suite, message, openParcel(turn, packet, message))
  state.group = group
  return isMember(group, group.self) ? withSecrets(secrets, answer(turn, message)) : {}
}

export const withSecrets = (secrets: NonNullable<Effects["secrets"]>, effects: Effects): Effects => ({
  ...effects,
  secrets: [...secrets, ...(effects.secrets ?? [])],
})

/** Ours, or the one that begins, for a device that is in none. */
function groupOf(state: DcgkaState<unknown>, { author, body }: ControlMessage): GroupState {
  const { group } = state
  const isFree = group === undefined || !isMember(group, group.self)
  if (isFree && body.kind === "create") return groupBegunBy(state, author, body)
  if (group === undefined) throw new ProtocolError("early")
  return group
}

/** Nothing has happened in it yet. */
function groupBegunBy(
  state: DcgkaState<unknown>,
  author: Id,
  { groupId, members }: Extract<Control, { readonly kind: "create" }>,
): GroupState {
  const group = newGroup(groupId, state.me, state.identity, members)
  const [creator, self] = [group.peers.get(author), group.peers.get(state.me)]
  if (creator === undefined || self === undefined) throw new ProtocolError("not-a-member")
  if (!equal(self.signingKey, state.identity.public)) throw new ProtocolError("untrusted-identity")
  requireTrusted(state, deviceOf(author), creator.signingKey)
  return group
}

/** Members who need something from us that the author of `message` could not give them. */
function whoLacksAnswer({ membership, self }: GroupState, { author, body }: ControlMessage): Id[] {
  if (!membership.members.has(self)) return []
  switch (body.kind) {
    case "create":
    case "update":
    case "remove": {
      const informed = new Set([...memberView(membership, author), author, self])
      return [...membership.members].filter((id) => !informed.has(id))
    }
    case "add":
      return membership.removed.has(author) ? [] : [body.added.id]
    case "ack":
    case "add-ack":
      return []
    default:
      return unreachable(body)
  }
}

/** decrypt-from: the secret that came along for us, if there is one. */
function openParcel<Channels>(
  { channel, state, context, group }: Turn<Channels>,
  { from, direct }: Broadcast,
  message: ControlMessage,
): Key32 | undefined {
  const sealed = direct?.get(state.me)
  if (sealed === undefined) {
    if (isParcelDue(group, message)) throw new ProtocolError("invalid-message")
    return undefined
  }
  const { tag, body } = untagged(channel.decrypt(state.channels, context, from, sealed))
  if (tag !== CONTENT.secret) throw new ProtocolError("bad-encoding")
  const secret = copyOf(body, 32)
  requireCommitted(message.body, commitmentTo(group, context.suite, message, secret))
  return secret
}

/** Whoever sends two members two secrets, or ciphertexts in another's place, is found out. */
function requireCommitted(body: Control, commitment: Key32): void {
  const isSignedFor =
    "commitment" in body && body.commitment !== undefined && equal(body.commitment, commitment)
  if (!isSignedFor) throw new ProtocolError("invalid-message", { detail: "bad-commitment" })
}

/** Whether the author knew that we are a member, and had something to give us. */
function isParcelDue(group: GroupState, { author, body }: ControlMessage): boolean {
  const { membership, self } = group
  if (!isMember(group, self) || !knows(membership, author, self)) return false
  switch (body.kind) {
    case "create":
    case "update":
      return true
    case "remove":
      return body.removed !== self && body.removed !== author
    case "ack":
      return (
        body.commitment !== undefined &&
        isMember(group, author) &&
        !holdsMemberSecret(group, author, body.acked)
      )
    case "add":
    case "add-ack":
      return false
    default:
      return unreachable(body)
  }
}

const holdsMemberSecret = ({ memberSecrets }: GroupState, id: Id, acked: MessageId): boolean =>
  memberSecrets.get(messageKey(acked))?.has(id) === true

/** The response that the paper's process returns. */
function answer<Channels>(turn: Turn<Channels>, message: ControlMessage): Effects {
  const { group } = turn
  const { body } = message
  const to = whoLacksAnswer(group, message).filter((id) => isMember(group, id))
  switch (body.kind) {
    case "create":
    case "update":
    case "remove":
      // What it is to forward is our own member secret, which our acknowledgement uses up
      return respond(turn, "ack", message, group.memberSecrets.get(messageKey(message))?.get(group.self), to)
    case "add":
      return respond(turn, "add-ack", message, group.ratchets.get(group.self), to)
    case "ack":
    case "add-ack":
      return {}
    default:
      return unreachable(body)
  }
}

export function respond<Channels>(
  turn: Turn<Channels>,
  kind: "ack" | "add-ack",
  { author, seq }: ControlMessage,
  secret: Key32 | undefined,
  to: readonly Id[],
): Effects {
  const acked = { author, seq }
  if (secret === undefined || to.length === 0) return announce(turn, { kind, acked, commitment: undefined })
  const parcel: Parcel = { secret, to }
  return announce(turn, { kind, acked, commitment: commitmentIn(turn, parcel) }, parcel)
}

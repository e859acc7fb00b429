/**
 * How update secrets come about: the DCGKA construction of ePrint 2020/1281 of 2020-10-07, §6.2 and Fig. 4, in its
 * own words, without messages and members around it.
 *
 * Names kept: seed, member secret, update secret I, ratchet; process-seed, process-ack, process-add,
 * process-add-ack. Every key has a label of its own, and what goes into it is encoded so that it reads one way only.
 */
import { type Key32, key32, utf8 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { encodeFields, type FieldValue } from "../protobuf.ts"
import { type Id, type MessageId, messageKey } from "./ids.ts"
import { memberView } from "./membership.ts"
import { EMPTY_RATCHET, type GroupState, isMember } from "./state.ts"

const [WELCOME, ADD] = [utf8("welcome"), utf8("add")]

const LABELS = {
  memberSecret: utf8("dcgka-bench dcgka member secret v1\0"),
  ratchet: utf8("dcgka-bench dcgka update ratchet v1\0"),
  sendingChain: utf8("dcgka-bench dcgka sending chain v1\0"),
  commitment: utf8("dcgka-bench dcgka commitment v1\0"),
} as const

const info = (label: keyof typeof LABELS, { groupId }: GroupState, ...values: FieldValue[]): Uint8Array =>
  encodeFields([groupId, ...values], LABELS[label])

/**
 * HKDF(seed, ID): 32 bytes. The seed is uniform, so that one block of HKDF's second half is enough (RFC 5869 §3.3).
 */
const memberSecretOf = (
  group: GroupState,
  suite: Suite,
  { author, seq }: MessageId,
  seed: Key32,
  id: Id,
): Key32 => suite.hmac(seed, info("memberSecret", group, utf8(author), seq, utf8(id)))

/**
 * update-ratchet: the member's next update secret, 32 bytes; its chain moves on. From the secret, which is the
 * application's, nothing of the chain follows. Whose chain is not known here, his secret is not either.
 */
function updateRatchet(group: GroupState, suite: Suite, id: Id, input: Uint8Array): Key32 | undefined {
  const ratchet = group.ratchets.get(id)
  if (ratchet === undefined) return undefined
  const derived = suite.hkdf(ratchet, input, info("ratchet", group, utf8(id)), 64)
  group.ratchets.set(id, key32(derived.slice(32))) // FS: the chain before it is gone
  return key32(derived.slice(0, 32))
}

/** What is sent along with a message is signed for by this hash of it: 32 bytes that say nothing of it. */
export const commitmentTo = (
  group: GroupState,
  suite: Suite,
  { author, seq }: MessageId,
  secret: Key32,
): Key32 => suite.hash(info("commitment", group, utf8(author), seq, secret))

/** The first chain key under an update secret, 32 bytes. */
export const sendingChainKey = (group: GroupState, suite: Suite, updateSecret: Key32): Key32 =>
  suite.hmac(updateSecret, info("sendingChain", group))

/**
 * process-seed of `message`, as far as it derives: a member secret for each recipient, and the author's update secret.
 * The caller forgets the seed.
 */
export function processSeed(
  group: GroupState,
  suite: Suite,
  message: MessageId,
  seed: Key32,
): Key32 | undefined {
  const { author } = message
  const recipients = memberView(group.membership, author).filter((id) => id !== author)
  const secrets = recipients.map((id) => [id, memberSecretOf(group, suite, message, seed, id)] as const)
  if (secrets.length > 0) group.memberSecrets.set(messageKey(message), new Map(secrets))
  return updateRatchet(group, suite, author, memberSecretOf(group, suite, message, seed, author))
}

/** process-ack by `id`, with the member secret that was forwarded where one was. */
export function processAck(
  group: GroupState,
  suite: Suite,
  id: Id,
  acked: MessageId,
  forwarded: Key32 | undefined,
): Key32 | undefined {
  const secret = takeMemberSecret(group, acked, id) ?? forwarded
  return secret && updateRatchet(group, suite, id, secret)
}

/** FS: a member secret serves once. */
function takeMemberSecret({ memberSecrets }: GroupState, acked: MessageId, id: Id): Key32 | undefined {
  const secrets = memberSecrets.get(messageKey(acked))
  const secret = secrets?.get(id)
  secrets?.delete(id)
  if (secrets?.size === 0) memberSecrets.delete(messageKey(acked))
  return secret
}

/** process-add: the adder's chain gives the newcomer its first member secret, then the adder its update secret. */
export function processAdd(
  group: GroupState,
  suite: Suite,
  message: MessageId,
  added: Id,
): Key32 | undefined {
  const secret = updateRatchet(group, suite, message.author, WELCOME)
  if (secret === undefined) return undefined
  group.memberSecrets.set(messageKey(message), new Map([[added, secret]]))
  group.ratchets.set(added, EMPTY_RATCHET)
  return updateRatchet(group, suite, message.author, ADD)
}

/** process-add-ack by `id`, with its chain where it gave us that. */
export function processAddAck(
  group: GroupState,
  suite: Suite,
  id: Id,
  chain: Key32 | undefined,
): Key32 | undefined {
  if (chain !== undefined && isMember(group, id)) group.ratchets.set(id, chain)
  return updateRatchet(group, suite, id, ADD)
}

/** What no later step asks for once `gone` are members no more. */
export function forgetMembers({ ratchets, memberSecrets }: GroupState, gone: readonly Id[]): void {
  for (const id of gone) ratchets.delete(id)
  for (const [key, secrets] of memberSecrets) {
    for (const id of gone) secrets.delete(id)
    if (secrets.size === 0) memberSecrets.delete(key)
  }
}

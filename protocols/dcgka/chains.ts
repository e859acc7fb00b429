/**
 * The layer above: update secrets become sending chains, and application messages go under keys from those, signed,
 * exactly as with Sender Keys (`sending-chain/`). Of each member there is one chain, the newest.
 *
 * A message names its chain by the number of its owner's control message that gave it.
 */
import type { Key32 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { Effects, UpdateSecret } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { decodeGroupMessage, type GroupMessage } from "../sending-chain/messages.ts"
import {
  decryptGroupMessage,
  encryptGroupMessage,
  type OwnSenderKey,
  type ReceivedSenderKey,
  senderKeyName,
} from "../sending-chain/sender-key.ts"
import { deviceOf, type Id, joiningOf, type MessageId } from "./ids.ts"
import { sendingChainKey } from "./seeds.ts"
import { type GroupState, type Peer, requireMember } from "./state.ts"

/** An update secret, and the control message of its owner that gave it. */
type Learnt = MessageId & { readonly secret: Key32 }

/** The secret begins its owner's chain, which replaces the one before. */
export function install(group: GroupState, suite: Suite, learnt: Learnt): void {
  if (learnt.author === group.self) installOwn(group, suite, learnt)
  else installReceived(group, suite, learnt)
}

function installOwn(group: GroupState, suite: Suite, { seq, secret }: Learnt): void {
  const { groupId, signing } = group
  const chainKey = sendingChainKey(group, suite, secret)
  group.own = { distributionId: groupId, chainId: seq, index: 0, chainKey, signing } // FS: the old chain is gone
}

/** As those have it who read it. */
export function installReceived(group: GroupState, suite: Suite, { author, seq, secret }: Learnt): void {
  const peer = group.peers.get(author) as Peer
  const chainKey = sendingChainKey(group, suite, secret)
  const chain: ReceivedSenderKey = { chainId: seq, index: 0, chainKey, signingKey: peer.signingKey }
  group.received.set(senderKeyName(author, group.groupId), [chain]) // FS: the old chain, with what it skipped
  peer.readableFrom ??= seq
}

/** Our own chain as those have it who read it. */
export const asReceived = ({ chainId, index, chainKey, signing }: OwnSenderKey): ReceivedSenderKey => ({
  chainId,
  index,
  chainKey,
  signingKey: signing.public,
})

/** Under the name of its owner's control message; a member that joined again begins anew. */
export const asUpdateSecret = ({ author, seq, secret }: Learnt): UpdateSecret => ({
  owner: deviceOf(author),
  name: joiningOf(author) === 1 ? String(seq) : `${joiningOf(author)}/${seq}`,
  secret,
})

/** @throws ProtocolError `chain-exhausted` */
export function sealMessage({ own }: GroupState, suite: Suite, plaintext: Uint8Array): Uint8Array {
  if (own === undefined) throw new Error("a member without a chain of its own")
  return encryptGroupMessage(own, suite, plaintext)
}

/**
 * An application message of a member. What was said before its author knew us opens for nobody here, and is dropped.
 *
 * @throws ProtocolError `not-a-member`; `no-sender-key` while the chain's control message is under way; `duplicate`
 *   for a chain that was replaced; as `decodeGroupMessage` and `decryptGroupMessage`
 */
export function openMessage(group: GroupState, suite: Suite, from: MemberId, bytes: Uint8Array): Effects {
  const author = requireMember(group, from)
  const message = decodeGroupMessage(bytes)
  const { seen, readableFrom = seen + 1 } = group.peers.get(author) as Peer
  if (message.chainId < readableFrom) return {}
  requireNotReplaced(group, author, message)
  return { message: { from, plaintext: decryptGroupMessage(group.received, suite, author, message) } }
}

/** All messages of a chain came before it was replaced, or its replacement would have been early. */
function requireNotReplaced({ received }: GroupState, author: Id, message: GroupMessage): void {
  const [chain] = received.get(senderKeyName(author, message.distributionId)) ?? []
  if (chain !== undefined && message.chainId < chain.chainId) throw new ProtocolError("duplicate")
}

/** Chains of those who are members no more. */
export function forgetChains({ groupId, received }: GroupState, gone: readonly Id[]): void {
  for (const id of gone) received.delete(senderKeyName(id, groupId)) // FS
}

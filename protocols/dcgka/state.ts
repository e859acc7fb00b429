/** What a member keeps: the paper's γ, and what lies around it. Plain data. */
import { type Key32, key32 } from "../bytes.ts"
import type { KeyPair } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import type { DistributionId } from "../sending-chain/messages.ts"
import type { OwnSenderKey, SenderKeyStore } from "../sending-chain/sender-key.ts"
import { type Id, idOf, joiningOf } from "./ids.ts"
import { type Membership, newMembership } from "./membership.ts"
import type { Introduction } from "./messages.ts"

/** A device. It is in one group at most. */
export type DcgkaState<Channels> = {
  readonly me: MemberId
  /** 2sm[·] in the paper. */
  readonly channels: Channels
  /** Signs what the device sends before it announces another key. */
  readonly identity: KeyPair
  /** Identities from the bundles of others; whoever shows another one later is not trusted. */
  readonly identities: Map<MemberId, Key32>
  /** Once it was removed a device goes on to listen, to the messages that were under way. */
  group: GroupState | undefined
}

export type GroupState = {
  readonly groupId: DistributionId
  /** myId in the paper. */
  readonly self: Id
  /** history in the paper. */
  readonly membership: Membership
  /** All that ever were members, oneself too. */
  readonly peers: Map<Id, Peer>
  signing: KeyPair
  /** The outer chain of each member, ratchet[·]; of those whose chain is known. */
  readonly ratchets: Map<Id, Key32>
  /** memberSecret[·, ·, ·]: by control message, then by the member whose acknowledgement it is for. */
  readonly memberSecrets: Map<string, Map<Id, Key32>>
  /** Made from the last update secret of each member, one chain each. */
  own: OwnSenderKey | undefined
  readonly received: SenderKeyStore
  /** Crossing removes were seen, and no update yet that follows them all. */
  owesUpdate: boolean
}

export type Peer = {
  signingKey: Key32
  /** Number of its last control message; mySeq of oneself. */
  seen: number
  /** Its first control message that gave us a chain to read; what it said on older ones was not for us. */
  readableFrom: number | undefined
}

/** The chain of a member that has not stepped; ε in the paper. */
export const EMPTY_RATCHET = key32(new Uint8Array(32))

export const newPeer = (signingKey: Key32): Peer => ({ signingKey, seen: 0, readableFrom: undefined })

/** A member of a group of whom nobody has sent anything yet. */
export const newGroup = (
  groupId: DistributionId,
  self: Id,
  signing: KeyPair,
  members: readonly Introduction[],
): GroupState => ({
  groupId,
  self,
  membership: newMembership(members.map(({ id }) => id)),
  peers: new Map(members.map(({ id, signingKey }) => [id, newPeer(signingKey)])),
  signing,
  ratchets: new Map(members.map(({ id }) => [id, EMPTY_RATCHET])),
  memberSecrets: new Map(),
  own: undefined,
  received: new Map(),
  owesUpdate: false,
})

export const isMember = ({ membership }: GroupState, id: Id): boolean => membership.members.has(id)

/** @throws ProtocolError `not-a-member` when the device is in no group, or not any more */
export function requireGroup({ group }: DcgkaState<unknown>): GroupState {
  if (group === undefined || !isMember(group, group.self)) throw new ProtocolError("not-a-member")
  return group
}

/** The last name under which a device was in the group. */
export function lastIdOf({ peers }: GroupState, device: MemberId): Id {
  let joining = 1
  while (peers.has(idOf(device, joining + 1))) joining++
  return idOf(device, joining)
}

/** Under which it would join: one that was removed under another; a member not at all. */
export function nextIdOf(group: GroupState, device: MemberId): Id | undefined {
  const last = lastIdOf(group, device)
  if (isMember(group, last)) return undefined
  return group.peers.has(last) ? idOf(device, joiningOf(last) + 1) : last
}

/** @throws ProtocolError `not-a-member` */
export function requireMember(group: GroupState, device: MemberId): Id {
  const id = lastIdOf(group, device)
  if (!isMember(group, id)) throw new ProtocolError("not-a-member")
  return id
}

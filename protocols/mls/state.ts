/** What a device keeps: ts-mls's own state of the group, and what lies around it. Plain data. */
import type { GroupState, KeyPackage, PrivateKeyPackage } from "ts-mls"
import { equal, key32, utf8 } from "../bytes.ts"
import type { KeyPair } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import { EVERYBODY, type UpdateSecret } from "../group.ts"
import type { MemberId } from "../ids.ts"

export type MlsState = {
  readonly me: MemberId
  /** Ed25519; the device's identity, in all its key packages. */
  readonly signing: KeyPair
  /** Both halves, by reference (RFC 9420 §5.2) as hex, until somebody adds the device with it. */
  readonly keyPackages: Map<string, OwnKeyPackage>
  /** What was sent in epochs before this one is not for the device. */
  firstEpoch: bigint
  group: Membership | undefined
  /** The private keys of several devices: only a thief who copied them all has them together. */
  readonly pooledPaths?: readonly PrivatePath[]
}

export type PrivatePath = GroupState["privatePath"]

export type OwnKeyPackage = { readonly publicPackage: KeyPackage; readonly privatePackage: PrivateKeyPackage }

/** A value: replaced, never written into. */
export type Membership = {
  readonly current: GroupState
  /** What the device is to commit, one after another; the first is that of `pending`. */
  readonly intents: readonly Intent[]
  readonly pending: Pending | undefined
}

/** A commit that the server was asked to take, and the group as it is when it does. */
export type Pending = { readonly announcement: Uint8Array; readonly next: GroupState }

export type Intent =
  | { readonly kind: "create"; readonly others: readonly Invitation[] }
  | { readonly kind: "add"; readonly newcomer: Invitation }
  | { readonly kind: "remove"; readonly member: MemberId }
  | { readonly kind: "update" }

export type Invitation = { readonly member: MemberId; readonly keyPackage: KeyPackage }

/** Members have one secret for all in each epoch; which one is shown for comparison (RFC 9420, §8.7). */
export const epochSecret = ({ groupContext, keySchedule }: GroupState): UpdateSecret => ({
  owner: EVERYBODY,
  name: `epoch ${groupContext.epoch}`,
  secret: key32(keySchedule.epochAuthenticator),
})

type Tree = GroupState["ratchetTree"]

/** The number of a member's leaf; undefined where it is none. */
export function leafOf(tree: Tree, member: MemberId): number | undefined {
  const identity = utf8(member)
  const index = tree.findIndex(
    (node) =>
      node?.nodeType === "leaf" &&
      node.leaf.credential.credentialType === "basic" &&
      equal(node.leaf.credential.identity, identity),
  )
  return index < 0 ? undefined : index / 2
}

/** @throws ProtocolError `not-a-member` when the device is in no group */
export function requireGroup({ group }: MlsState): Membership {
  if (group === undefined) throw new ProtocolError("not-a-member")
  return group
}

/** @throws ProtocolError `not-a-member` */
export function requireLeaf(tree: Tree, member: MemberId): number {
  const leaf = leafOf(tree, member)
  if (leaf === undefined) throw new ProtocolError("not-a-member")
  return leaf
}

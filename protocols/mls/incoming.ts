/** What others sent, and what comes back of one's own. Nothing is written before all is checked. */
import { emptyPskIndex, type GroupState, joinGroup, type PrivateMessage, processPrivateMessage } from "ts-mls"
import { equal } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError, unreachable } from "../errors.ts"
import type { Effects, Packet } from "../group.ts"
import { asClient, asState, configOf, decoded, heeding, type Retention } from "./client.ts"
import { enter } from "./commits.ts"
import { type Invited, invitedBy } from "./key-packages.ts"
import {
  epochSecret,
  type Membership,
  type MlsState,
  type Pending,
  requireGroup,
  requireLeaf,
} from "./state.ts"
import { bridged } from "./suite-bridge.ts"

/**
 * @throws ProtocolError `bad-encoding`; `early` before the welcome, or in an epoch to come; `not-a-member`, of that
 *   epoch; `duplicate`, also for an epoch too long ago; `missing-prekey`; `invalid-message`
 */
export async function process(state: MlsState, suite: Suite, packet: Packet): Promise<Effects> {
  const pending = confirmedBy(state, packet)
  if (pending !== undefined) return enter(state, suite, pending.next, state.group?.intents.slice(1) ?? [])
  switch (packet.kind) {
    case "two-party":
      requireLeaf(requireGroup(state).current.ratchetTree, packet.from)
      throw new ProtocolError("bad-encoding")
    case "welcome":
      return packet.from === state.me ? {} : join(state, suite, packet)
    case "broadcast":
      return processBroadcast(state, suite, packet)
    default:
      return unreachable(packet)
  }
}

/** The device's own commit, if that is what the server took. */
export function confirmedBy({ me, group }: MlsState, { from, bytes }: Packet): Pending | undefined {
  const pending = group?.pending
  return pending !== undefined && from === me && equal(bytes, pending.announcement) ? pending : undefined
}

async function join(state: MlsState, suite: Suite, { from, bytes }: Packet): Promise<Effects> {
  if (state.group !== undefined) throw new ProtocolError("early") // added again before it heard of its removal
  const { reference, current } = await groupIn(state, suite, bytes, "member")
  requireLeaf(current.ratchetTree, from)
  state.keyPackages.delete(reference) // FS
  state.firstEpoch = current.groupContext.epoch
  state.group = { current, intents: [], pending: undefined }
  return { secrets: [epochSecret(current)] }
}

export type Joined = Pick<Invited, "reference"> & { readonly current: GroupState }

/** The group that a welcome is to. @throws ProtocolError `bad-encoding`, `missing-prekey`, `invalid-message` */
export async function groupIn(
  state: MlsState,
  suite: Suite,
  bytes: Uint8Array,
  retention: Retention,
): Promise<Joined> {
  const message = await decoded(bytes)
  if (message.wireformat !== "mls_welcome") throw new ProtocolError("bad-encoding")
  const { welcome } = message
  const { reference, own } = invitedBy(state, welcome)
  const { publicPackage, privatePackage } = own
  const [cs, config] = [bridged(suite), configOf(retention)]
  const client = await heeding(() =>
    joinGroup(welcome, publicPackage, privatePackage, emptyPskIndex, cs, undefined, undefined, config),
  )
  return { reference, current: asState(client) }
}

async function processBroadcast(state: MlsState, suite: Suite, { from, bytes }: Packet): Promise<Effects> {
  const message = await privateMessageIn(bytes)
  if (message.epoch < state.firstEpoch) return {} // said before its sender knew the device
  if (state.group === undefined) throw new ProtocolError("early")
  const sender = requireLeaf(treeIn(state.group.current, message.epoch), from)
  if (message.epoch > state.group.current.groupContext.epoch) throw new ProtocolError("early")
  const received = { group: state.group, message, sender, from }
  return message.contentType === "application"
    ? openText(state, suite, received)
    : openCommit(state, suite, received)
}

/** @throws ProtocolError `bad-encoding` for another kind of message, or one that is not an MLS message at all */
export async function privateMessageIn(bytes: Uint8Array): Promise<PrivateMessage> {
  const message = await decoded(bytes)
  if (message.wireformat !== "mls_private_message") throw new ProtocolError("bad-encoding")
  return message.privateMessage
}

/** Who was where in an epoch, as far as that is known. @throws ProtocolError `duplicate` when it is too long ago */
function treeIn({ groupContext, ratchetTree, historicalReceiverData }: GroupState, epoch: bigint) {
  if (epoch >= groupContext.epoch) return ratchetTree
  const past = historicalReceiverData.get(epoch)
  if (past === undefined) throw new ProtocolError("duplicate")
  return past.ratchetTree
}

/** A message under the name of `from`, whose leaf is number `sender`. */
type Received = {
  readonly group: Membership
  readonly message: PrivateMessage
  readonly from: string
  readonly sender: number
}

async function openText(
  state: MlsState,
  suite: Suite,
  { group, message, from, sender }: Received,
): Promise<Effects> {
  const client = asClient(group.current, "member")
  const opened = await heeding(() => processPrivateMessage(client, message, emptyPskIndex, bridged(suite)))
  if (opened.kind !== "applicationMessage") throw new ProtocolError("bad-encoding")
  const current = asState(opened.newState)
  if (moved(group.current, current, message.epoch) !== sender) throw new ProtocolError("bad-signature")
  state.group = { ...group, current }
  return { message: { from, plaintext: opened.message } }
}

/** ts-mls does not say who signed a message; it is the one whose ratchet has turned. */
function moved(before: GroupState, after: GroupState, epoch: bigint): number {
  const [old, turned] = [before, after].map(
    ({ secretTree, historicalReceiverData }) => historicalReceiverData.get(epoch)?.secretTree ?? secretTree,
  )
  return (turned?.findIndex((ratchets, node) => ratchets !== old?.[node]) ?? -1) / 2
}

async function openCommit(
  state: MlsState,
  suite: Suite,
  { group, message, sender }: Received,
): Promise<Effects> {
  const { epoch } = group.current.groupContext
  if (message.epoch < epoch) throw new ProtocolError("duplicate")
  const client = asClient(group.current, "member")
  const opened = await heeding(() =>
    processPrivateMessage(client, message, emptyPskIndex, bridged(suite), (incoming) =>
      incoming.kind === "commit" && incoming.senderLeafIndex === sender ? "accept" : "reject",
    ),
  )
  if (opened.kind !== "newState") throw new ProtocolError("bad-encoding")
  if (opened.actionTaken === "reject") throw new ProtocolError("bad-signature")
  if (opened.newState.groupActiveState.kind !== "active") return leave(state, epoch)
  return enter(state, suite, asState(opened.newState), group.intents)
}

/** FS: one who was removed keeps nothing of the group. */
function leave(state: MlsState, last: bigint): Effects {
  state.group = undefined
  state.firstEpoch = last + 1n
  return {}
}

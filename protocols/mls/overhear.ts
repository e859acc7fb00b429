/**
 * What a thief of a member's state does with all it hears: go through the epochs with the stolen keys as far as they lead,
 * and open messages of all members, the victim's own among them.
 */
import { emptyPskIndex, type GroupState, type PrivateMessage, processPrivateMessage } from "ts-mls"
import { equal, key32 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { Packet } from "../group.ts"
import { asClient, asState, heeding } from "./client.ts"
import { confirmedBy, groupIn, privateMessageIn } from "./incoming.ts"
import { rewound } from "./rewind.ts"
import type { MlsState, Pending, PrivatePath } from "./state.ts"
import { bridged } from "./suite-bridge.ts"

/**
 * `live` learns, and forgets nothing. A commit counts as opened where its secret did: that somebody's public keys have
 * changed tells a thief nothing, though it was encrypted.
 */
export async function overhear(
  stolen: MlsState,
  live: MlsState,
  suite: Suite,
  packet: Packet,
): Promise<boolean> {
  return (
    (await hasOpened(() => follow(live, suite, packet))) ||
    (await hasOpened(() => openAgain(stolen, suite, packet)))
  )
}

async function hasOpened(attempt: () => Promise<boolean>): Promise<boolean> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}

/** A copy with the private keys of the others, which may open what was committed in its epoch and later. */
export const pool = (copy: MlsState, others: readonly MlsState[]): MlsState => ({
  ...copy,
  pooledPaths: [copy, ...others].flatMap(({ group }) => group?.current.privatePath ?? []),
})

async function follow(live: MlsState, suite: Suite, packet: Packet): Promise<boolean> {
  const pending = confirmedBy(live, packet)
  if (pending !== undefined) return hold(live, pending.next)
  if (packet.kind === "welcome")
    return hold(live, (await groupIn(live, suite, packet.bytes, "thief")).current)
  if (packet.kind !== "broadcast" || live.group === undefined) return false
  const { current } = live.group
  const message = await privateMessageIn(packet.bytes)
  for (const group of seenByEach(current, live.pooledPaths, suite)) {
    if (await hasOpened(() => followAs(live, suite, group, message))) return true
  }
  return false
}

async function followAs(
  live: MlsState,
  suite: Suite,
  group: GroupState,
  message: PrivateMessage,
): Promise<boolean> {
  const { newState } = await opened(suite, group, message)
  return newState.groupActiveState.kind === "active" && hold(live, asState(newState), live.group?.pending)
}

/** The group as each device whose private keys are held has it; each with the keys of all. */
function seenByEach(
  current: GroupState,
  pooledPaths: readonly PrivatePath[] | undefined,
  suite: Suite,
): readonly GroupState[] {
  if (pooledPaths === undefined) return [current]
  const privateKeys = fitting(suite, current, [current.privatePath, ...pooledPaths])
  return pooledPaths.map(({ leafIndex }) => ({ ...current, privatePath: { leafIndex, privateKeys } }))
}

/** Of all private keys those whose public halves are in the tree: others are of other epochs. */
function fitting(suite: Suite, { ratchetTree }: GroupState, paths: readonly PrivatePath[]) {
  const keys = paths.flatMap(({ privateKeys }) => Object.entries(privateKeys))
  return Object.fromEntries(
    keys.filter(([index, key]) => {
      const node = ratchetTree[Number(index)]
      const { hpkePublicKey } = node?.nodeType === "parent" ? node.parent : (node?.leaf ?? {})
      return hpkePublicKey !== undefined && equal(suite.publicKey(key32(key)), hpkePublicKey)
    }),
  )
}

const opened = (suite: Suite, group: GroupState, message: PrivateMessage) =>
  heeding(() => processPrivateMessage(asClient(group, "thief"), message, emptyPskIndex, bridged(suite)))

/** Go on from there. What the victim was about to commit stays good until somebody's commit is taken. */
function hold(live: MlsState, current: GroupState, pending?: Pending): true {
  live.group = { current, intents: [], pending }
  return true
}

/** A message that the victim had read, with what it kept for one before it. */
async function openAgain({ group }: MlsState, suite: Suite, { from, bytes }: Packet): Promise<boolean> {
  if (group === undefined) return false
  const message = await privateMessageIn(bytes)
  const earlier = rewound(group.current, message.epoch, from)
  if (earlier === undefined || message.contentType !== "application") return false
  await opened(suite, earlier, message)
  return true
}

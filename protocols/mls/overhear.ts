/**
 * What a thief of a member's state does with all it hears: go through the epochs with the stolen keys as far as they lead,
 * and open messages of all members, the victim's own among them.
 */
import { emptyPskIndex, processPrivateMessage } from "ts-mls"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { Packet } from "../group.ts"
import { asClient, asState, heeding } from "./client.ts"
import { confirmedBy, groupIn, privateMessageIn } from "./incoming.ts"
import type { MlsState } from "./state.ts"
import { bridged } from "./suite-bridge.ts"

/**
 * `live` learns, and forgets nothing. A commit counts as opened where its secret did: that somebody's public keys have
 * changed tells a thief nothing, though it was encrypted.
 */
export async function overhear(live: MlsState, suite: Suite, packet: Packet): Promise<boolean> {
  try {
    return await follow(live, suite, packet)
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}

async function follow(live: MlsState, suite: Suite, packet: Packet): Promise<boolean> {
  const pending = confirmedBy(live, packet)
  if (pending !== undefined) return hold(live, pending.next)
  if (packet.kind === "welcome")
    return hold(live, (await groupIn(live, suite, packet.bytes, "thief")).current)
  if (packet.kind !== "broadcast" || live.group === undefined) return false
  const client = asClient(live.group.current, "thief")
  const message = await privateMessageIn(packet.bytes)
  const opened = await heeding(() => processPrivateMessage(client, message, emptyPskIndex, bridged(suite)))
  const isIn = opened.newState.groupActiveState.kind === "active"
  return isIn && hold(live, asState(opened.newState), live.group.pending)
}

/** Go on from there. What the victim was about to commit stays good until somebody's commit is taken. */
function hold(live: MlsState, current: Held["current"], pending?: Held["pending"]): true {
  live.group = { current, intents: [], pending }
  return true
}

type Held = NonNullable<MlsState["group"]>

/** Whose next message could the thief read? Asked of copies, so that asking changes nothing. */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { contextOf } from "../sim/context.ts"
import { fork } from "../sim/fork.ts"
import type { Group } from "../sim/group.ts"
import type { Thief } from "./thief.ts"

const WORDS = new TextEncoder().encode("can you read this?")

/** A group, and what of its packets has bytes that can be tried. */
export type Probed = {
  readonly group: Group
  readonly createSuite: CreateSuite
  readonly audible: (packet: Packet) => readonly Packet[]
}

/** Those of `members` whose next application message the thief would read, one after another. */
export async function* readableSenders(
  { group, createSuite, audible }: Probed,
  thief: Thief,
  members: readonly MemberId[],
): AsyncGenerator<MemberId> {
  const twin = thief.twin() // one for all: as if everybody spoke at once
  for (const sender of members) {
    const packets = (await nextMessage(group, createSuite, sender)).flatMap(audible)
    if (await hearsAny(twin, packets)) yield sender
  }
}

async function hearsAny(thief: Thief, packets: readonly Packet[]): Promise<boolean> {
  for (const packet of packets) if (await thief.hears(packet)) return true
  return false
}

/** What `sender` would upload if it spoke now. */
async function nextMessage(group: Group, createSuite: CreateSuite, sender: MemberId): Promise<Packet[]> {
  const { id, state, random } = group.member(sender)
  const copy = fork({ id, state, random })
  const world = { now: group.now, fetchBundle: (member: MemberId) => group.peekBundle(member) }
  const context = contextOf(copy, createSuite, world)
  const { packets = [] } = await group.protocol.send(copy.state, context, WORDS)
  return packets.map((packet) => ({ ...packet, from: sender }))
}

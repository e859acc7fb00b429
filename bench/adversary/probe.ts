/** Whose next message could the thief read? Asked of copies, so that asking changes nothing. */
import { seededRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Group } from "../sim/group.ts"
import type { Thief } from "./thief.ts"

const WORDS = new TextEncoder().encode("can you read this?")

/** Those of `members` whose next application message the thief would read, one after another. */
export function* readableSenders(
  group: Group,
  createSuite: CreateSuite,
  thief: Thief,
  members: readonly MemberId[],
): Generator<MemberId> {
  const twin = thief.twin() // one for all: as if everybody spoke at once
  for (const sender of members) {
    if (nextMessage(group, createSuite, sender).some((packet) => twin.hears(packet))) yield sender
  }
}

/** What `sender` would upload if it spoke now. */
function nextMessage(group: Group, createSuite: CreateSuite, sender: MemberId): Packet[] {
  const { state, random } = structuredClone(copyable(group, sender))
  const context = {
    suite: createSuite(seededRandom(random)),
    now: group.now,
    fetchBundle: (member: MemberId) => group.peekBundle(member),
  }
  const { packets = [] } = group.protocol.send(state, context, WORDS)
  return packets.map((packet) => ({ ...packet, from: sender }))
}

function copyable(group: Group, sender: MemberId) {
  const { state, random } = group.member(sender)
  return { state, random }
}

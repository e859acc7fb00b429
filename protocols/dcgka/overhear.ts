/**
 * What a thief of a member's state does with all it hears: open every ciphertext that its copy of the channels opens,
 * and follow the derivations from there. It asks nobody for leave: not the order, not signatures, not who is a member.
 */
import type { Key32 } from "../bytes.ts"
import type { Context } from "../context.ts"
import type { Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { ciphertextsIn } from "../packets.ts"
import { decodeGroupMessage } from "../sending-chain/messages.ts"
import { decryptGroupMessage, senderKeyName } from "../sending-chain/sender-key.ts"
import { ifOpened, overhearChannel, type TwoParty } from "../two-party/two-party.ts"
import { CONTENT, SENDER_KEY_MESSAGE, untagged } from "../wire.ts"
import { asReceived, installReceived } from "./chains.ts"
import { groupIn } from "./joining.ts"
import { type ControlMessage, copyOf, decodeSigned } from "./messages.ts"
import { type DcgkaState, type GroupState, lastIdOf, newGroup } from "./state.ts"
import { derive, note } from "./step.ts"
import { decodeWelcome } from "./welcome.ts"

/** `live` learns. @returns whether a ciphertext opened */
export function overhear<Channels>(
  channel: TwoParty<Channels>,
  stolen: DcgkaState<Channels>,
  live: DcgkaState<Channels>,
  context: Context,
  packet: Packet,
): boolean {
  const contents = ciphertextsIn(packet).flatMap(
    (sealed) => overhearChannel(channel, stolen.channels, live.channels, context, sealed) ?? [],
  )
  if (packet.kind === "two-party" && packet.to === live.me)
    joinUnseen(live, context, packet.from, contents[0])
  if (packet.kind !== "broadcast") return contents.length > 0
  readFromOutside(live.group)
  const { tag, body } = untagged(packet.bytes)
  const isMessage = tag === SENDER_KEY_MESSAGE
  const hasOpened = isMessage && ifOpened(() => openMessage(live, context, packet, body)) !== undefined
  const [secret] = contents.map((content) => copyOf(content.subarray(1), 32))
  if (!isMessage) follow(live, context, decodeSigned(packet.from, body), secret)
  writeFromInside(live.group)
  return hasOpened || contents.length > 0
}

/** To a thief the victim is a member like the others: its chain is one to be read. */
function readFromOutside(group: GroupState | undefined): void {
  if (group?.own === undefined) return
  const name = senderKeyName(group.self, group.groupId)
  if (!group.received.has(name)) group.received.set(name, [asReceived(group.own)])
  group.own = undefined
}

/** And one to go on with in the victim's name, as far as it is known, under the signing key that was stolen. */
function writeFromInside(group: GroupState | undefined): void {
  if (group === undefined) return
  const { groupId, received, self, signing } = group
  const [chain] = received.get(senderKeyName(self, groupId)) ?? []
  if (chain === undefined) return
  const { chainId, index, chainKey } = chain
  group.own = { distributionId: groupId, chainId, index, chainKey, signing }
}

function openMessage(
  live: DcgkaState<unknown>,
  { suite }: Context,
  { from }: Packet,
  body: Uint8Array,
): Uint8Array {
  const author = live.group === undefined ? from : lastIdOf(live.group, from)
  return decryptGroupMessage(live.group?.received ?? new Map(), suite, author, decodeGroupMessage(body))
}

/** The victim is added: its welcome says all that the thief needs to follow. */
function joinUnseen(
  live: DcgkaState<unknown>,
  context: Context,
  from: MemberId,
  content: Uint8Array | undefined,
): void {
  if (content === undefined) return
  const { tag, body } = untagged(content)
  if (tag !== CONTENT.welcome) return
  const { group, add } = groupIn(live, from, decodeWelcome(body))
  live.group = group
  follow(live, context, add, undefined)
}

/** Nobody is removed: one who has not heard of it goes on for a while, and can be followed. */
function follow(
  live: DcgkaState<unknown>,
  { suite }: Context,
  message: ControlMessage,
  secret: Key32 | undefined,
): void {
  const { author, seq, body } = message
  if (body.kind === "create" && secret !== undefined)
    live.group ??= newGroup(body.groupId, live.me, live.identity, body.members)
  const { group } = live
  const peer = group?.peers.get(author)
  if (group === undefined || peer === undefined) return
  if (seq <= peer.seen) return // taken in before the copy was made: from a recording that is older than it
  note(group, message)
  const updateSecret = derive(group, suite, message, secret)
  if (updateSecret !== undefined) installReceived(group, suite, { author, seq, secret: updateSecret })
}

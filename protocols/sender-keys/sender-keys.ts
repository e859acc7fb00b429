/**
 * Sender Keys: each member makes a symmetric key, gives it to every other member over a two-party channel, and
 * sends each message once under keys hashed from it.
 *
 * Source: WhatsApp Encryption Overview, "Group messages"; libsignal 0.103.0, observed; as an update-secret
 * protocol: ePrint 2020/1281 of 2020-10-07, §3 and §6. A key is distributed with its owner's next message;
 * after a removal all members clear theirs and start over; a newcomer gets the chains as they are.
 */
import { exactly } from "../bytes.ts"
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { Effects, Notice, Packet, SyncGroupProtocol, UpdateSecret } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { askToAdd, askToCreate, askToRemove, othersIn, type Roster, requireMember } from "../roster.ts"
import {
  type Distribution,
  type DistributionId,
  decodeDistribution,
  decodeGroupMessage,
  encodeDistribution,
} from "../sending-chain/messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  receiveDistribution,
  type SenderKeyStore,
} from "../sending-chain/sender-key.ts"
import { ifOpened, overhearChannel, sendOver, type TwoParty } from "../two-party/two-party.ts"
import { CONTENT, RATCHET_STEP, SENDER_KEY_MESSAGE, tagged, untagged } from "../wire.ts"
import { isDue, type RenewalPolicy } from "./renewal.ts"

/** Our key, since when, and who was given it. */
type CurrentKey = { readonly key: OwnSenderKey; readonly createdAt: number; readonly holders: Set<MemberId> }

export type SenderKeysState<Channels> = Roster & {
  readonly channels: Channels
  readonly distributionId: DistributionId
  own: CurrentKey | undefined
  readonly received: SenderKeyStore
}

/** The protocol over a given channel, with a policy for renewing keys that nobody asked to renew. */
export function senderKeys<Channels>(
  channel: TwoParty<Channels>,
  renewal: RenewalPolicy,
): SyncGroupProtocol<SenderKeysState<Channels>> {
  type State = SenderKeysState<Channels>

  function prepareToSend(
    state: State,
    context: Context,
    readers: readonly MemberId[] = othersIn(state),
  ): Effects {
    requireMember(state, state.me)
    return state.own === undefined || isRenewalDue(renewal, state.own, context.now)
      ? renew(state, context, readers)
      : { packets: distribute(state, state.own, context, readers) }
  }

  function renew(state: State, context: Context, readers: readonly MemberId[]): Effects {
    requireMember(state, state.me)
    const key = createSenderKey(context.suite, state.distributionId)
    state.own = { key, createdAt: context.now, holders: new Set() } // FS: our old chain and signing key are gone
    const secrets = [updateSecret(state.me, distributionOf(key))]
    return { packets: distribute(state, state.own, context, readers), secrets }
  }

  /** Give our key to those readers who lack it. */
  function distribute(
    state: State,
    { key, holders }: CurrentKey,
    context: Context,
    readers: readonly MemberId[],
  ) {
    const lacking = readers.filter((member) => !holders.has(member))
    const content = tagged(CONTENT.distribution, encodeDistribution(distributionOf(key)))
    return lacking.map((member) => {
      const packet = sendOver(channel, state.channels, context, member, content)
      holders.add(member)
      return packet
    })
  }

  function send(state: State, context: Context, plaintext: Uint8Array): Effects {
    const { packets = [], secrets = [] } = prepareToSend(state, context)
    const { key } = state.own as CurrentKey
    const bytes = tagged(SENDER_KEY_MESSAGE, encryptGroupMessage(key, context.suite, plaintext))
    return { packets: [...packets, { kind: "broadcast", bytes }], secrets }
  }

  function process(state: State, context: Context, packet: Packet): Effects {
    requireMember(state, packet.from)
    const { from, kind, bytes } = packet
    return kind === "two-party"
      ? processContent(state, from, channel.decrypt(state.channels, context, from, bytes))
      : { message: { from, plaintext: openGroupMessage(state, context, packet) } }
  }

  function overhear(stolen: State, live: State, context: Context, packet: Packet): boolean {
    if (packet.kind !== "two-party") {
      if (stolen.own !== undefined)
        receiveDistribution(live.received, live.me, distributionOf(stolen.own.key))
      return ifOpened(() => openGroupMessage(live, context, packet)) !== undefined
    }
    const content = overhearChannel(channel, stolen.channels, live.channels, context, packet)
    if (content !== undefined) processContent(live, packet.from, content)
    return content !== undefined
  }

  return {
    init: (context) => ({
      me: context.me,
      members: [],
      channels: channel.init(context),
      distributionId: exactly(context.suite.random(16), 16),
      own: undefined,
      received: new Map(),
    }),
    publishBundle: ({ channels }, context, id) => channel.publishBundle(channels, context, id),
    create: (_state, _context, members) => askToCreate(members),
    add: (state, _context, newcomer) => askToAdd(state, newcomer),
    remove: (state, _context, member) => askToRemove(state, member),
    update: (state, context) => renew(state, context, othersIn(state)),
    processNotice,
    process,
    prepareToSend,
    send,
    ratchetChannels: (state, context, peers) => ({
      packets: peers.map((peer) => sendOver(channel, state.channels, context, peer, RATCHET_STEP)),
    }),
    leaveChannels: ({ channels }, context, peers) => {
      for (const peer of peers) channel.leave(channels, context, peer)
      return {}
    },
    overhear,
    pool: (copy, _others, channels) => ({ ...copy, channels: channels as Channels }),
    channelsIn: ({ channels }) => channels,
  }
}

function processNotice(
  state: SenderKeysState<unknown>,
  _context: Context,
  { change, members }: Notice,
): Effects {
  state.members = members.includes(state.me) ? members : []
  if (change.kind === "remove") {
    state.own = undefined // FS: the removed member holds this chain
    state.received.clear() // FS: and these; everybody starts over
  }
  return {}
}

/** What a channel carried from an authenticated `from`. */
function processContent(state: SenderKeysState<unknown>, from: MemberId, content: Uint8Array): Effects {
  const { tag, body } = untagged(content)
  if (tag !== CONTENT.distribution) return {}
  const distribution = decodeDistribution(body)
  receiveDistribution(state.received, from, distribution)
  // A chain that already moved is not the update secret any more, and cannot be compared with it.
  return distribution.iteration === 0 ? { secrets: [updateSecret(from, distribution)] } : {}
}

function openGroupMessage(
  state: SenderKeysState<unknown>,
  { suite }: Context,
  { from, bytes }: Packet,
): Uint8Array {
  const { tag, body } = untagged(bytes)
  if (tag !== SENDER_KEY_MESSAGE) throw new ProtocolError("bad-encoding")
  return decryptGroupMessage(state.received, suite, from, decodeGroupMessage(body))
}

const isRenewalDue = (policy: RenewalPolicy, { key, createdAt }: CurrentKey, now: number): boolean =>
  isDue(policy, { messages: key.index, ageSeconds: now - createdAt })

const updateSecret = (owner: MemberId, { chainId, chainKey }: Distribution): UpdateSecret => ({
  owner,
  name: String(chainId),
  secret: chainKey,
})

/**
 * Pairwise fan-out: a message is encrypted once for each other member over its own channel; there is no group
 * state and there are no update secrets. Signal's groups before Sender Keys.
 *
 * Source: Marlinspike, "Private Group Messaging", Signal blog, 2014-05-05. It heals by itself where messages
 * flow both ways on a channel, because each answer turns that channel's ratchet.
 */
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { Effects, Packet, SyncGroupProtocol } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { askToAdd, askToCreate, askToRemove, othersIn, type Roster, requireMember } from "../roster.ts"
import { overhearChannel, sendOver, type TwoParty } from "../two-party/two-party.ts"
import { CONTENT, RATCHET_STEP, tagged, untagged } from "../wire.ts"

export type PairwiseState<Channels> = Roster & { readonly channels: Channels }

/** The protocol over a given channel. */
export function pairwise<Channels>(channel: TwoParty<Channels>): SyncGroupProtocol<PairwiseState<Channels>> {
  type State = PairwiseState<Channels>

  function fanOut(state: State, context: Context, to: readonly MemberId[], content: Uint8Array): Effects {
    return { packets: to.map((peer) => sendOver(channel, state.channels, context, peer, content)) }
  }

  function process(state: State, context: Context, { from, kind, bytes }: Packet): Effects {
    requireMember(state, from)
    if (kind !== "two-party") throw new ProtocolError("bad-encoding")
    const { tag, body } = untagged(channel.decrypt(state.channels, context, from, bytes))
    return tag === CONTENT.message ? { message: { from, plaintext: body } } : {}
  }

  return {
    init: (context) => ({ me: context.me, members: [], channels: channel.init(context) }),
    publishBundle: ({ channels }, context, id) => channel.publishBundle(channels, context, id),
    create: (_state, _context, members) => askToCreate(members),
    add: (state, _context, newcomer) => askToAdd(state, newcomer),
    remove: (state, _context, member) => askToRemove(state, member),
    update(state, context) {
      requireMember(state, state.me)
      return fanOut(state, context, othersIn(state), RATCHET_STEP)
    },
    processNotice(state, _context, { members }) {
      state.members = members.includes(state.me) ? members : []
      return {}
    },
    process,
    prepareToSend(state, context, readers = othersIn(state)) {
      requireMember(state, state.me)
      const strangers = readers.filter((peer) => !channel.hasChannel(state.channels, context, peer))
      return fanOut(state, context, strangers, RATCHET_STEP)
    },
    send(state, context, plaintext) {
      requireMember(state, state.me)
      return fanOut(state, context, othersIn(state), tagged(CONTENT.message, plaintext))
    },
    ratchetChannels: (state, context, peers) => fanOut(state, context, peers, RATCHET_STEP),
    leaveChannels: ({ channels }, context, peers) => {
      for (const peer of peers) channel.leave(channels, context, peer)
      return {}
    },
    overhear: (stolen, live, context, packet) =>
      packet.kind === "two-party" &&
      overhearChannel(channel, stolen.channels, live.channels, context, packet) !== undefined,
    pool: (copy, _others, channels) => ({ ...copy, channels: channels as Channels }),
    channelsIn: ({ channels }) => channels,
  }
}

/**
 * DCGKA: decentralized continuous group key agreement.
 *
 * Source: Weidner, Kleppmann, Hugenroth, Beresford, "Key Agreement for Decentralized Secure Group Messaging with
 * Strong Security Guarantees", ePrint 2020/1281 of 2020-10-07, §6 and Fig. 4; its algorithm is in `seeds.ts`
 * (derivations), `operations.ts` (create, add, remove, update) and `incoming.ts` (process); what lies around it in
 * `broadcast.ts` (who signed, and what must have come before), `membership.ts` (who is in) and `chains.ts` (messages).
 *
 * One member sends everybody a seed, each in a ciphertext of its own within one broadcast. From it follow a secret for
 * each member, which becomes that member's next update secret, by its chain, when it acknowledges the message. So
 * everybody's chain is renewed by n − 1 ciphertexts and n − 1 acknowledgements, in whatever order they arrive.
 *
 * Departures from the paper:
 * - Signatures cover a control message without the ciphertexts that travel with it, so that a server can hand each
 *   member its own alone. The message carries a hash of the secret instead, which binds them, and shows up an author
 *   that gives two members two seeds. One who got the wrong one takes neither that message nor its author's later ones.
 * - A device's first signing key is its identity, published with its prekey bundles and trusted on first use: create
 *   lists everybody's, add the newcomer's, a welcome the current ones. A welcome is wholly inside the channel's
 *   encryption. Operations announce a fresh signing key, acknowledgements do not.
 * - A control message says how many application messages its author sent before it, and waits for them.
 * - Of the history only what is under way is kept (`membership.ts`); seeds are erased at once, so nextSeed is nowhere.
 * - The advice to update after crossing removes (§7) is followed before a member's next message: `owesUpdate`.
 * - Member secrets, chains and sending chains have labels of their own, with the group's id in them.
 *
 * - A member may remove itself: it sends no seed, and whoever speaks next updates first.
 *
 * A genuine message of an honest member can always be taken in when what it needs has come; a forged one changes
 * nothing, and the genuine one is taken after it.
 *
 * Limits: what a thief of a member's state sends in its name before that member's next operation can keep that operation
 * out, at whoever took it: a number is used, or words are counted that the member did not say. Control messages are in
 * the clear, as in the paper. Removal cannot be told from what crosses it: a removed
 * member that hides that it learnt of its removal can still update and remove. One device must not be added by two at
 * once. Over 2sm, which misses no message, a removed device can be added again only when what was under way to it came.
 */
import type { Context } from "../context.ts"
import { ProtocolError, unreachable } from "../errors.ts"
import type { Effects, GroupProtocol, Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { CONTENT, CONTROL_MESSAGE, RATCHET_STEP, SENDER_KEY_MESSAGE, tagged, untagged } from "../wire.ts"
import { openMessage, sealMessage } from "./chains.ts"
import { encodeBundle } from "./identities.ts"
import { type Broadcast, processControl } from "./incoming.ts"
import { join } from "./joining.ts"
import { add, create, remove, update } from "./operations.ts"
import { type Caller, encryptTo, type Turn } from "./outgoing.ts"
import { overhear } from "./overhear.ts"
import { type DcgkaState, isMember, requireGroup, requireMember } from "./state.ts"

/** The protocol over a given channel. */
export function dcgka<Channels>(channel: TwoParty<Channels>): GroupProtocol<DcgkaState<Channels>> {
  type State = DcgkaState<Channels>

  const callerOf = (state: State, context: Context): Caller<Channels> => ({ channel, state, context })
  const turnOf = (state: State, context: Context): Turn<Channels> => ({
    ...callerOf(state, context),
    group: requireGroup(state),
  })

  function process(state: State, context: Context, packet: Packet): Effects {
    switch (packet.kind) {
      case "two-party":
        return processContent(callerOf(state, context), packet.from, packet.bytes)
      case "broadcast":
        return processBroadcast(callerOf(state, context), packet)
      case "welcome":
        throw new ProtocolError("bad-encoding") // a newcomer's comes over a channel
      default:
        return unreachable(packet)
    }
  }

  function prepareToSend(state: State, context: Context): Effects {
    const turn = turnOf(state, context)
    return turn.group.owesUpdate ? update(turn) : {}
  }

  function send(state: State, context: Context, plaintext: Uint8Array): Effects {
    const { packets = [], secrets = [] } = prepareToSend(state, context)
    const sealed = sealMessage(requireGroup(state), context.suite, plaintext)
    return {
      packets: [...packets, { kind: "broadcast", bytes: tagged(SENDER_KEY_MESSAGE, sealed) }],
      secrets,
    }
  }

  return {
    init: (context) => ({
      me: context.me,
      channels: channel.init(context),
      identity: context.suiteFor("signing identity").keyPair(),
      identities: new Map(),
      group: undefined,
    }),
    publishBundle: ({ channels, identity }, context, id) =>
      encodeBundle(channel.publishBundle(channels, context, id), identity.public),
    create: (state, context, members) => create(callerOf(state, context), members),
    add: (state, context, newcomer) => add(turnOf(state, context), newcomer),
    remove: (state, context, member) => remove(turnOf(state, context), member),
    update: (state, context) => update(turnOf(state, context)),
    processNotice: () => ({}), // control messages carry the changes
    process,
    prepareToSend,
    send,
    ratchetChannels: (state, context, peers) => ({
      packets: peers.map((to) => ({
        kind: "two-party",
        to,
        bytes: encryptTo(callerOf(state, context), to, RATCHET_STEP),
      })),
    }),
    leaveChannels: ({ channels }, context, peers) => {
      for (const peer of peers) channel.leave(channels, context, peer)
      return {}
    },
    overhear: (stolen, live, context, packet) => overhear(channel, stolen, live, context, packet),
    pool: (copy, _others, channels) => ({ ...copy, channels: channels as Channels }),
    channelsIn: ({ channels }) => channels,
  }
}

function processBroadcast<Channels>(caller: Caller<Channels>, packet: Broadcast): Effects {
  const { tag, body } = untagged(packet.bytes)
  if (tag === CONTROL_MESSAGE) return processControl(caller, packet, body)
  if (tag !== SENDER_KEY_MESSAGE) throw new ProtocolError("bad-encoding")
  const { state, context } = caller
  if (state.group === undefined) throw new ProtocolError("early")
  // What was under way to one who was removed is not for it any more
  return isMember(state.group, state.group.self)
    ? openMessage(state.group, context.suite, packet.from, body)
    : {}
}

/** What came over a channel by itself: a welcome, or nothing but a step of the channel's ratchet. */
function processContent<Channels>(caller: Caller<Channels>, from: MemberId, bytes: Uint8Array): Effects {
  const { channel, state, context } = caller
  const isIn = state.group !== undefined && isMember(state.group, state.group.self)
  if (state.group !== undefined && isIn) requireMember(state.group, from)
  const { tag, body } = untagged(channel.decrypt(state.channels, context, from, bytes))
  return tag === CONTENT.welcome && !isIn ? join(caller, from, body) : {}
}

/**
 * The contract every competitor implements: the update-secret interface.
 *
 * Source: Weidner, Kleppmann, Hugenroth, Beresford, "Key Agreement for Decentralized Secure Group Messaging with
 * Strong Security Guarantees", ePrint 2020/1281 of 2020-10-07, §5 and §6: a group protocol is what makes, for
 * each member, a sequence of update secrets that everyone who should know them derives equally; an update
 * secret seeds that member's sending chain. Departures: steps of its own, `prepareToSend`, `ratchetChannels` and `leaveChannels`,
 * that Sender Keys need before they can send and before they can heal; membership may be announced by the
 * server, as for WhatsApp and Signal groups, instead of by a control message; some messages are taken only in
 * one order for all, as MLS needs it (RFC 9420 §14).
 *
 * State is plain data (records, maps, byte strings): `structuredClone` of it is how a device is stolen. A step
 * changes it in place, after the last check that can fail.
 */
import type { Key32 } from "./bytes.ts"
import type { Context } from "./context.ts"
import type { MemberId } from "./ids.ts"

/** What a step hands to the server. */
export type Outgoing =
  /** A ciphertext of a two-party channel. */
  | { readonly kind: "two-party"; readonly to: MemberId; readonly bytes: Uint8Array }
  /** For all the others; to each it comes with the channel's ciphertext that is for it alone, where there is one. */
  | { readonly kind: "broadcast"; readonly bytes: Uint8Array; readonly direct?: DirectMessages }
  /** For those who join, the same bytes to each. */
  | { readonly kind: "welcome"; readonly to: readonly MemberId[]; readonly bytes: Uint8Array }

/** Ciphertexts of two-party channels that travel with a broadcast, by recipient. */
export type DirectMessages = ReadonlyMap<MemberId, Uint8Array>

/** What the server carries: it vouches for the sender's name and knows nothing of the bytes. */
export type Packet = Outgoing & { readonly from: MemberId }
export type TwoPartyPacket = Extract<Packet, { readonly kind: "two-party" }>

/** A change of membership, asked of the server. */
export type RosterChange =
  | { readonly kind: "create"; readonly members: readonly MemberId[] }
  | { readonly kind: "add"; readonly added: MemberId }
  | { readonly kind: "remove"; readonly removed: MemberId }

/** The same as the server announces it, with the members afterwards, to these and to a removed one. */
export type Notice = { readonly change: RosterChange; readonly members: readonly MemberId[] }

/** The owner of a secret that all members share, from which the keys of each follow. */
export const EVERYBODY = "all"

/** An update secret of `owner`, a member or everybody, named so that those who learnt it can be compared. */
export type UpdateSecret = { readonly owner: MemberId; readonly name: string; readonly secret: Key32 }

export type ReceivedMessage = { readonly from: MemberId; readonly plaintext: Uint8Array }

/** What came of a step. */
export type Effects = {
  readonly packets?: readonly Outgoing[]
  /** Asked of the server, which announces it. */
  readonly rosterChange?: RosterChange
  /**
   * The packets tell the members of this change, and the server only takes note of whom it serves from now on. They
   * go to those who are members before it, and of `create` to those it names.
   */
  readonly carriedChange?: RosterChange
  /**
   * The packets are taken, all or none, only if the server has taken so many of this kind before; then they come
   * back to their sender too, as everybody gets them.
   */
  readonly ordinal?: number
  /** Update secrets this step drew or learnt. */
  readonly secrets?: readonly UpdateSecret[]
  readonly message?: ReceivedMessage
}

/** Made at once, or awaited. */
export type Awaitable<T> = T | Promise<T>

export interface GroupProtocol<State> {
  /** A device that is in no group yet. */
  init(context: Context): Awaitable<State>

  /** Its prekey bundle number `id`, from 1, for the server to hand out once. */
  publishBundle(state: State, context: Context, id: number): Awaitable<Uint8Array>

  /** Ask for a group of `members`, the caller included. */
  create(state: State, context: Context, members: readonly MemberId[]): Awaitable<Effects>

  /** @throws ProtocolError `not-a-member` */
  add(state: State, context: Context, newcomer: MemberId): Awaitable<Effects>

  /** @throws ProtocolError `not-a-member` */
  remove(state: State, context: Context, member: MemberId): Awaitable<Effects>

  /** Renew the caller's own secret now. @throws ProtocolError `not-a-member` */
  update(state: State, context: Context): Awaitable<Effects>

  /** What the server announced. */
  processNotice(state: State, context: Context, notice: Notice): Awaitable<Effects>

  /** What another member sent. @throws ProtocolError with `state` exactly as it was */
  process(state: State, context: Context, packet: Packet): Awaitable<Effects>

  /**
   * Give the others whatever they lack to read this member's next message; {@link send} does it too.
   *
   * @param readers - only these are given it; by default all the others. What goes to all at once goes to all
   */
  prepareToSend(state: State, context: Context, readers?: readonly MemberId[]): Awaitable<Effects>

  /** One application message to the group. @throws ProtocolError `not-a-member` */
  send(state: State, context: Context, plaintext: Uint8Array): Awaitable<Effects>

  /** An empty message over the two-party channel to each of `peers`; turns its ratchet if the peer has spoken. */
  ratchetChannels(state: State, context: Context, peers: readonly MemberId[]): Awaitable<Effects>

  /**
   * Leave the two-party sessions with `peers` behind: what is sent to them next opens new ones.
   *
   * @throws Error over a channel that cannot be left
   */
  leaveChannels(state: State, context: Context, peers: readonly MemberId[]): Awaitable<Effects>

  /**
   * The thief's step: whether `packet`, whoever sent it to whom, opens with stolen keys. `stolen` is the copy as
   * it was taken; `live` is another that learns from what it opens. It should try everything the keys allow:
   * as recipient, as sender, with keys from packets opened earlier.
   */
  overhear(stolen: State, live: State, context: Context, packet: Packet): Awaitable<boolean>

  /**
   * One of several copies that the same thief holds, together with whatever in the others helps it to
   * {@link overhear}: `channels` are those of all, in the place of its own.
   */
  pool(copy: State, others: readonly State[], channels: unknown): Awaitable<State>

  /** The part of a state that is its two-party channels, for a laboratory that measures them apart. */
  channelsIn(state: State): unknown
}

/** A protocol of which no step has to be awaited. */
export type SyncGroupProtocol<State> = {
  [Step in keyof GroupProtocol<State>]: (
    ...args: Parameters<GroupProtocol<State>[Step]>
  ) => Awaited<ReturnType<GroupProtocol<State>[Step]>>
}

/** One round of a heal: who acts, all at once, before anybody receives anything of that round. */
export type HealingRound =
  /** The victim alone renews its own secret. */
  | "victim-updates"
  /** The victim sends on each of its channels. */
  | "victim-ratchets-channels"
  /** Each other member sends on its channel with the victim. */
  | "peers-ratchet-channels"
  /** The victim opens a fresh session to each other member, from a new bundle, and renews its own secret over them. */
  | "victim-updates-over-fresh-sessions"
  /** Each other member renews its own secret. */
  | "peers-update"
  /** Every member renews its own secret. */
  | "everyone-updates"
  /** A renewal period passes; every member does what its schedule asks. */
  | "period-passes"

/**
 * The victim speaks, its peers answer: what the victim sends next over its Double Ratchets is the first that a copy of
 * its state does not open, and what it answers after that is the second.
 */
export const TURN_DOUBLE_RATCHETS: readonly HealingRound[] = [
  "victim-ratchets-channels",
  "peers-ratchet-channels",
]

/**
 * How the ratchet tree of a group at rest was filled (RFC 9420, §7): `full`, every member has committed once since the
 * group was created; `blank`, nobody has; `churned`, it was full, and since then members have gone and come.
 */
export const TREE_STATES = ["full", "blank", "churned"] as const
export type TreeState = (typeof TREE_STATES)[number]

/**
 * What a group does between its creation and its rest, besides that every member speaks: what its tree takes; or each
 * member in turn sends on each of its channels, where messages are broadcasts and a channel would have carried nothing
 * but what opened it.
 */
export type Settling = TreeState | "channels-are-used"

/** What has to happen until a thief of one member's state is shut out: the least that does it. */
export type Healing = {
  readonly healing: readonly HealingRound[]
  /** The same by leaving the victim's sessions behind; absent where no session can be, or none has to. */
  readonly healingAfresh?: readonly HealingRound[]
}

/** By the name of the channel: what a protocol promises over it, and what heals it. */
export type Promises = Readonly<
  Record<string, Healing & { readonly claims: Claims; readonly settling?: "channels-are-used" }>
>

/**
 * What a protocol promises about confidentiality against a thief of one member's whole state who then only listens, and
 * about authenticity against one who then acts as its victim. Data, so that each is tested both ways: what is false here
 * must be seen to fail.
 */
export type Claims = {
  /** Whoever has stolen nothing reads nothing, though it hears all and sees every prekey bundle. */
  readonly closedToEavesdroppers: boolean
  /** Messages received before the theft stay closed. */
  readonly forwardSecrecy: boolean
  /** A newcomer's state opens nothing sent before it was added. */
  readonly joinerCannotReadPast: boolean
  /** A removed member's state opens nothing sent after the others learnt of the removal. */
  readonly removedCannotReadFuture: boolean
  /** The victim alone renews. */
  readonly healsAfterOwnUpdate: boolean
  /** Everybody but the victim renews, one after another. */
  readonly healsAfterOthersUpdate: boolean
  /** The leaked channels take their DH steps, and nobody renews. */
  readonly healsAfterChannelSteps: boolean
  /** Everybody renews at once; the channels were not healed first. */
  readonly healsAfterEveryonesUpdate: boolean
  /** The channels first, then everybody but one renews. */
  readonly healsAfterAllButOneUpdate: boolean
  /** The channels first, then everybody renews. */
  readonly healsAfterChannelStepsThenUpdates: boolean
  /** The victim removes another member and the rest go on as they do then. */
  readonly healsAfterRemovalOfAnother: boolean
  /** The same, removed by a third. */
  readonly healsAfterRemovalByAnother: boolean
  /** Nobody notices; members go on talking, in turn, for four renewal periods. */
  readonly healsInTraffic: boolean
  /**
   * A device is copied and heals, the others talk, a device that only listened is copied: both copies together open
   * nothing of that talk.
   */
  readonly closedBetweenTwoThefts: boolean
  /** Two devices are copied, and both renew before either hears of the other's renewal. */
  readonly healsTwoVictimsAtOnce: boolean
  /** The channels first, then everybody renews, but for one who listens and does nothing of its own accord. */
  readonly healsDespiteASilentPeer: boolean
  /** The same while one is offline, who gets later what waited for it; then it speaks too. */
  readonly healsWhileSomeAreOffline: boolean
  /** The victim renews while another removes a third, and neither has heard of the other's doing. */
  readonly healsAcrossARemoval: boolean
  /** The victim renews, all speak; then nobody with the stolen state and login can speak, invite or remove as the victim. */
  readonly impersonationEndsWithOwnUpdate: boolean
  /** The same when the victim's channels took their steps and then everybody renewed. */
  readonly impersonationEndsWithHeal: boolean
  /** The same when another has removed the victim's device. */
  readonly impersonationEndsWithRemoval: boolean
}
export type ClaimName = keyof Claims

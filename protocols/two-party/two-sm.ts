/**
 * The channel `2sm`: two-party secure messaging in which every message brings its recipient a new key pair.
 *
 * Source: Weidner, Kleppmann, Hugenroth, Beresford, ePrint 2020/1281 of 2020-10-07, §5.3 and appendix D, fig. 13.
 * Its names are kept: mySks, receivedSk, otherPk, otherNewSk, myNewPk. Departures: nextIndex is the number of my next
 * message; the first message goes to a prekey bundle by X3DH (as the paper has it); what decrypts is kept with its
 * public key where HPKE needs that.
 *
 * Messages of one direction must be opened in their order, the two directions may cross in any way, and both sides may
 * begin at once. A device that has lost its state cannot begin again.
 *
 * Forward secrecy: a key that opened a message is gone with that message. Healing: what a peer encrypts after it has
 * opened a message of mine is out of reach of any copy of my state that is older than that message; and nothing that I
 * encrypt can be read with a copy of mine. mySks grows by one for each message of mine until the peer sends; then it is emptied of
 * all that the peer has seen.
 */
import { equal, type Key32 } from "../bytes.ts"
import type { Context } from "../context.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import { ProtocolError, unreachable } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import {
  createDeviceKeys,
  type DeviceKeys,
  decodeBundle,
  encodeBundle,
  namedPairs,
  publishBundle,
  type VerifiedBundle,
  verifyBundle,
} from "./prekeys.ts"
import type { TwoParty } from "./two-party.ts"
import { decodeMessage, decodeTuple, encodeTuple, type Tuple, type TwoSmMessage } from "./two-sm-messages.ts"
import { openFirst, openNext, sealFirst, sealNext } from "./two-sm-seal.ts"

export type TwoSmChannels = {
  /** The owner's name, which is in the keys: a thief of a copy has another. */
  readonly me: MemberId
  readonly keys: DeviceKeys
  readonly peers: Map<MemberId, Peer>
}

type Peer = {
  /** Pinned on first use. */
  readonly identity: Key32
  /** By the number of my message that announced it. */
  readonly mySks: Map<number, KeyPair>
  /** What the peer made for me in its last message. */
  receivedSk: Key32 | undefined
  otherPk: OtherPk
  /** Messages that I sent, and that I opened. */
  sent: number
  received: number
}

/** What my next message is encrypted to: the newest key of the peer's that either of us made. */
type OtherPk =
  /** From the server: nothing has passed yet. */
  | { readonly kind: "prekey"; readonly bundle: VerifiedBundle }
  /** By me, in my last message. */
  | { readonly kind: "made"; readonly key: Key32 }
  /** By the peer, in its message number `index`. */
  | { readonly kind: "announced"; readonly key: Key32; readonly index: number }

const MAX_MESSAGES = 0xffffffff

const newPeer = (identity: Key32, otherPk: OtherPk): Peer => ({
  identity,
  mySks: new Map(),
  receivedSk: undefined,
  otherPk,
  sent: 0,
  received: 0,
})

/** With randomness that is drawn for nothing but this channel. */
const suiteOf = (context: Context, peer: MemberId): Suite => context.suiteFor(`channel ${peer}`)

function open({ peers }: TwoSmChannels, context: Context, member: MemberId): void {
  if (peers.has(member)) throw new Error(`there is a channel with ${member} already`)
  const bundle = verifyBundle(suiteOf(context, member), decodeBundle(context.fetchBundle(member)))
  peers.set(member, newPeer(bundle.identityKey, { kind: "prekey", bundle }))
}

function leave(): never {
  throw new Error("a channel of 2sm cannot be left: a device that begins again is refused")
}

function encrypt(
  channels: TwoSmChannels,
  context: Context,
  member: MemberId,
  message: Uint8Array,
): Uint8Array {
  const peer = channels.peers.get(member)
  if (peer === undefined) throw new ProtocolError("no-session")
  if (peer.sent === MAX_MESSAGES) throw new ProtocolError("chain-exhausted")
  const suite = suiteOf(context, member)
  const [myNew, otherNew] = [suite.keyPair(), suite.keyPair()]
  const tuple = encodeTuple({ message, otherNewSk: otherNew.secret, myNewPk: myNew.public })
  const sealed = seal(channels, suite, member, peer, tuple)
  peer.sent++
  peer.mySks.set(peer.sent, myNew)
  // FS: otherNewSk is forgotten, so that no copy of this state opens the next message either
  peer.otherPk = { kind: "made", key: otherNew.public }
  return sealed
}

function seal(
  { me, keys }: TwoSmChannels,
  suite: Suite,
  to: MemberId,
  { otherPk, sent }: Peer,
  tuple: Uint8Array,
): Uint8Array {
  const direction = { from: me, to }
  const number = sent + 1
  switch (otherPk.kind) {
    case "prekey":
      return sealFirst(suite, direction, keys.identity, otherPk.bundle, tuple)
    case "made":
      return sealNext(suite, direction, { kind: "made", number }, otherPk.key, tuple)
    case "announced": {
      const { key, index } = otherPk
      return sealNext(suite, direction, { kind: "announced", number, index }, key, tuple)
    }
    default:
      return unreachable(otherPk)
  }
}

/**
 * @throws ProtocolError `bad-encoding`, `no-session` when there is nothing to decrypt with, `early` and `duplicate` when
 *   another message comes first or this one came, `untrusted-identity`, `missing-signed-prekey`, `missing-prekey`,
 *   `bad-agreement`, `invalid-message` (`bad-tag`)
 */
function decrypt(channels: TwoSmChannels, context: Context, member: MemberId, bytes: Uint8Array): Uint8Array {
  const message = decodeMessage(bytes)
  const peer = channels.peers.get(member)
  requireNext(peer, message)
  const tuple = decodeTuple(unseal(channels, suiteOf(context, member), member, message))
  accept(channels, member, message, tuple)
  return tuple.message
}

function requireNext(peer: Peer | undefined, { header: { kind, number } }: TwoSmMessage): void {
  if (peer === undefined && kind !== "prekey") throw new ProtocolError("no-session")
  const received = peer?.received ?? 0
  if (number <= received) throw new ProtocolError("duplicate")
  if (number > received + 1) throw new ProtocolError("early")
}

function unseal(
  { me, keys, peers }: TwoSmChannels,
  suite: Suite,
  from: MemberId,
  message: TwoSmMessage,
): Uint8Array {
  const { header } = message
  const direction = { from, to: me }
  const peer = peers.get(from)
  switch (header.kind) {
    case "prekey":
      if (peer !== undefined && !equal(peer.identity, header.identityKey)) {
        throw new ProtocolError("untrusted-identity")
      }
      return openFirst(suite, direction, namedPairs(keys, header), { ...message, header })
    case "made":
      return openNext(suite, direction, receivedPair(suite, peer), message)
    case "announced":
      return openNext(suite, direction, required(peer?.mySks.get(header.index)), message)
    default:
      return unreachable(header)
  }
}

/** The public half is not kept: it is needed only where the peer goes on without an answer. */
function receivedPair(suite: Suite, peer: Peer | undefined): KeyPair {
  const secret = required(peer?.receivedSk)
  return { secret, public: suite.publicKey(secret) }
}

function required<T>(key: T | undefined): T {
  if (key === undefined) throw new ProtocolError("no-session")
  return key
}

/** The message opened: nothing that opened it stays. */
function accept(
  { keys, peers }: TwoSmChannels,
  member: MemberId,
  { header }: TwoSmMessage,
  { otherNewSk, myNewPk }: Tuple,
): void {
  const otherPk: OtherPk = { kind: "announced", key: myNewPk, index: header.number }
  if (header.kind === "prekey") {
    if (!peers.has(member)) peers.set(member, newPeer(header.identityKey, otherPk))
    if (header.preKeyId !== undefined) keys.preKeys.delete(header.preKeyId) // FS
  }
  const peer = peers.get(member) as Peer
  if (header.kind === "announced") forgetUpTo(header.index, peer.mySks)
  peer.receivedSk = otherNewSk // FS: the one before is gone
  peer.otherPk = otherPk
  peer.received = header.number
}

function forgetUpTo(index: number, mySks: Map<number, KeyPair>): void {
  // FS: used, or older than one that the peer has used
  for (const known of mySks.keys()) if (known <= index) mySks.delete(known)
}

/** Who encrypts holds no key that opens: the pair it makes for its peer is sent away, the rest is the peer's own. */
function overhear(): never {
  throw new ProtocolError("no-session")
}

export const twoSm: TwoParty<TwoSmChannels> = {
  name: "2sm",
  init: (context) => ({
    me: context.me,
    keys: createDeviceKeys(context.suiteFor("device keys")),
    peers: new Map(),
  }),
  publishBundle: ({ keys }, context, id) =>
    encodeBundle(publishBundle(keys, context.suiteFor(`prekey ${id}`), id)),
  hasChannel: ({ peers }, _context, member) => peers.has(member),
  open,
  leave,
  encrypt,
  decrypt,
  overhear,
}

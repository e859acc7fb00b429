/**
 * Sessions between two devices: one current, older ones archived, each a Double Ratchet that X3DH began.
 *
 * Source: libsignal 0.72.1, observed; Signal, "The Sesame Algorithm", revision 2, 2017-04-14, §3 for why more
 * than one session can exist: both sides may initiate at once, and either may lose its state.
 */
import { equal, type Key32, key32, utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { hasCode, ProtocolError } from "../errors.ts"
import {
  type Opened,
  type RatchetState,
  ratchetDecrypt,
  ratchetEncrypt,
  ratchetOverhear,
  rootStep,
} from "./double-ratchet.ts"
import {
  decodePreKeySignalMessage,
  decodeSignalMessage,
  encodePreKeySignalMessage,
  type PreKeySignalMessage,
  SESSION_VERSION,
  type SignalMessage,
} from "./messages.ts"
import { type DeviceKeys, namedPairs, type PreKeyBundle, verifyBundle } from "./prekeys.ts"
import { initiatorSecret, responderSecret } from "./x3dh.ts"

/** Instead of one secret, as in libsignal's session version 3: root key and chain key. */
const ROOT_AND_CHAIN = { info: utf8("WhisperText"), length: 64 }
const MAX_ARCHIVED = 40
/** An initiator that was never answered may use its session this long. */
export const UNANSWERED_LIFETIME_SECONDS = 30 * 24 * 3600

/** What the initiator repeats in every message until it has decrypted one. */
type PendingPreKey = {
  readonly preKeyId: number | undefined
  readonly signedPreKeyId: number
  readonly createdAt: number
}

export type Session = RatchetState & {
  /** The initiator's ephemeral key: names the session. */
  readonly baseKey: Key32
  pendingPreKey: PendingPreKey | undefined
}

/** All sessions with one peer. The identity is pinned on first use. */
export type Peer = {
  identity: Key32 | undefined
  current: Session | undefined
  /** Newest first. */
  archived: Session[]
}

/** The transport carries which of the two a message is. */
export type SignalCiphertext = { readonly type: "signal" | "prekey"; readonly bytes: Uint8Array }

export const newPeer = (): Peer => ({ identity: undefined, current: undefined, archived: [] })

/**
 * Open a session to a device that may be offline (X3DH §3.3).
 *
 * @throws ProtocolError `untrusted-identity`, `bad-signature`, `bad-agreement`
 */
export function initiate(keys: DeviceKeys, peer: Peer, context: Context, bundle: PreKeyBundle): void {
  const { suite, now } = context
  requireTrusted(peer, bundle.identityKey)
  const verified = verifyBundle(suite, bundle)
  const base = suite.keyPair()
  const ratchet = suite.keyPair()
  const secret = rootAndChain(initiatorSecret(suite, keys.identity, base, verified, ROOT_AND_CHAIN))
  const next = rootStep(suite, secret.rootKey, ratchet, bundle.signedPreKey)
  const { chainKey } = secret
  replaceCurrent(peer, {
    ownIdentity: keys.identity.public,
    peerIdentity: bundle.identityKey,
    rootKey: next.rootKey,
    sending: { ratchet, chainKey: next.chainKey, index: 0 },
    previousCounter: 0,
    // The peer's signed prekey is its first ratchet key; normally it turns before it sends.
    receiving: [{ ratchetKey: bundle.signedPreKey, chainKey, index: 0 }],
    baseKey: base.public,
    pendingPreKey: { preKeyId: bundle.preKey?.id, signedPreKeyId: bundle.signedPreKeyId, createdAt: now },
  })
  peer.identity = bundle.identityKey
}

/** The first root key, and the chain key that goes with the signed prekey. */
const rootAndChain = (SK: Uint8Array) => ({
  rootKey: key32(SK.slice(0, 32)),
  chainKey: key32(SK.slice(32)),
})

/** Whether the current session can still send: it exists, and was answered or is young enough. */
export function isUsable({ current }: Peer, now: number): boolean {
  if (current === undefined) return false
  const { pendingPreKey } = current
  return pendingPreKey === undefined || now - pendingPreKey.createdAt <= UNANSWERED_LIFETIME_SECONDS
}

/** @throws ProtocolError `no-session`, `untrusted-identity`, `chain-exhausted` */
export function encrypt(
  keys: DeviceKeys,
  peer: Peer,
  context: Context,
  plaintext: Uint8Array,
): SignalCiphertext {
  const session = peer.current
  if (session === undefined || !isUsable(peer, context.now)) throw new ProtocolError("no-session")
  requireTrusted(peer, session.peerIdentity)
  const message = ratchetEncrypt(session, context.suite, plaintext)
  if (session.pendingPreKey === undefined) return { type: "signal", bytes: message }
  const { registrationId, identity } = keys
  const { baseKey, pendingPreKey } = session
  const header = { ...pendingPreKey, registrationId, baseKey, identityKey: identity.public }
  return { type: "prekey", bytes: encodePreKeySignalMessage(header, message) }
}

/** @throws ProtocolError; `keys` and `peer` are then exactly as they were */
export function decrypt(keys: DeviceKeys, peer: Peer, context: Context, sent: SignalCiphertext): Uint8Array {
  if (sent.type === "prekey") {
    return decryptPreKey(keys, peer, context, decodePreKeySignalMessage(sent.bytes))
  }
  const message = decodeSignalMessage(sent.bytes)
  const { session, opened } = decryptWithAny(peer, context, message)
  requireTrusted(peer, session.peerIdentity)
  return accept(peer, session, opened)
}

/** The current session first, then the archived ones; a `duplicate` of any of them ends the search. */
function decryptWithAny(peer: Peer, context: Context, message: SignalMessage) {
  const sessions = peer.current === undefined ? peer.archived : [peer.current, ...peer.archived]
  if (sessions.length === 0) throw new ProtocolError("no-session")
  for (const session of sessions) {
    try {
      return { session, opened: decryptWith(session, context, message) }
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code === "duplicate") throw error
    }
  }
  throw new ProtocolError("invalid-message", { detail: "no-session-decrypts" })
}

function decryptWith(session: Session, context: Context, message: SignalMessage): Opened {
  if (message.version !== SESSION_VERSION) throw new ProtocolError("version-mismatch")
  return ratchetDecrypt(session, context.suite, message)
}

/** The session that last decrypted becomes the one to send with. */
function accept(peer: Peer, session: Session, { plaintext, commit }: Opened): Uint8Array {
  commit()
  session.pendingPreKey = undefined // the peer has answered
  if (peer.current !== session) {
    peer.archived = peer.archived.filter((archived) => archived !== session)
    replaceCurrent(peer, session)
  }
  return plaintext
}

function decryptPreKey(
  keys: DeviceKeys,
  peer: Peer,
  context: Context,
  message: PreKeySignalMessage,
): Uint8Array {
  requireTrusted(peer, message.identityKey)
  const known = findByBaseKey(peer, message)
  const session = known ?? respond(keys, context, message)
  const plaintext = accept(peer, session, decryptFirst(session, context, message.message))
  peer.identity = message.identityKey
  // FS: without its one-time prekey the first messages cannot be opened again
  if (known === undefined && message.preKeyId !== undefined) keys.preKeys.delete(message.preKeyId)
  return plaintext
}

/** Any failure but a repeated counter is one error: the sender must not learn more. */
function decryptFirst(session: Session, context: Context, message: SignalMessage): Opened {
  try {
    return decryptWith(session, context, message)
  } catch (cause) {
    if (!(cause instanceof ProtocolError) || hasCode(cause, "duplicate", "invalid-message")) throw cause
    throw new ProtocolError("invalid-message", { detail: "no-session-decrypts", cause })
  }
}

function findByBaseKey(peer: Peer, { version, baseKey }: PreKeySignalMessage): Session | undefined {
  if (version !== SESSION_VERSION) return undefined
  return [peer.current, ...peer.archived].find((session) => session && equal(session.baseKey, baseKey))
}

/** The responder's session (X3DH §3.4); kept only once its first message opened. */
function respond(keys: DeviceKeys, context: Context, message: PreKeySignalMessage): Session {
  if (message.version !== SESSION_VERSION || message.hasKyber) {
    throw new ProtocolError("invalid-message", { detail: "not-x3dh" })
  }
  const own = namedPairs(keys, message)
  const their = { IK: message.identityKey, EK: message.baseKey }
  const secret = rootAndChain(responderSecret(context.suite, own, their, ROOT_AND_CHAIN))
  return {
    ownIdentity: keys.identity.public,
    peerIdentity: message.identityKey,
    rootKey: secret.rootKey,
    sending: { ratchet: own.SPK, chainKey: secret.chainKey, index: 0 },
    previousCounter: 0,
    receiving: [],
    baseKey: message.baseKey,
    pendingPreKey: undefined,
  }
}

/**
 * Open our own message to `peer` with our own sending keys, as a thief of a copy can; changes nothing.
 *
 * @throws ProtocolError when no session holds its key
 */
export function overhear(peer: Peer, context: Context, sent: SignalCiphertext): Uint8Array {
  const { bytes } = sent
  const message =
    sent.type === "prekey" ? decodePreKeySignalMessage(bytes).message : decodeSignalMessage(bytes)
  for (const session of [peer.current, ...peer.archived]) {
    try {
      if (session !== undefined) return ratchetOverhear(session, context.suite, message)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
    }
  }
  throw new ProtocolError("no-session")
}

function requireTrusted(peer: Peer, identity: Key32): void {
  if (peer.identity !== undefined && !equal(peer.identity, identity)) {
    throw new ProtocolError("untrusted-identity")
  }
}

function replaceCurrent(peer: Peer, session: Session): void {
  archiveCurrent(peer)
  peer.current = session
}

/** The session only reads from now on; what is sent next needs another. */
export function archiveCurrent(peer: Peer): void {
  if (peer.current === undefined) return
  peer.current.pendingPreKey = undefined
  peer.archived = [peer.current, ...peer.archived].slice(0, MAX_ARCHIVED)
  peer.current = undefined
}

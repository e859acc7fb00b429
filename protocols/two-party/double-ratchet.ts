/**
 * The Double Ratchet of one session: root, sending and receiving chains, message keys.
 *
 * Source: Signal, "The Double Ratchet Algorithm", revision 1, 2016-11-20, §3, with the constants of libsignal's
 * session version 3. Departures, as in libsignal: a receiver keeps its last five receiving chains instead of
 * storing the rest of a chain when the peer turns the ratchet, so the previous counter in a header is not read;
 * its value when written is the old sending index − 1, not the number of messages; message seeds are
 * stored, keys are expanded when needed.
 */
import { concat, equal, exactly, type Key32, key32, utf8 } from "../bytes.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import {
  type Chain,
  findMessageSeed,
  LAST_INDEX,
  MAX_AHEAD,
  messageSeed,
  type ReceivingChain,
  requireNext,
  step,
} from "../hash-ratchet.ts"
import { TYPE_BYTE } from "../signal-wire.ts"
import { encodeSignalMessage, type SignalMessage } from "./messages.ts"

/** Receiving chains kept, the newest included. */
const MAX_RECEIVING_CHAINS = 5
const ROOT_INFO = utf8("WhisperRatchet")
const MESSAGE_INFO = utf8("WhisperMessageKeys")

type SendingChain = Chain & { readonly ratchet: KeyPair }
type PeerChain = ReceivingChain & { readonly ratchetKey: Key32 }

export type RatchetState = {
  readonly ownIdentity: Key32
  readonly peerIdentity: Key32
  rootKey: Key32
  sending: SendingChain
  /** The sending index that the last turn left behind, less one (departure above). */
  previousCounter: number
  /** Oldest first. */
  receiving: PeerChain[]
}

/**
 * The next message of the sending chain (§3.4, RatchetEncrypt): version byte, fields, MAC.
 *
 * @throws ProtocolError `chain-exhausted` after 2^32 − 1 messages
 */
export function ratchetEncrypt(state: RatchetState, suite: Suite, plaintext: Uint8Array): Uint8Array {
  const { sending, ownIdentity, peerIdentity } = state
  requireNext(sending.index)
  const keys = messageKeys(suite, messageSeed(suite, sending))
  const ciphertext = suite.encryptCbc(keys.cipherKey, keys.iv, plaintext)
  const { ratchet, index } = sending
  const message = encodeSignalMessage(ratchet.public, index, state.previousCounter, ciphertext)
  const mac = messageMac(suite, keys.macKey, [ownIdentity, peerIdentity], message)
  step(suite, sending)
  return concat(message, mac)
}

/** A message that proved authentic, and how to note that it was opened: until then nothing changes. */
export type Opened = { readonly plaintext: Uint8Array; readonly commit: () => void }

/**
 * Open a message (§3.4, RatchetDecrypt).
 *
 * @throws ProtocolError `duplicate` when its key was used, evicted or never ours; `chain-exhausted` at the last
 *   counter; `invalid-message` when it is too far ahead, its MAC is wrong or its padding is
 */
export function ratchetDecrypt(state: RatchetState, suite: Suite, message: SignalMessage): Opened {
  const known = state.receiving.find((chain) => equal(chain.ratchetKey, message.ratchetKey))
  const turn = known === undefined ? receivingTurn(state, suite, message.ratchetKey) : undefined
  const chain = known ?? (turn as ReceivingTurn).chain
  const found = findMessageSeed(suite, chain, message.counter, limitAhead(state))
  const identities = [state.peerIdentity, state.ownIdentity] as const
  const plaintext = open(suite, found.seed, identities, message)
  const commit = () => {
    found.commit()
    if (turn !== undefined) commitTurn(state, suite, turn)
  }
  return { plaintext, commit }
}

/**
 * Open a message that this very state would send: what the thief of a copy can read of the victim's own words.
 * Changes nothing.
 *
 * @throws ProtocolError `no-session` when it was sent on another chain; else as {@link ratchetDecrypt}
 */
export function ratchetOverhear(state: RatchetState, suite: Suite, message: SignalMessage): Uint8Array {
  const { ratchet, chainKey, index } = state.sending
  if (!equal(ratchet.public, message.ratchetKey)) throw new ProtocolError("no-session")
  const chain = { chainKey, index }
  const { seed } = findMessageSeed(suite, chain, message.counter, MAX_AHEAD)
  return open(suite, seed, [state.ownIdentity, state.peerIdentity], message)
}

/** No limit in a session with oneself, as in libsignal. */
const limitAhead = (state: RatchetState): number =>
  equal(state.ownIdentity, state.peerIdentity) ? LAST_INDEX : MAX_AHEAD

/** Root step (§2.3, KDF_RK): the next root key and a new chain. */
export function rootStep(
  suite: Suite,
  rootKey: Key32,
  own: KeyPair,
  peerRatchetKey: Key32,
): { readonly rootKey: Key32; readonly chainKey: Key32 } {
  const derived = suite.hkdf(rootKey, suite.dh(own.secret, peerRatchetKey), ROOT_INFO, 64)
  return { rootKey: key32(derived.slice(0, 32)), chainKey: key32(derived.slice(32)) }
}

type ReceivingTurn = { readonly rootKey: Key32; readonly chain: PeerChain }

/** First half of a DH turn (§3.5, DHRatchet): the peer's new chain, on trial. */
function receivingTurn(state: RatchetState, suite: Suite, ratchetKey: Key32): ReceivingTurn {
  const { rootKey, chainKey } = rootStep(suite, state.rootKey, state.sending.ratchet, ratchetKey)
  return { rootKey, chain: { ratchetKey, chainKey, index: 0 } }
}

/** Second half, once the message proved authentic: a fresh pair and the chain we answer on. */
function commitTurn(state: RatchetState, suite: Suite, turn: ReceivingTurn): void {
  const ratchet = suite.keyPair()
  const next = rootStep(suite, turn.rootKey, ratchet, turn.chain.ratchetKey)
  state.receiving.push(turn.chain)
  // FS: chains beyond the fifth newest are dropped with their skipped keys
  if (state.receiving.length > MAX_RECEIVING_CHAINS) state.receiving.shift()
  state.previousCounter = Math.max(0, state.sending.index - 1)
  state.rootKey = next.rootKey // FS: the old root key is gone
  state.sending = { ratchet, chainKey: next.chainKey, index: 0 } // FS: the old private ratchet key is gone
}

function messageKeys(suite: Suite, seed: Key32) {
  const derived = suite.hkdf(undefined, seed, MESSAGE_INFO, 80)
  return {
    cipherKey: key32(derived.subarray(0, 32)),
    macKey: key32(derived.subarray(32, 64)),
    iv: exactly(derived.subarray(64), 16),
  }
}

/** `identities`: sender first. */
function messageMac(
  suite: Suite,
  macKey: Key32,
  [sender, receiver]: readonly [Key32, Key32],
  message: Uint8Array,
): Uint8Array {
  const input = concat(TYPE_BYTE, sender, TYPE_BYTE, receiver, message) // identities as encoded public keys
  return suite.hmac(macKey, input).subarray(0, 8)
}

function open(
  suite: Suite,
  seed: Key32,
  identities: readonly [Key32, Key32],
  message: SignalMessage,
): Uint8Array {
  const keys = messageKeys(suite, seed)
  if (!equal(messageMac(suite, keys.macKey, identities, message.authenticated), message.mac)) {
    throw new ProtocolError("invalid-message", { detail: "bad-mac" })
  }
  return suite.decryptCbc(keys.cipherKey, keys.iv, message.ciphertext)
}

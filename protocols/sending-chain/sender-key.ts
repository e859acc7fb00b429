/**
 * One sender's key: what its owner holds, and what those hold who received it.
 *
 * Source: libsignal 0.103.0, observed; wire-compatible with it.
 */
import { equal, exactly, type Key32, key32, toHex, utf8 } from "../bytes.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import {
  type Chain,
  findMessageSeed,
  MAX_AHEAD,
  messageSeed,
  type ReceivingChain,
  requireNext,
  step,
} from "../hash-ratchet.ts"
import type { MemberId } from "../ids.ts"
import {
  type Distribution,
  type DistributionId,
  encodeUnsigned,
  type GroupMessage,
  signedMessage,
} from "./messages.ts"

const INFO = utf8("WhisperGroup")
/** States kept of one sender and distribution id, the newest included. */
const MAX_STATES = 5

export type OwnSenderKey = Chain & {
  readonly distributionId: DistributionId
  readonly chainId: number
  readonly signing: KeyPair
}

/** A key that was received: it reads, and only the signer writes. */
export type ReceivedSenderKey = ReceivingChain & { readonly chainId: number; readonly signingKey: Key32 }

/** Newest first, by {@link senderKeyName}. */
export type SenderKeyStore = Map<string, ReceivedSenderKey[]>

export const senderKeyName = (sender: MemberId, distributionId: DistributionId): string =>
  `${sender}/${toHex(distributionId)}`

/** Draw a fresh key; its chain key is the owner's next update secret. Chain ids have 31 bits. */
export function createSenderKey(suite: Suite, distributionId: DistributionId): OwnSenderKey {
  const chainId = new DataView(suite.random(4).slice().buffer).getUint32(0) >>> 1
  const chainKey = key32(suite.random(32))
  return { distributionId, chainId, index: 0, chainKey, signing: suite.keyPair() }
}

/** What a newcomer is told: the chain as it is now, so that it reads nothing older. */
export function distributionOf(own: OwnSenderKey): Distribution {
  const { distributionId, chainId, index, chainKey, signing } = own
  return { distributionId, chainId, iteration: index, chainKey, signingKey: signing.public }
}

/**
 * The next message of `own`, serialized and signed.
 *
 * @throws ProtocolError `chain-exhausted` after 2^32 − 1 messages
 */
export function encryptGroupMessage(own: OwnSenderKey, suite: Suite, plaintext: Uint8Array): Uint8Array {
  requireNext(own.index)
  const { iv, cipherKey } = messageKeys(suite, messageSeed(suite, own))
  const ciphertext = suite.encryptCbc(cipherKey, iv, plaintext)
  const unsigned = encodeUnsigned({ ...own, iteration: own.index, ciphertext })
  const signature = suite.sign(own.signing.secret, unsigned)
  step(suite, own)
  return signedMessage(unsigned, signature)
}

/**
 * Take in a distribution message. Nothing in it is authenticated: it must have come over a channel with `sender`.
 *
 * A known chain id with the known signing key stays as it is, neither rewound nor advanced, and becomes the
 * newest; with another signing key it is replaced.
 */
export function receiveDistribution(store: SenderKeyStore, sender: MemberId, received: Distribution): void {
  const name = senderKeyName(sender, received.distributionId)
  const states = store.get(name) ?? []
  const others = states.filter((state) => state.chainId !== received.chainId)
  const known = states.find((state) => state.chainId === received.chainId)
  const isSame = known !== undefined && equal(known.signingKey, received.signingKey)
  // FS: states beyond the fifth are dropped with their skipped keys
  store.set(name, [isSame ? known : freshState(received), ...others].slice(0, MAX_STATES))
}

function freshState({ chainId, iteration, chainKey, signingKey }: Distribution): ReceivedSenderKey {
  return { chainId, index: iteration, chainKey, signingKey }
}

/**
 * Open a message of `sender`; the store changes only if everything was right.
 *
 * @throws ProtocolError `no-sender-key`; `bad-signature`; `duplicate` when the key was used, evicted or lies
 *   before the first one known; `invalid-message` when it is too far ahead or its ciphertext is malformed;
 *   `chain-exhausted` at the last iteration
 */
export function decryptGroupMessage(
  store: SenderKeyStore,
  suite: Suite,
  sender: MemberId,
  message: GroupMessage,
): Uint8Array {
  const states = store.get(senderKeyName(sender, message.distributionId)) ?? []
  const state = states.find(({ chainId }) => chainId === message.chainId)
  if (state === undefined) throw new ProtocolError("no-sender-key")
  if (!suite.verify(state.signingKey, message.signed, message.signature)) {
    throw new ProtocolError("bad-signature")
  }
  const found = findMessageSeed(suite, state, message.iteration, MAX_AHEAD)
  const { iv, cipherKey } = messageKeys(suite, found.seed)
  const plaintext = suite.decryptCbc(cipherKey, iv, message.ciphertext)
  found.commit()
  return plaintext
}

/** IV first, then the key: the reverse of a session's message keys. */
function messageKeys(suite: Suite, seed: Key32) {
  const derived = suite.hkdf(undefined, seed, INFO, 48)
  return { iv: exactly(derived.subarray(0, 16), 16), cipherKey: key32(derived.subarray(16)) }
}

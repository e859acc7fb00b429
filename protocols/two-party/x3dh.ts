/**
 * X3DH: two parties agree on a secret while one of them is offline.
 *
 * Source: Signal, "The X3DH Key Agreement Protocol", revision 1, 2016-11-04, §3.3 and §3.4, with the constants
 * of libsignal's session version 3. Its names are kept: IK identity, SPK signed prekey, OPK one-time prekey,
 * EK ephemeral (libsignal's "base key"), F, SK. Departures, as in libsignal: 64 bytes are derived, root key and
 * chain key, instead of SK; there is no associated data, the identities enter the MAC of each message.
 */
import { concat, type Key32, key32, utf8 } from "../bytes.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import type { VerifiedBundle } from "./prekeys.ts"

/** Sets the input apart from XEdDSA's hashes (§2.2). */
const F = new Uint8Array(32).fill(0xff)
const INFO = utf8("WhisperText")

/** The Double Ratchet's first root key and the chain key that goes with the signed prekey. */
export type SharedSecret = { readonly rootKey: Key32; readonly chainKey: Key32 }

/**
 * The initiator's side (§3.3).
 *
 * @param EK - made for this call alone; with the same bundle it would repeat the secret
 * @throws ProtocolError `bad-agreement` when a key of the bundle has low order
 */
export function initiatorSecret(
  suite: Suite,
  IK: KeyPair,
  EK: KeyPair,
  bundle: VerifiedBundle,
): SharedSecret {
  const DH1 = suite.dh(IK.secret, bundle.signedPreKey)
  const DH2 = suite.dh(EK.secret, bundle.identityKey)
  const DH3 = suite.dh(EK.secret, bundle.signedPreKey)
  const DH4 = bundle.preKey === undefined ? [] : [suite.dh(EK.secret, bundle.preKey.key)]
  return derive(suite, [DH1, DH2, DH3, ...DH4])
}

/**
 * The responder's side (§3.4).
 *
 * @param OPK - the pair that the initiator's message names, or undefined when it names none
 * @throws ProtocolError `bad-agreement` when a key of the initiator has low order
 */
export function responderSecret(
  suite: Suite,
  own: { readonly IK: KeyPair; readonly SPK: KeyPair; readonly OPK: KeyPair | undefined },
  peer: { readonly IK: Key32; readonly EK: Key32 },
): SharedSecret {
  const DH1 = suite.dh(own.SPK.secret, peer.IK)
  const DH2 = suite.dh(own.IK.secret, peer.EK)
  const DH3 = suite.dh(own.SPK.secret, peer.EK)
  const DH4 = own.OPK === undefined ? [] : [suite.dh(own.OPK.secret, peer.EK)]
  return derive(suite, [DH1, DH2, DH3, ...DH4])
}

function derive(suite: Suite, agreements: readonly Key32[]): SharedSecret {
  const derived = suite.hkdf(undefined, concat(F, ...agreements), INFO, 64)
  return { rootKey: key32(derived.slice(0, 32)), chainKey: key32(derived.slice(32)) }
}

/**
 * X3DH: two parties agree on a secret while one of them is offline.
 *
 * Source: Signal, "The X3DH Key Agreement Protocol", revision 1, 2016-11-04, §3.3 and §3.4. Its names are kept:
 * IK identity, SPK signed prekey, OPK one-time prekey, EK ephemeral (libsignal's "base key"), F, SK. Departure: SK is
 * as long as the caller wants it. The associated data is the caller's affair.
 */
import { concat, type Key32 } from "../bytes.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import type { ResponderPairs, VerifiedBundle } from "./prekeys.ts"

/** Sets the input apart from XEdDSA's hashes (§2.2). */
const F = new Uint8Array(32).fill(0xff)

/** What SK is for, and its length in bytes. */
export type Purpose = { readonly info: Uint8Array; readonly length: number }

/**
 * The initiator's side (§3.3). Returns SK.
 *
 * @param EK - made for this call alone; with the same bundle it would repeat the secret
 * @throws ProtocolError `bad-agreement` when a key of the bundle has low order
 */
export function initiatorSecret(
  suite: Suite,
  IK: KeyPair,
  EK: KeyPair,
  bundle: VerifiedBundle,
  purpose: Purpose,
): Uint8Array {
  const DH1 = suite.dh(IK.secret, bundle.signedPreKey)
  const DH2 = suite.dh(EK.secret, bundle.identityKey)
  const DH3 = suite.dh(EK.secret, bundle.signedPreKey)
  const DH4 = bundle.preKey === undefined ? [] : [suite.dh(EK.secret, bundle.preKey.key)]
  return derive(suite, [DH1, DH2, DH3, ...DH4], purpose)
}

/**
 * The responder's side (§3.4). Returns SK.
 *
 * @throws ProtocolError `bad-agreement` when a key of the initiator has low order
 */
export function responderSecret(
  suite: Suite,
  own: ResponderPairs,
  peer: { readonly IK: Key32; readonly EK: Key32 },
  purpose: Purpose,
): Uint8Array {
  const DH1 = suite.dh(own.SPK.secret, peer.IK)
  const DH2 = suite.dh(own.IK.secret, peer.EK)
  const DH3 = suite.dh(own.SPK.secret, peer.EK)
  const DH4 = own.OPK === undefined ? [] : [suite.dh(own.OPK.secret, peer.EK)]
  return derive(suite, [DH1, DH2, DH3, ...DH4], purpose)
}

const derive = (suite: Suite, agreements: readonly Key32[], { info, length }: Purpose): Uint8Array =>
  suite.hkdf(undefined, concat(F, ...agreements), info, length)

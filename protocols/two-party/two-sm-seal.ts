/**
 * How the channel `2sm` encrypts one message: the first to the peer's prekeys by X3DH, all others by HPKE.
 *
 * Names of sender and recipient are in every key, so that a message is good for no other channel; the header is
 * authenticated.
 */
import { concat, exactly, type Key32, utf8 } from "../bytes.ts"
import { openWith, sealTo } from "../crypto/hpke.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import type { MemberId } from "../ids.ts"
import type { ResponderPairs, VerifiedBundle } from "./prekeys.ts"
import { decodeSealed, encodeHeader, type Header, type TwoSmMessage, varint } from "./two-sm-messages.ts"
import { initiatorSecret, type Purpose, responderSecret } from "./x3dh.ts"

/** Who sends a message to whom. */
export type Direction = { readonly from: MemberId; readonly to: MemberId }

type PrekeyHeader = Extract<Header, { readonly kind: "prekey" }>

const X3DH_LABEL = utf8("dcgka-bench 2SM v1 X3DH")
const HPKE_LABEL = utf8("dcgka-bench 2SM v1 HPKE")
const [KEY_LENGTH, NONCE_LENGTH] = [16, 12] as const

/** @returns header and ciphertext @throws ProtocolError `bad-agreement` */
export function sealFirst(
  suite: Suite,
  direction: Direction,
  IK: KeyPair,
  bundle: VerifiedBundle,
  plaintext: Uint8Array,
): Uint8Array {
  const EK = suite.keyPair()
  const SK = initiatorSecret(suite, IK, EK, bundle, firstMessage(direction))
  const { signedPreKeyId, preKey } = bundle
  const names = { identityKey: IK.public, ephemeral: EK.public, signedPreKeyId, preKeyId: preKey?.id }
  const header = encodeHeader({ kind: "prekey", number: 1, ...names })
  const associated = concat(header, bundle.identityKey) // both identities: X3DH's AD
  return concat(header, suite.sealGcm(...cut(SK), associated, plaintext))
}

/** @throws ProtocolError `bad-agreement`, `invalid-message` (`bad-tag`) */
export function openFirst(
  suite: Suite,
  direction: Direction,
  own: ResponderPairs,
  { header, headerBytes, sealed }: TwoSmMessage<PrekeyHeader>,
): Uint8Array {
  const peer = { IK: header.identityKey, EK: header.ephemeral }
  const SK = responderSecret(suite, own, peer, firstMessage(direction))
  return suite.openGcm(...cut(SK), concat(headerBytes, own.IK.public), sealed)
}

/** @returns header, ephemeral key and ciphertext @throws ProtocolError `bad-agreement` */
export function sealNext(
  suite: Suite,
  direction: Direction,
  header: Header,
  otherPk: Key32,
  plaintext: Uint8Array,
): Uint8Array {
  const bytes = encodeHeader(header)
  const { enc, ciphertext } = sealTo(suite, otherPk, bound(HPKE_LABEL, direction), bytes, plaintext)
  return concat(bytes, enc, ciphertext)
}

/** @throws ProtocolError `bad-encoding`, `bad-agreement`, `invalid-message` (`bad-tag`) */
export function openNext(
  suite: Suite,
  direction: Direction,
  pair: KeyPair,
  { headerBytes, sealed }: TwoSmMessage,
): Uint8Array {
  const { enc, ciphertext } = decodeSealed(sealed)
  return openWith(suite, pair, enc, bound(HPKE_LABEL, direction), headerBytes, ciphertext)
}

const firstMessage = (direction: Direction): Purpose => ({
  info: bound(X3DH_LABEL, direction),
  length: KEY_LENGTH + NONCE_LENGTH,
})

/** Key and nonce of the one message that SK serves for. */
const cut = (SK: Uint8Array) =>
  [exactly(SK.slice(0, KEY_LENGTH), KEY_LENGTH), exactly(SK.slice(KEY_LENGTH), NONCE_LENGTH)] as const

/** A label, then both names; the first has its length before it. */
function bound(label: Uint8Array, { from, to }: Direction): Uint8Array {
  const sender = utf8(from)
  return concat(label, varint(sender.length), sender, utf8(to))
}

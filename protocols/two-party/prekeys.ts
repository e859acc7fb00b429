/**
 * A device's long-term keys, and the prekey bundles with which others open sessions to it while it is offline.
 *
 * Source: X3DH, revision 1, 2016-11-04, §3.2 (publishing keys).
 */
import type { Key32, Sig64 } from "../bytes.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import { decodeFields, encodeFields, required } from "../protobuf.ts"
import { decodePublicKey, encodePublicKey } from "../signal-wire.ts"

export type SignedPreKey = { readonly pair: KeyPair; readonly signature: Sig64 }

/** What a device keeps to itself. */
export type DeviceKeys = {
  readonly registrationId: number
  readonly identity: KeyPair
  /** By id; the newest is published. */
  readonly signedPreKeys: Map<number, SignedPreKey>
  /** One-time prekeys by id; each goes with the first message that uses it. */
  readonly preKeys: Map<number, KeyPair>
}

/** What the server hands out in a device's name. Nothing in it is authenticated before {@link verifyBundle}. */
export type PreKeyBundle = {
  readonly registrationId: number
  readonly identityKey: Key32
  readonly signedPreKeyId: number
  readonly signedPreKey: Key32
  readonly signedPreKeySignature: Uint8Array
  readonly preKey: { readonly id: number; readonly key: Key32 } | undefined
}

declare const verified: unique symbol
/** A bundle whose signed prekey was signed by its identity key; only {@link verifyBundle} makes one. */
export type VerifiedBundle = PreKeyBundle & { readonly [verified]: true }

const SIGNED_PREKEY_ID = 1
const BUNDLE_FIELDS = {
  1: "uint32",
  2: "bytes",
  3: "uint32",
  4: "bytes",
  5: "bytes",
  6: "uint32",
  7: "bytes",
} as const

/** Identity and one signed prekey; registration ids have 14 bits. */
export function createDeviceKeys(suite: Suite): DeviceKeys {
  const identity = suite.keyPair()
  const pair = suite.keyPair()
  const signature = suite.sign(identity.secret, encodePublicKey(pair.public))
  const [high, low] = suite.random(2) as unknown as [number, number]
  return {
    registrationId: ((high << 8) | low) & 0x3fff,
    identity,
    signedPreKeys: new Map([[SIGNED_PREKEY_ID, { pair, signature }]]),
    preKeys: new Map(),
  }
}

/** Make a bundle to publish, with a one-time prekey of its own that is named by `id`. */
export function publishBundle(keys: DeviceKeys, suite: Suite, id: number): PreKeyBundle {
  const [signedPreKeyId, signedPreKey] = [...keys.signedPreKeys].at(-1) as [number, SignedPreKey]
  const pair = suite.keyPair()
  keys.preKeys.set(id, pair)
  return {
    registrationId: keys.registrationId,
    identityKey: keys.identity.public,
    signedPreKeyId,
    signedPreKey: signedPreKey.pair.public,
    signedPreKeySignature: signedPreKey.signature,
    preKey: { id, key: pair.public },
  }
}

/** @throws ProtocolError `bad-signature` */
export function verifyBundle(suite: Suite, bundle: PreKeyBundle): VerifiedBundle {
  const signed = encodePublicKey(bundle.signedPreKey)
  if (!suite.verify(bundle.identityKey, signed, bundle.signedPreKeySignature)) {
    throw new ProtocolError("bad-signature")
  }
  return bundle as VerifiedBundle
}

/** What of a device's keys an initiator has used, as its first message names them. */
type NamedPreKeys = { readonly signedPreKeyId: number; readonly preKeyId: number | undefined }

/** One responder's part of an X3DH; no OPK where the initiator had none. */
export type ResponderPairs = {
  readonly IK: KeyPair
  readonly SPK: KeyPair
  readonly OPK: KeyPair | undefined
}

/**
 * The pairs that an initiator's message names.
 *
 * @throws ProtocolError `missing-signed-prekey`, `missing-prekey`
 */
export function namedPairs(keys: DeviceKeys, { signedPreKeyId, preKeyId }: NamedPreKeys): ResponderPairs {
  const signedPreKey = keys.signedPreKeys.get(signedPreKeyId)
  if (signedPreKey === undefined) throw new ProtocolError("missing-signed-prekey")
  const OPK = preKeyId === undefined ? undefined : keys.preKeys.get(preKeyId)
  if (preKeyId !== undefined && OPK === undefined) throw new ProtocolError("missing-prekey")
  return { IK: keys.identity, SPK: signedPreKey.pair, OPK }
}

/** Our own encoding: libsignal leaves this to the service's API. */
export function encodeBundle(bundle: PreKeyBundle): Uint8Array {
  return encodeFields([
    bundle.registrationId,
    encodePublicKey(bundle.identityKey),
    bundle.signedPreKeyId,
    encodePublicKey(bundle.signedPreKey),
    bundle.signedPreKeySignature,
    bundle.preKey?.id,
    bundle.preKey === undefined ? undefined : encodePublicKey(bundle.preKey.key),
  ])
}

/** @throws ProtocolError `bad-encoding`, `bad-key` */
export function decodeBundle(bytes: Uint8Array): PreKeyBundle {
  const fields = decodeFields(bytes, BUNDLE_FIELDS)
  const preKeyId = fields.uint32(6)
  return {
    registrationId: required(fields.uint32(1)),
    identityKey: decodePublicKey(required(fields.bytes(2))),
    signedPreKeyId: required(fields.uint32(3)),
    signedPreKey: decodePublicKey(required(fields.bytes(4))),
    signedPreKeySignature: required(fields.bytes(5)),
    preKey:
      preKeyId === undefined ? undefined : { id: preKeyId, key: decodePublicKey(required(fields.bytes(7))) },
  }
}

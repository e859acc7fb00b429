/**
 * SignalMessage and PreKeySignalMessage, session version 3: bytes to records and back.
 *
 * Source: libsignal 0.72.1, observed. Neither says which of the two it is; the transport must.
 */
import type { Key32 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { decodeFields, encodeFields, type Fields, required } from "../protobuf.ts"
import { decodePublicKey, encodePublicKey, readVersion } from "../signal-wire.ts"

/** High nibble 3: this session version. Low nibble 4: the newest version that the sender's software knows. */
const VERSION_BYTE = Uint8Array.of(0x34)
export const SESSION_VERSION = 3
const VERSIONS = { oldest: 3, newest: 4 }
export const MAC_LENGTH = 8
const SIGNAL_FIELDS = { 1: "bytes", 2: "uint32", 3: "uint32", 4: "bytes" } as const
const PREKEY_FIELDS = {
  1: "uint32",
  2: "bytes",
  3: "bytes",
  4: "bytes",
  5: "uint32",
  6: "uint32",
  7: "uint32",
  8: "bytes",
} as const

/** Ciphertext, authenticated part and MAC are views of the message when it was read; keys are copies. */
export type SignalMessage = {
  readonly version: number
  readonly ratchetKey: Key32
  readonly counter: number
  readonly ciphertext: Uint8Array
  /** What the MAC covers besides the identities: version byte and fields. */
  readonly authenticated: Uint8Array
  /** 8 bytes. */
  readonly mac: Uint8Array
}

export type PreKeySignalMessage = {
  readonly version: number
  readonly registrationId: number
  readonly preKeyId: number | undefined
  readonly signedPreKeyId: number
  readonly baseKey: Key32
  readonly identityKey: Key32
  /** Post-quantum fields, which no X3DH message has. */
  readonly hasKyber: boolean
  readonly message: SignalMessage
}

/** Version byte and fields: everything before the MAC. */
export function encodeSignalMessage(
  ratchetKey: Key32,
  counter: number,
  previousCounter: number,
  ciphertext: Uint8Array,
): Uint8Array {
  return encodeFields([encodePublicKey(ratchetKey), counter, previousCounter, ciphertext], VERSION_BYTE)
}

/** @throws ProtocolError `too-short`, `version-too-old`, `version-unknown`, `bad-encoding`, `bad-key` */
export function decodeSignalMessage(bytes: Uint8Array): SignalMessage {
  const version = readVersion(bytes, { minimumLength: MAC_LENGTH + 1, ...VERSIONS })
  const authenticated = bytes.subarray(0, -MAC_LENGTH)
  const fields = decodeFields(authenticated.subarray(1), SIGNAL_FIELDS)
  const ratchetKey = decodePublicKey(required(fields.bytes(1)))
  const counter = required(fields.uint32(2))
  const ciphertext = required(fields.bytes(4))
  // Field 3, the previous counter, is not needed: old receiving chains are kept.
  const mac = bytes.subarray(-MAC_LENGTH)
  return { version, ratchetKey, counter, ciphertext, authenticated, mac }
}

/** `message` is a whole SignalMessage with its own version byte and MAC. */
export function encodePreKeySignalMessage(
  header: Pick<
    PreKeySignalMessage,
    "registrationId" | "preKeyId" | "signedPreKeyId" | "baseKey" | "identityKey"
  >,
  message: Uint8Array,
): Uint8Array {
  const { preKeyId, baseKey, identityKey, registrationId, signedPreKeyId } = header
  const keys = [encodePublicKey(baseKey), encodePublicKey(identityKey)]
  return encodeFields([preKeyId, ...keys, message, registrationId, signedPreKeyId], VERSION_BYTE)
}

/**
 * @throws ProtocolError as {@link decodeSignalMessage} for either of the two messages, and `invalid-message`
 *   (`half-kyber`) when only one of the post-quantum fields is there or version 4 comes without them
 */
export function decodePreKeySignalMessage(bytes: Uint8Array): PreKeySignalMessage {
  const version = readVersion(bytes, { minimumLength: 1, ...VERSIONS })
  const fields = decodeFields(bytes.subarray(1), PREKEY_FIELDS)
  const baseKeyBytes = required(fields.bytes(2))
  const identityKey = required(fields.bytes(3))
  const message = required(fields.bytes(4))
  const signedPreKeyId = required(fields.uint32(6))
  const baseKey = decodePublicKey(baseKeyBytes)
  const hasKyber = readKyber(fields, version)
  return {
    version,
    registrationId: fields.uint32(5) ?? 0,
    preKeyId: fields.uint32(1),
    signedPreKeyId,
    baseKey,
    identityKey: decodePublicKey(identityKey),
    hasKyber,
    message: decodeSignalMessage(message),
  }
}

/** Whether the post-quantum fields are there: both or neither, and always both in version 4. */
function readKyber(fields: Fields, version: number): boolean {
  const present = [fields.uint32(7), fields.bytes(8)].filter((field) => field !== undefined).length
  if (present === 1 || (present === 0 && version > SESSION_VERSION)) {
    throw new ProtocolError("invalid-message", { detail: "half-kyber" })
  }
  return present === 2
}

/**
 * What all of Signal's messages share: the version byte and public keys.
 *
 * Source: libsignal 0.72.1 and 0.103.0, observed; X3DH, revision 1, 2016-11-04, §2.2 (Encode).
 */
import { concat, type Key32, key32 } from "./bytes.ts"
import { ProtocolError } from "./errors.ts"

const CURVE25519 = 0x05
/** The type of the curve comes first on the wire. */
export const TYPE_BYTE = Uint8Array.of(CURVE25519)

/** 33 bytes: the type of the curve, then the u coordinate. */
export const encodePublicKey = (key: Key32): Uint8Array => concat(TYPE_BYTE, key)

/** Bytes after the 33rd are ignored, as libsignal does.
 * @throws ProtocolError `bad-key` when empty, of another type, or shorter than 33 bytes
 */
export function decodePublicKey(bytes: Uint8Array): Key32 {
  if (bytes[0] !== CURVE25519 || bytes.length < 33) throw new ProtocolError("bad-key")
  return key32(bytes.slice(1, 33))
}

/**
 * Check length and version of a serialized message.
 *
 * @returns the version in the first byte's high nibble; the low nibble, what the sender's software knows, is
 *   the reader's to ignore
 * @throws ProtocolError `too-short`, `version-too-old` or `version-unknown`
 */
export function readVersion(
  bytes: Uint8Array,
  allowed: { readonly minimumLength: number; readonly oldest: number; readonly newest: number },
): number {
  if (bytes.length < allowed.minimumLength) throw new ProtocolError("too-short")
  const version = (bytes[0] as number) >> 4
  if (version < allowed.oldest) throw new ProtocolError("version-too-old")
  if (version > allowed.newest) throw new ProtocolError("version-unknown")
  return version
}

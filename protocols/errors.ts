/**
 * What can go wrong through somebody else's doing: a stable code for each case, told apart for local use.
 * Our own mistakes are plain `Error`s. A peer must never learn which case it was.
 */

/** The conditions of the wire formats, and those of a group. */
export type ErrorCode =
  | "too-short" // fewer bytes than the fixed minimum of that kind of message
  | "version-too-old" // high nibble of the first byte below the supported range
  | "version-unknown" // high nibble of the first byte above the supported range
  | "version-mismatch" // another version than the stored state's
  | "bad-encoding" // broken encoding, a required field absent, a field of the wrong length
  | "bad-key" // a public key without type byte, of another type, or too short
  | "bad-agreement" // Diffie-Hellman gave the all-zero value
  | "bad-signature" // signature of a group message or of a signed prekey
  | "no-sender-key" // no state for this sender, distribution id and chain id
  | "early" // comes before something it needs: try again later
  | "duplicate" // the message key was used, dropped, or lies before the first one known
  | "invalid-message" // everything else about one message; see `ErrorDetail`
  | "no-session" // no session with that peer, or the unanswered one is stale
  | "missing-prekey" // the named one-time prekey is not in the store
  | "missing-signed-prekey" // the named signed prekey is not in the store
  | "untrusted-identity" // the peer's identity key is not the one known for it
  | "chain-exhausted" // the 32-bit counter would overflow
  | "not-a-member" // the step needs a member of the group

/** Why a message was an `invalid-message`; for local diagnosis only. */
export type ErrorDetail =
  | "too-far-ahead" // counter more than 25000 beyond the chain
  | "bad-ciphertext" // empty, not a multiple of 16, or wrong padding: deliberately one case
  | "bad-mac" // no key of the session matches the tag
  | "bad-tag" // not encrypted by GCM with this key, nonce and associated data, or shorter than the tag
  | "bad-commitment" // a secret that travelled with a group message is not the one signed for
  | "no-session-decrypts" // neither the current session nor an archived one
  | "half-kyber" // post-quantum fields present only in part
  | "not-x3dh" // a post-quantum key agreement

/** Thrown with all state exactly as it was before the call. */
export class ProtocolError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail | undefined

  constructor(code: ErrorCode, options: { detail?: ErrorDetail; cause?: unknown } = {}) {
    super(options.detail === undefined ? code : `${code} (${options.detail})`, { cause: options.cause })
    this.name = "ProtocolError"
    this.code = code
    this.detail = options.detail
  }
}

export const hasCode = (error: unknown, ...codes: readonly ErrorCode[]): boolean =>
  error instanceof ProtocolError && codes.includes(error.code)

/** Makes the compiler prove that a union was handled to the end. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}

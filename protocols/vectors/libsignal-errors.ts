/** What libsignal says, in our words. */
import type { ErrorCode } from "../errors.ts"
import { ProtocolError } from "../errors.ts"

/** In this order; libsignal's own codes merge most of these cases, so its texts must tell. */
const TEXTS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/too short/, "too-short"],
  [/version was too old/, "version-too-old"],
  [/version was unrecognized/, "version-unknown"],
  [/protobuf encoding was invalid/, "bad-encoding"],
  [/no key type|bad key type|bad key length/, "bad-key"],
  [/old counter/, "duplicate"],
  [/missing sender key state/, "no-sender-key"],
  [/invalid signature|signature validation failed/, "bad-signature"],
  [/untrusted identity/, "untrusted-identity"],
  [/session with .* not found/, "no-session"],
  [/no signed prekey/, "missing-signed-prekey"],
  [/no prekey/, "missing-prekey"],
  [/overflow|InvalidState|invalid state/, "chain-exhausted"],
  [/invalid .*message|message .*invalid|decryption failed|invalid sender key session/, "invalid-message"],
]

export function libsignalCode(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? `untranslated: ${text}`
}

/** `ok` with what came out, or the code of what went wrong. */
export type Verdict = { readonly ok: unknown } | { readonly error: string }

export function ourVerdict(run: () => unknown): Verdict {
  try {
    return { ok: run() }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return { error: error.code }
  }
}

export async function libsignalVerdict(run: () => unknown): Promise<Verdict> {
  try {
    return { ok: await run() }
  } catch (error) {
    return { error: libsignalCode(error) }
  }
}

/**
 * HPKE: encryption to a public key, one message at a time.
 *
 * Source: RFC 9180 of February 2022, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. Its names are
 * kept. An Extract is one HMAC, and so is an Expand of at most 32 bytes, which is all that is needed here. Only the
 * first message of a context is encrypted, so there are no sequence numbers, and nothing is exported.
 */
import { concat, exactly, type Key16, type Key32, key32, type Nonce12, utf8 } from "../bytes.ts"
import type { KeyPair, Suite } from "./suite.ts"

/** `enc` is the sender's ephemeral public key; the ciphertext has the plaintext's length and 16 bytes. */
export type Sealed = { readonly enc: Key32; readonly ciphertext: Uint8Array }

const VERSION = "HPKE-v1"
const KEM_ID = Uint8Array.of(0x00, 0x20)
const NOTHING = new Uint8Array(0)
/** What sets the hashes of the key encapsulation apart, and those of the key schedule (§4.1, §5.1). */
const KEM = concat(utf8(VERSION), utf8("KEM"), KEM_ID)
const HPKE = concat(utf8(VERSION), utf8("HPKE"), KEM_ID, Uint8Array.of(0x00, 0x01, 0x00, 0x01))

/** mode_base, then psk_id_hash: the LabeledExtract of no PSK id, for every context of this suite (§A.1.1). */
const NO_PSK = concat(
  Uint8Array.of(0),
  Buffer.from("725611c9d98c07c03f60095cd32d400d8347d45ed67097bbad50fc56da742d07", "hex"),
)

/**
 * Encrypt to the owner of `pkR` (§6.1). Draws 32 bytes.
 *
 * @throws ProtocolError `bad-agreement` when `pkR` has low order
 */
export function sealTo(
  suite: Suite,
  pkR: Key32,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Sealed {
  const { secret: skE, public: enc } = suite.keyPair()
  const sharedSecret = extractAndExpand(suite, suite.dh(skE, pkR), concat(enc, pkR))
  const { key, nonce } = keySchedule(suite, sharedSecret, info)
  return { enc, ciphertext: suite.sealGcm(key, nonce, aad, plaintext) }
}

/**
 * The reverse, for the owner of `pair`, whose public key goes into the hash.
 *
 * @throws ProtocolError `bad-agreement`, `invalid-message` (`bad-tag`)
 */
export function openWith(
  suite: Suite,
  pair: KeyPair,
  enc: Key32,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const sharedSecret = extractAndExpand(suite, suite.dh(pair.secret, enc), concat(enc, pair.public))
  const { key, nonce } = keySchedule(suite, sharedSecret, info)
  return suite.openGcm(key, nonce, aad, ciphertext)
}

/** The pair that follows from `ikm`, which should be 32 bytes or more; the scalar is clamped on use alone (§7.1.3). */
export function deriveKeyPair(suite: Suite, ikm: Uint8Array): KeyPair {
  const dkpPrk = labeledExtract(suite, KEM, NOTHING, "dkp_prk", ikm)
  const secret = key32(labeledExpand(suite, KEM, dkpPrk, "sk", NOTHING, 32))
  return { secret, public: suite.publicKey(secret) }
}

/** The KEM's shared secret (§4.1). */
function extractAndExpand(suite: Suite, dh: Key32, kemContext: Uint8Array): Key32 {
  const eaePrk = labeledExtract(suite, KEM, NOTHING, "eae_prk", dh)
  return key32(labeledExpand(suite, KEM, eaePrk, "shared_secret", kemContext, 32))
}

/** Key and nonce of the first message (§5.1). */
function keySchedule(
  suite: Suite,
  sharedSecret: Key32,
  info: Uint8Array,
): { readonly key: Key16; readonly nonce: Nonce12 } {
  const context = concat(NO_PSK, labeledExtract(suite, HPKE, NOTHING, "info_hash", info))
  const secret = labeledExtract(suite, HPKE, sharedSecret, "secret", NOTHING)
  return {
    key: exactly(labeledExpand(suite, HPKE, secret, "key", context, 16), 16),
    nonce: exactly(labeledExpand(suite, HPKE, secret, "base_nonce", context, 12), 12),
  }
}

const labeledExtract = (
  suite: Suite,
  suiteId: Uint8Array,
  salt: Uint8Array,
  label: string,
  ikm: Uint8Array,
): Key32 => suite.hmac(salt, concat(suiteId, utf8(label), ikm))

/** At most 32 bytes: T(1) of HKDF-Expand, cut. */
function labeledExpand(
  suite: Suite,
  suiteId: Uint8Array,
  prk: Key32,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const data = concat(Uint8Array.of(0, length), suiteId, utf8(label), info, Uint8Array.of(1))
  return suite.hmac(prk, data).slice(0, length)
}

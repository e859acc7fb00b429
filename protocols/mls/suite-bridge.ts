/**
 * Our suite as that of ts-mls: MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 (RFC 9420, §5.1 and §17.1). So all
 * cryptography and randomness of MLS are the member's own, and counted.
 *
 * ts-mls erases some secrets and folds the reuse guard into a nonce by writing into what it was given, so what is derived
 * or decrypted here is a byte string of its own. Keys are raw; ts-mls takes them as opaque.
 */
import type { CiphersuiteImpl, Hash, Hpke, Kdf, PrivateKey, PublicKey, Signature } from "ts-mls"
import { concat, equal, exactly, type Key32, key32 } from "../bytes.ts"
import { deriveKeyPair, openWith, sealTo } from "../crypto/hpke.ts"
import type { KeyPair, Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"

export const CIPHERSUITE = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"

const HASH_LENGTH = 32
const KEY_LENGTH = 16
const NONCE_LENGTH = 12
const NOTHING = new Uint8Array(0)

export const bridged = (suite: Suite): CiphersuiteImpl => ({
  name: CIPHERSUITE,
  hash: hashOf(suite),
  kdf: kdfOf(suite),
  hpke: hpkeOf(suite),
  signature: signatureOf(suite),
  rng: { randomBytes: (length) => suite.random(length) },
})

const hashOf = (suite: Suite): Hash => ({
  digest: async (data) => suite.hash(data),
  mac: async (key, data) => suite.hmac(key, data),
  verifyMac: async (key, mac, data) => equal(suite.hmac(key, data), mac),
})

/** HKDF in its two halves, each one HMAC, since nothing longer than a hash is asked for. */
const kdfOf = (suite: Suite): Kdf => ({
  size: HASH_LENGTH,
  extract: async (salt, ikm) => suite.hmac(salt, ikm).slice(),
  expand: async (prk, info, length) => {
    if (length > HASH_LENGTH) throw new Error(`MLS asks for at most ${HASH_LENGTH} bytes, not ${length}`)
    return suite.hmac(prk, concat(info, Uint8Array.of(1))).slice(0, length)
  },
})

const signatureOf = (suite: Suite): Signature => ({
  sign: async (secret, message) => suite.edSign(key32(secret), message),
  verify: async (signer, message, signature) => suite.edVerify(publicKeyFrom(signer), message, signature),
  keygen: async () => {
    const pair = suite.edKeyPair()
    return { signKey: pair.secret, publicKey: pair.public }
  },
})

const hpkeOf = (suite: Suite): Hpke => ({
  keyLength: KEY_LENGTH,
  nonceLength: NONCE_LENGTH,
  seal: async (recipient, plaintext, info, aad = NOTHING) => {
    const { enc, ciphertext } = sealTo(suite, rawKey(recipient), info, aad, plaintext)
    return { enc, ct: ciphertext }
  },
  open: async (secret, enc, ciphertext, info, aad = NOTHING) =>
    openWith(suite, pairOf(suite, rawKey(secret)), publicKeyFrom(enc), info, aad, ciphertext),
  importPrivateKey: async (bytes) => key32(bytes) as unknown as PrivateKey,
  importPublicKey: async (bytes) => publicKeyFrom(bytes) as unknown as PublicKey,
  exportPrivateKey: async (key) => rawKey(key),
  exportPublicKey: async (key) => rawKey(key),
  encryptAead: async (key, nonce, aad = NOTHING, plaintext) =>
    suite.sealGcm(exactly(key, KEY_LENGTH), exactly(nonce, NONCE_LENGTH), aad, plaintext),
  decryptAead: async (key, nonce, aad = NOTHING, ciphertext) =>
    suite.openGcm(exactly(key, KEY_LENGTH), exactly(nonce, NONCE_LENGTH), aad, ciphertext),
  deriveKeyPair: async (ikm) => asOpaque(deriveKeyPair(suite, ikm)),
  generateKeyPair: async () => asOpaque(suite.keyPair()),
  exportSecret: noExternalCommit,
  importSecret: noExternalCommit,
})

/** ts-mls keeps private keys alone; opening takes the public half too (RFC 9180, §4.1). */
const pairOf = (suite: Suite, secret: Key32): KeyPair => ({ secret, public: suite.publicKey(secret) })

const asOpaque = (pair: KeyPair): { privateKey: PrivateKey; publicKey: PublicKey } => ({
  privateKey: pair.secret as unknown as PrivateKey,
  publicKey: pair.public as unknown as PublicKey,
})

const rawKey = (key: PrivateKey | PublicKey): Key32 => key as unknown as Key32

/** @throws ProtocolError `bad-key` for another length: it comes from outside */
function publicKeyFrom(bytes: Uint8Array): Key32 {
  if (bytes.length !== HASH_LENGTH) throw new ProtocolError("bad-key")
  return key32(bytes)
}

/** Nobody joins by itself here. */
function noExternalCommit(): never {
  throw new ProtocolError("bad-encoding")
}

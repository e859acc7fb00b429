/**
 * The fast suite: compiled code. For each operation the faster of sodium-native and node:crypto from raw bytes
 * was taken; `native.bench.ts` measures both. Curve operations, SHA-512, HMAC and HKDF of short inputs: sodium.
 * HMAC and HKDF of long ones, SHA-256, AES: node.
 */
import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync } from "node:crypto"
import { createRequire } from "node:module"
import { concat, exactly, type Key32, key32, type Sig64 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { clamped } from "./clamp.ts"
import { ShortHmac } from "./short-hmac.ts"
import type { CreateSuite } from "./suite.ts"
import { XEdDSA } from "./xeddsa.ts"

/** The functions used here, after libsodium's own documentation; sodium-native ships no types. */
type Sodium = {
  crypto_scalarmult(output: Uint8Array, scalar: Uint8Array, point: Uint8Array): void
  crypto_scalarmult_base(output: Uint8Array, scalar: Uint8Array): void
  crypto_scalarmult_ed25519_base_noclamp(output: Uint8Array, scalar: Uint8Array): void
  crypto_sign_seed_keypair(signer: Uint8Array, secret: Uint8Array, seed: Uint8Array): void
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secret: Uint8Array): void
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, signer: Uint8Array): boolean
  crypto_hash_sha256(output: Uint8Array, data: Uint8Array): void
  crypto_hash_sha512(output: Uint8Array, data: Uint8Array): void
}
const sodium = createRequire(import.meta.url)("sodium-native") as Sodium

/** RFC 5869 §2.2: an absent salt is a string of zeros as long as the hash. */
const NO_SALT = new Uint8Array(32)

const xeddsa = new XEdDSA<Key32>({
  sha512: (data) => filled(64, (output) => sodium.crypto_hash_sha512(output, data)),
  multiplyBase: (scalar) => filled(32, (output) => multiplyBase(output, scalar)),
  signer: (A) => A, // whether it is on the curve shows when it verifies
  verifyEd25519: (A, message, signature) => sodium.crypto_sign_verify_detached(signature, message, A),
})

const short = new ShortHmac((output, data) => sodium.crypto_hash_sha256(output, data))

function multiplyBase(output: Uint8Array, scalar: bigint): void {
  const bytes = new Uint8Array(Buffer.from(scalar.toString(16).padStart(64, "0"), "hex").reverse())
  sodium.crypto_scalarmult_ed25519_base_noclamp(output, bytes)
}

function filled(length: number, fill: (output: Uint8Array) => void): Uint8Array {
  const output = new Uint8Array(length)
  fill(output)
  return output
}

/** A view without Buffer's methods, so that state and transcripts hold one kind of byte string. */
const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)

/** Seed and point, by the seed: as sodium signs. Finding the point takes as long as a signature; it goes when the seed goes. */
const signingKeys = new WeakMap<Key32, Uint8Array>()

function signingKeyOf(seed: Key32): Uint8Array {
  const known = signingKeys.get(seed)
  if (known !== undefined) return known
  const key = filled(64, (output) => sodium.crypto_sign_seed_keypair(new Uint8Array(32), output, seed))
  signingKeys.set(seed, key)
  return key
}

const edSign = (seed: Key32, message: Uint8Array): Sig64 =>
  exactly(
    filled(64, (output) => sodium.crypto_sign_detached(output, message, signingKeyOf(seed))),
    64,
  )

const GCM_TAG_LENGTH = 16

const publicKey = (secret: Key32): Key32 =>
  key32(filled(32, (output) => sodium.crypto_scalarmult_base(output, secret)))

const agreement = (secret: Key32, peer: Key32): Key32 =>
  key32(filled(32, (output) => sodium.crypto_scalarmult(output, secret, peer)))

export const createNativeSuite: CreateSuite = (random) => ({
  random,
  keyPair() {
    const secret = clamped(random(32))
    return { secret, public: publicKey(secret) }
  },
  publicKey,
  dh(secret, peer) {
    try {
      return agreement(secret, peer)
    } catch (cause) {
      throw new ProtocolError("bad-agreement", { cause })
    }
  },
  sign: (secret, message) => xeddsa.sign(secret, message, random(64)),
  verify: (signer, message, signature) => xeddsa.verify(signer, message, signature),
  edKeyPair() {
    const secret = key32(random(32))
    return { secret, public: key32(signingKeyOf(secret).slice(32)) }
  },
  edSign,
  edVerify: (signer, message, signature) =>
    signature.length === 64 && sodium.crypto_sign_verify_detached(signature, message, signer),
  hash: (data) => key32(plain(hash("sha256", data, "buffer"))),
  hmac: (key, data) => short.hmac(key, data) ?? key32(plain(createHmac("sha256", key).update(data).digest())),
  hkdf: (salt = NO_SALT, input, info, length) =>
    short.hkdf(salt, input, info, length) ?? new Uint8Array(hkdfSync("sha256", input, salt, info, length)),
  encryptCbc(key, iv, plaintext) {
    const cipher = createCipheriv("aes-256-cbc", key, iv)
    return concat(cipher.update(plaintext), cipher.final())
  },
  decryptCbc(key, iv, ciphertext) {
    try {
      const cipher = createDecipheriv("aes-256-cbc", key, iv)
      return concat(cipher.update(ciphertext), cipher.final())
    } catch (cause) {
      throw new ProtocolError("invalid-message", { detail: "bad-ciphertext", cause })
    }
  },
  sealGcm(key, nonce, associated, plaintext) {
    const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(associated)
    return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag())
  },
  openGcm(key, nonce, associated, ciphertext) {
    try {
      const options = { authTagLength: GCM_TAG_LENGTH }
      const cipher = createDecipheriv("aes-128-gcm", key, nonce, options).setAAD(associated)
      cipher.setAuthTag(ciphertext.subarray(-GCM_TAG_LENGTH))
      return concat(cipher.update(ciphertext.subarray(0, -GCM_TAG_LENGTH)), cipher.final())
    } catch (cause) {
      throw new ProtocolError("invalid-message", { detail: "bad-tag", cause })
    }
  },
})

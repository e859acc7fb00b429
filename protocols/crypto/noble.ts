/** The reference suite: @noble's audited pure JavaScript. */
import { cbc, gcm } from "@noble/ciphers/aes.js"
import { ed25519, x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { key32 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { clamped } from "./clamp.ts"
import { arithmetic, edSign, edVerify } from "./noble-edwards.ts"
import type { CreateSuite } from "./suite.ts"
import { XEdDSA } from "./xeddsa.ts"

const xeddsa = new XEdDSA(arithmetic)

export const createNobleSuite: CreateSuite = (random) => ({
  random,
  keyPair() {
    const secret = clamped(random(32))
    return { secret, public: key32(x25519.getPublicKey(secret)) }
  },
  publicKey: (secret) => key32(x25519.getPublicKey(secret)),
  dh(secret, peer) {
    try {
      return key32(x25519.getSharedSecret(secret, peer))
    } catch (cause) {
      throw new ProtocolError("bad-agreement", { cause })
    }
  },
  sign: (secret, message) => xeddsa.sign(secret, message, random(64)),
  verify: (signer, message, signature) => xeddsa.verify(signer, message, signature),
  edKeyPair() {
    const secret = key32(random(32))
    return { secret, public: key32(ed25519.getPublicKey(secret)) }
  },
  edSign,
  edVerify,
  hash: (data) => key32(sha256(data)),
  hmac: (key, data) => key32(hmac(sha256, key, data)),
  hkdf: (salt, input, info, length) => hkdf(sha256, input, salt, info, length),
  encryptCbc: (key, iv, plaintext) => cbc(key, iv).encrypt(plaintext),
  decryptCbc(key, iv, ciphertext) {
    try {
      return cbc(key, iv).decrypt(ciphertext)
    } catch (cause) {
      throw new ProtocolError("invalid-message", { detail: "bad-ciphertext", cause })
    }
  },
  sealGcm: (key, nonce, associated, plaintext) => gcm(key, nonce, associated).encrypt(plaintext),
  openGcm(key, nonce, associated, ciphertext) {
    try {
      return gcm(key, nonce, associated).decrypt(ciphertext)
    } catch (cause) {
      throw new ProtocolError("invalid-message", { detail: "bad-tag", cause })
    }
  },
})

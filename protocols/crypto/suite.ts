/**
 * The cryptographic operations that a protocol may use; nothing in `protocols/` reaches for any other.
 *
 * A suite belongs to one member: it draws from that member's random source. All suites give the same bytes
 * for the same random source, so a transcript does not depend on the suite.
 */
import type { Block16, Key16, Key32, Nonce12, Sig64 } from "../bytes.ts"

/**
 * An X25519 key pair: scalar (clamped) and u coordinate, both little-endian. Or an Ed25519 one: seed and encoded
 * point. Neither is ever used as the other.
 */
export type KeyPair = { readonly secret: Key32; readonly public: Key32 }

/** The next `length` bytes of a member's randomness. */
export type RandomSource = (length: number) => Uint8Array

/** SHA-256 and its derivatives are all one family, so the names leave it out. */
export interface Suite {
  /** The next `length` bytes of this member's randomness. */
  random(length: number): Uint8Array

  /** A fresh X25519 pair; draws 32 bytes (RFC 7748 §6.1). */
  keyPair(): KeyPair

  /** The X25519 public key of a scalar, which is clamped on use and stays as it was (RFC 7748 §6.1). */
  publicKey(secret: Key32): Key32

  /**
   * X25519 (RFC 7748 §5): 32 bytes, not uniform: put them through {@link hkdf}. Bit 255 of `peer` is ignored.
   *
   * @throws ProtocolError `bad-agreement` when the result is all zero (a low-order `peer`)
   */
  dh(secret: Key32, peer: Key32): Key32

  /** XEdDSA over Curve25519 (`xeddsa.ts`); draws 64 bytes. Signing with the same byte string again costs less. */
  sign(secret: Key32, message: Uint8Array): Sig64

  /**
   * Whether `signature` (any length) is an XEdDSA signature over `message` by the owner of `signer`. A signer that
   * was seen before, by any member, costs less: what is remembered is public.
   */
  verify(signer: Key32, message: Uint8Array, signature: Uint8Array): boolean

  /** A fresh Ed25519 pair; draws 32 bytes, the seed (RFC 8032 §5.1.5). */
  edKeyPair(): KeyPair

  /** Ed25519 (RFC 8032 §5.1.6); draws nothing. Signing with the same byte string again costs less. */
  edSign(secret: Key32, message: Uint8Array): Sig64

  /**
   * Whether `signature` (any length) is an Ed25519 signature over `message` by the owner of `signer`: RFC 8032 §5.1.7
   * without cofactor, so encode(s·B − h·A) is R byte for byte. Refused besides: s ≥ L, an A that is not encoded
   * canonically, and A or R of low order. A signer that was seen before, by any member, may cost less.
   */
  edVerify(signer: Key32, message: Uint8Array, signature: Uint8Array): boolean

  /** SHA-256 (FIPS 180-4): 32 bytes. */
  hash(data: Uint8Array): Key32

  /** HMAC-SHA256 (RFC 2104): 32 bytes. */
  hmac(key: Uint8Array, data: Uint8Array): Key32

  /** HKDF-SHA256 (RFC 5869), `length` bytes; an absent salt is 32 zero bytes. */
  hkdf(salt: Uint8Array | undefined, input: Uint8Array, info: Uint8Array, length: number): Uint8Array

  /** AES-256-CBC with PKCS#7 padding (RFC 5652 §6.3): 16 bytes for an empty plaintext. */
  encryptCbc(key: Key32, iv: Block16, plaintext: Uint8Array): Uint8Array

  /**
   * The reverse.
   *
   * @throws ProtocolError `invalid-message` for an empty ciphertext, a length that is no multiple of 16, or
   *   wrong padding: one case, since telling them apart to a peer makes a padding oracle
   */
  decryptCbc(key: Key32, iv: Block16, ciphertext: Uint8Array): Uint8Array

  /** AES-128-GCM (NIST SP 800-38D): as long as the plaintext, then a tag of 16 bytes. A pair of key and nonce serves once. */
  sealGcm(key: Key16, nonce: Nonce12, associated: Uint8Array, plaintext: Uint8Array): Uint8Array

  /**
   * The reverse.
   *
   * @throws ProtocolError `invalid-message` (`bad-tag`) for anything that {@link sealGcm} did not make with these inputs
   */
  openGcm(key: Key16, nonce: Nonce12, associated: Uint8Array, ciphertext: Uint8Array): Uint8Array
}

/** Names of the operations above, for counters. */
export const SUITE_OPERATIONS = [
  "random",
  "keyPair",
  "dh",
  "sign",
  "verify",
  "hmac",
  "hkdf",
  "encryptCbc",
  "decryptCbc",
  "publicKey",
  "sealGcm",
  "openGcm",
  "hash",
  "edKeyPair",
  "edSign",
  "edVerify",
] as const satisfies readonly (keyof Suite)[]
export type SuiteOperation = (typeof SUITE_OPERATIONS)[number]

/** Makes the suite of one member. */
export type CreateSuite = (random: RandomSource) => Suite

/**
 * XEdDSA: signatures with X25519 key pairs.
 *
 * Source: Signal, "The XEdDSA and VXEdDSA Signature Schemes", revision 1, 2016-10-20, §2 and §4. Its names
 * are kept: k the private key, a the scalar, A its point, u the public key, Z the random bytes, R, h and s.
 * Departure, as in libsignal: the published text negates `a` until A's sign bit is 0; here `a` stays and the
 * sign bit travels in the top bit of s, which is free because s < 2^253.
 */
import { concat, exactly, type Key32, key32, type Sig64, toHex } from "../bytes.ts"
import { KnownSigners } from "./known-signers.ts"

/** What a suite lends to this scheme; `Signer` is a point in the form in which it verifies fastest. */
export interface EdwardsArithmetic<Signer> {
  sha512(data: Uint8Array): Uint8Array
  /** `scalar`·B, encoded: 32 bytes; 0 < scalar < L. */
  multiplyBase(scalar: bigint): Uint8Array
  /** The point that A, 32 bytes, encodes; undefined where none has that y coordinate. */
  signer(A: Key32): Signer | undefined
  /** Ed25519 verification without cofactor: encode(s·B − h·A) = R, byte for byte. */
  verifyEd25519(A: Signer, message: Uint8Array, signature: Uint8Array): boolean
}

const p = 2n ** 255n - 19n
/** An y coordinate of order 8; the other one is its negative. */
const y8 = 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
/** y coordinates of the points of order 1, 2, 4 and 8. */
const LOW_ORDER = new Set([1n, p - 1n, 0n, y8, p - y8])
/** Order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** Sets this hash apart from all others of the scheme: 2^256 − 2, little-endian (§2.5, hash_1). */
const HASH_1 = new Uint8Array(32).fill(0xff)
HASH_1[0] = 0xfe

/**
 * The scheme over one suite's arithmetic. It remembers public points, its own and those of signers, since
 * finding them costs as much as the rest of a signature.
 */
export class XEdDSA<Signer> {
  readonly #curve: EdwardsArithmetic<Signer>
  /** A by the byte string k, which nobody changes in place; goes when k goes. */
  readonly #ownPoints = new WeakMap<Key32, Uint8Array>()
  /** By u and sign bit. */
  readonly #signers = new KnownSigners<Signer>()

  constructor(curve: EdwardsArithmetic<Signer>) {
    this.#curve = curve
  }

  /**
   * Sign `M` (§2.3 with the departure above).
   *
   * @param k - 32 bytes, clamped
   * @param Z - 64 fresh random bytes
   */
  sign(k: Key32, M: Uint8Array, Z: Uint8Array): Sig64 {
    const { sha512, multiplyBase } = this.#curve
    const a = toInteger(k) % L
    const A = this.#ownPoint(k, a)
    const r = toInteger(sha512(concat(HASH_1, k, M, Z))) % L
    const R = multiplyBase(r)
    const h = toInteger(sha512(concat(R, A, M))) % L
    const s = fromInteger((r + h * a) % L)
    s[31] = (s[31] as number) | ((A[31] as number) & 0x80)
    return exactly(concat(R, s), 64)
  }

  /**
   * Verify a signature over `M` by the owner of `u` (§2.4 with the departure above).
   *
   * Refuses what cannot come from an honest signer: another length, a `u` that is on the twist or is p − 1.
   * Also refuses what libsignal accepts: L ≤ s < 2^253, which makes a second signature of each one, and a `u`
   * or R of low order, which does not bind the signer; libraries differ in that.
   */
  verify(u: Key32, M: Uint8Array, signature: Uint8Array): boolean {
    if (signature.length !== 64) return false
    const last = signature[63] as number
    const A = this.#signer(u, last & 0x80)
    if (A === undefined || hasLowOrder(signature.subarray(0, 32))) return false
    const unsigned = signature.slice()
    unsigned[63] = last & 0x7f
    if (toInteger(unsigned.subarray(32)) >= L) return false
    return this.#curve.verifyEd25519(A, M, unsigned)
  }

  #ownPoint(k: Key32, a: bigint): Uint8Array {
    const A = this.#ownPoints.get(k) ?? this.#curve.multiplyBase(a)
    this.#ownPoints.set(k, A)
    return A
  }

  #signer(u: Key32, signBit: number): Signer | undefined {
    return this.#signers.once(`${toHex(u)}${signBit}`, () => {
      const A = toEdwards(u, signBit)
      return A === undefined || hasLowOrder(A) ? undefined : this.#curve.signer(A)
    })
  }
}

/** The Edwards point of u with the given sign bit (0 or 0x80): y = (u − 1)/(u + 1) (§2.1, u_to_y). */
function toEdwards(u: Key32, signBit: number): Key32 | undefined {
  const masked = u.slice()
  masked[31] = (masked[31] as number) & 0x7f
  const x = toInteger(masked) % p
  if (x === p - 1n) return undefined
  const y = fromInteger(((x + p - 1n) * inverse(x + 1n)) % p)
  y[31] = (y[31] as number) | signBit
  return y
}

/** Whether an encoded point, canonical or not, has order 1, 2, 4 or 8. */
export function hasLowOrder(point: Uint8Array): boolean {
  const y = point.slice()
  y[31] = (y[31] as number) & 0x7f
  return LOW_ORDER.has(toInteger(y) % p)
}

/** 1/value mod p by the extended Euclidean algorithm: public keys only, so its time may show. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value % p, p, 1n, 0n]
  while (a > 1n) {
    const quotient = b / a
    ;[a, b] = [b - quotient * a, a]
    ;[x, y] = [y - quotient * x, x]
  }
  return ((x % p) + p) % p
}

const toInteger = (littleEndian: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(littleEndian).reverse().toString("hex")}`)

const fromInteger = (value: bigint): Key32 =>
  key32(new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse()))

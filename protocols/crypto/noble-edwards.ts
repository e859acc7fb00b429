/** The reference suite's arithmetic on Edwards25519, and Ed25519 (RFC 8032 §5.1) over it. */
import { interleavedMSMUnsafe } from "@noble/curves/abstract/curve.js"
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { concat, equal, exactly, type Key32, key32, type Sig64, toHex } from "../bytes.ts"
import { KnownSigners } from "./known-signers.ts"
import { type EdwardsArithmetic, hasLowOrder } from "./xeddsa.ts"

const { Point } = ed25519
const L = Point.Fn.ORDER

type EdwardsPoint = InstanceType<typeof Point>
/** A signer's point as it is hashed, and its negative as it is multiplied: by a number's four digits. */
type Signer = {
  readonly A: Key32
  readonly multiplyMinusA: (digits: bigint[]) => EdwardsPoint
}

export const arithmetic: EdwardsArithmetic<Signer> = {
  sha512,
  multiplyBase: (scalar) => Point.BASE.multiply(scalar).toBytes(),
  signer,
  verifyEd25519,
}

/** A number of 253 bits has four digits to this base. */
const QUARTER = 2n ** 64n
/** 32 points for each signer; with 16 a multiplication takes a tenth longer. */
const WINDOW_BITS = 5

function signer(A: Key32): Signer | undefined {
  try {
    return { A, multiplyMinusA: interleavedMSMUnsafe(Point, minusAByPlace(A), WINDOW_BITS) }
  } catch {
    return undefined // no point has this y coordinate (then the u it came from is on the twist), or y ≥ p
  }
}

/** −A for each digit: the four are then multiplied together, in a quarter of the doublings. */
function minusAByPlace(A: Key32): EdwardsPoint[] {
  const points = [Point.fromBytes(A).negate()]
  while (points.length < 4) points.push((points.at(-1) as EdwardsPoint).multiplyUnsafe(QUARTER))
  return points
}

/** noble's own `verify` multiplies by the cofactor and so accepts more; this is the exact equation. */
function verifyEd25519({ A, multiplyMinusA }: Signer, message: Uint8Array, signature: Uint8Array): boolean {
  const R = signature.subarray(0, 32)
  const s = Point.Fn.fromBytes(signature.subarray(32))
  const h = Point.Fn.create(littleEndian(sha512(concat(R, A, message))))
  const digits = [0n, 1n, 2n, 3n].map((place) => (h / QUARTER ** place) % QUARTER)
  return equal(Point.BASE.multiplyUnsafe(s).add(multiplyMinusA(digits)).toBytes(), R)
}

const littleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`)

/** A seed as it signs, found once for each: that takes longer than the rest of a signature. It goes when the seed goes. */
const expanded = new WeakMap<Key32, ReturnType<typeof expand>>()
const expand = ed25519.utils.getExtendedPublicKey

/** RFC 8032 §5.1.6, its names; noble's own `sign` expands the seed each time. */
export function edSign(seed: Key32, M: Uint8Array): Sig64 {
  const own = expanded.get(seed) ?? expand(seed)
  expanded.set(seed, own)
  const { prefix, scalar: s, pointBytes: A } = own
  const r = littleEndian(sha512(concat(prefix, M))) % L
  const R = Point.BASE.multiply(r).toBytes()
  const k = littleEndian(sha512(concat(R, A, M))) % L
  return exactly(concat(R, Point.Fn.toBytes((r + k * s) % L)), 64)
}

const signers = new KnownSigners<Signer>()

/** As `Suite.edVerify`. */
export function edVerify(A: Key32, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || hasLowOrder(signature.subarray(0, 32))) return false
  if (littleEndian(signature.subarray(32)) >= L) return false
  const known = signers.once(toHex(A), () => (hasLowOrder(A) ? undefined : signer(key32(A.slice()))))
  return known !== undefined && verifyEd25519(known, message, signature)
}

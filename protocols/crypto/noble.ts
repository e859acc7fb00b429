/** The reference suite: @noble's audited pure JavaScript. */
import { cbc } from "@noble/ciphers/aes.js"
import { interleavedMSMUnsafe } from "@noble/curves/abstract/curve.js"
import { ed25519, x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { concat, equal, type Key32, key32 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { clamped } from "./clamp.ts"
import type { CreateSuite } from "./suite.ts"
import { XEdDSA } from "./xeddsa.ts"

const { Point } = ed25519

type EdwardsPoint = InstanceType<typeof Point>
/** A signer's point as it is hashed, and its negative as it is multiplied: by a number's four digits. */
type Signer = {
  readonly A: Key32
  readonly multiplyMinusA: (digits: bigint[]) => EdwardsPoint
}

const xeddsa = new XEdDSA<Signer>({
  sha512,
  multiplyBase: (scalar) => Point.BASE.multiply(scalar).toBytes(),
  signer,
  verifyEd25519,
})

/** A number of 253 bits has four digits to this base. */
const QUARTER = 2n ** 64n
/** 32 points for each signer; with 16 a multiplication takes a tenth longer. */
const WINDOW_BITS = 5

function signer(A: Key32): Signer | undefined {
  try {
    return { A, multiplyMinusA: interleavedMSMUnsafe(Point, minusAByPlace(A), WINDOW_BITS) }
  } catch {
    return undefined // no point has this y coordinate: the key is on the twist
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

export const createNobleSuite: CreateSuite = (random) => ({
  random,
  keyPair() {
    const secret = clamped(random(32))
    return { secret, public: key32(x25519.getPublicKey(secret)) }
  },
  dh(secret, peer) {
    try {
      return key32(x25519.getSharedSecret(secret, peer))
    } catch (cause) {
      throw new ProtocolError("bad-agreement", { cause })
    }
  },
  sign: (secret, message) => xeddsa.sign(secret, message, random(64)),
  verify: (signer, message, signature) => xeddsa.verify(signer, message, signature),
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
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha512 } from "@noble/hashes/sha2.js"
import fc from "fast-check"
import { concat, type Key32, key32 } from "../bytes.ts"
import { ScriptedRandom } from "../vectors/scripted-random.ts"
import { SUITES } from "../vectors/suites.ts"
import { fromHex } from "../vectors/vector-files.ts"
import { MAX_SIGNERS } from "./known-signers.ts"
import { createNativeSuite } from "./native.ts"
import { createNobleSuite } from "./noble.ts"
import { XEdDSA } from "./xeddsa.ts"

const { Point } = ed25519
const L = Point.Fn.ORDER
const random = new ScriptedRandom()
const noble = createNobleSuite(random.source)
const native = createNativeSuite(random.source)

const message = Uint8Array.of(1)
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const toInteger = (littleEndian: Uint8Array) =>
  BigInt(`0x${Buffer.from(littleEndian).reverse().toString("hex")}`)
const fromInteger = (value: bigint) =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse())

/** A key pair whose point has sign bit 0, and one with 1. */
function pairs() {
  const found = new Map<number, ReturnType<typeof native.keyPair>>()
  for (let first = 0; found.size < 2; first++) {
    random.play(new Uint8Array(32).fill(first))
    const pair = native.keyPair()
    const A = Point.BASE.multiply(toInteger(pair.secret) % L).toBytes()
    found.set((A[31] as number) >> 7, pair)
  }
  return [...found]
}

test("both suites sign alike and verify each other's signatures", () => {
  fc.assert(
    fc.property(bytes(32), bytes(64), fc.uint8Array({ maxLength: 80 }), (seed, Z, message) => {
      random.repeat(seed)
      const pair = native.keyPair()
      random.repeat(Z)
      const signature = native.sign(pair.secret, message)
      assert.deepEqual(noble.sign(pair.secret, message), signature)
      for (const suite of [noble, native]) {
        assert.ok(suite.verify(pair.public, message, signature))
        assert.ok(!suite.verify(pair.public, concat(message, Uint8Array.of(0)), signature))
      }
    }),
    { numRuns: 40 },
  )
})

test("both suites give the same verdict on damaged signatures and keys", () => {
  random.play(new Uint8Array(32).fill(9), new Uint8Array(64).fill(7))
  const pair = native.keyPair()
  const message = Uint8Array.of(1, 2, 3)
  const signature = native.sign(pair.secret, message)
  const damage = fc.tuple(fc.nat(95), fc.nat(7))
  fc.assert(
    fc.property(damage, ([at, bit]) => {
      const input = concat(signature, pair.public)
      input[at] = (input[at] as number) ^ (1 << bit)
      const [damaged, signer] = [input.subarray(0, 64), key32(input.slice(64))]
      const verdict = native.verify(signer, message, damaged)
      assert.equal(noble.verify(signer, message, damaged), verdict)
      // Bit 255 of a u coordinate means nothing.
      assert.equal(verdict, at === 95 && bit === 7)
    }),
    { numRuns: 60 },
  )
})

for (const [signBit, pair] of pairs()) {
  test(`sign bit ${signBit}: it travels in the top bit of the signature, for every message`, () => {
    for (let message = 0; message < 8; message++) {
      random.play(new Uint8Array(64).fill(message))
      const signature = native.sign(pair.secret, Uint8Array.of(message))
      assert.equal((signature[63] as number) >> 7, signBit)
      assert.equal((signature[63] as number) & 0x60, 0)
    }
  })
}

for (const { name, create } of SUITES) {
  const suite = create(random.source)
  random.play(new Uint8Array(32).fill(3), new Uint8Array(64).fill(5))
  const pair = suite.keyPair()
  const signature = suite.sign(pair.secret, message)

  test(`${name}: signatures of another length are refused`, () => {
    for (const length of [0, 32, 63])
      assert.ok(!suite.verify(pair.public, message, signature.subarray(0, length)))
    assert.ok(!suite.verify(pair.public, message, concat(signature, Uint8Array.of(0))))
  })

  test(`${name}: s + L, a second form of the same signature, is refused`, () => {
    const last = signature[63] as number
    const s = toInteger(signature.slice(32).with(31, last & 0x7f))
    const second = concat(signature.subarray(0, 32), fromInteger(s + L))
    second[63] = (second[63] as number) | (last & 0x80)
    assert.ok(suite.verify(pair.public, message, signature))
    assert.ok(!suite.verify(pair.public, message, second))
  })

  test(`${name}: u = p − 1 and a u on the twist have no point and verify nothing`, () => {
    const none = key32(fromHex(`ec${"ff".repeat(30)}7f`))
    const twist = key32(new Uint8Array(32).with(0, 2))
    for (const signer of [none, twist]) assert.ok(!suite.verify(signer, message, signature))
  })

  test(`${name}: a commitment R of low order is refused, though the equation holds`, () => {
    const a = toInteger(pair.secret) % L
    const A = Point.BASE.multiply(a).toBytes()
    const R = Point.ZERO.toBytes()
    const s = fromInteger((toInteger(sha512(concat(R, A, message))) * a) % L)
    s[31] = (s[31] as number) | ((A[31] as number) & 0x80)
    assert.ok(!suite.verify(pair.public, message, concat(R, s)))
  })

  test(`${name}: a key of low order is refused, though anybody could sign for it`, () => {
    // u = 0 is the point of order 2: h·A vanishes for even h.
    for (let r = 1n; r < 40n; r++) {
      const R = Point.BASE.multiply(r).toBytes()
      assert.ok(!suite.verify(key32(new Uint8Array(32)), message, concat(R, fromInteger(r))))
    }
  })

  test(`${name}: R with a torsion part is refused: the equation is without cofactor`, () => {
    const a = toInteger(pair.secret) % L
    const A = Point.BASE.multiply(a).toBytes()
    const torsion = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    const r = 1234567n
    const R = Point.BASE.multiply(r).add(torsion).toBytes()
    const s = fromInteger((r + toInteger(sha512(concat(R, A, message))) * a) % L)
    s[31] = (s[31] as number) | ((A[31] as number) & 0x80)
    assert.ok(!suite.verify(pair.public, message, concat(R, s)))
  })
}

/** A scheme that notes what it asks of its arithmetic; every signature verifies. */
function observedScheme() {
  const asked = { points: 0, signers: 0 }
  const scheme = new XEdDSA<Uint8Array>({
    sha512,
    multiplyBase: () => new Uint8Array(32).fill(++asked.points),
    signer(A) {
      asked.signers++
      return A
    },
    verifyEd25519: () => true,
  })
  return { asked, scheme }
}

test("a signer's point is found once for each sign bit, as long as few others were seen since", () => {
  const { asked, scheme } = observedScheme()
  const keyOf = (n: number) => key32(fromInteger(BigInt(n) + 2n))
  const verify = (u: number, signBit = 0) =>
    scheme.verify(keyOf(u), message, new Uint8Array(64).fill(2, 0, 1).fill(signBit, 63))
  assert.ok(verify(0) && verify(0))
  assert.equal(asked.signers, 1)
  assert.ok(verify(0, 0x80) && verify(0, 0x80))
  assert.equal(asked.signers, 2)
  for (let u = 1; u < MAX_SIGNERS; u++) assert.ok(verify(u))
  assert.ok(verify(0))
  assert.equal(asked.signers, MAX_SIGNERS + 2)
})

test("our own point is found once for each private key, by the key itself and not by its bytes", () => {
  const { asked, scheme } = observedScheme()
  const k = key32(new Uint8Array(32).fill(8))
  const pointsOfSigning = (secret: Key32) => {
    const before = asked.points
    scheme.sign(secret, message, new Uint8Array(64))
    return asked.points - before
  }
  // A and R, then R alone
  assert.deepEqual([k, k, key32(k.slice())].map(pointsOfSigning), [2, 1, 2])
})

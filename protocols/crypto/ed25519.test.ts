/** Ed25519 of both suites: RFC 8032's vectors, and one verdict on what libraries disagree about. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { ed25519 } from "@noble/curves/ed25519.js"
import { sha512 } from "@noble/hashes/sha2.js"
import fc from "fast-check"
import { concat, exactly, type Key32, key32, toHex, utf8 } from "../bytes.ts"
import { ScriptedRandom } from "../vectors/scripted-random.ts"
import { SUITES } from "../vectors/suites.ts"
import { fromHex } from "../vectors/vector-files.ts"

/** RFC 8032 §7.1, tests 1 to 3. */
const VECTORS = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    signer: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    signer: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    signer: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
]

const { Point } = ed25519
const L = Point.Fn.ORDER
const message = utf8("a message")
const toInteger = (littleEndian: Uint8Array) =>
  BigInt(`0x${Buffer.from(littleEndian).reverse().toString("hex")}`)
const fromInteger = (value: bigint) =>
  key32(new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse()))

/** Order 8. */
const torsion = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
const [a, r] = [123_456_789n, 987_654_321n]
const A = Point.BASE.multiply(a)
const R = Point.BASE.multiply(r)

/** With the s that satisfies the equation for A = a·B and R = r·B, but for parts of low order. */
function signed(signer: Uint8Array, commitment: Uint8Array, ownR = r): [Key32, Uint8Array] {
  const h = toInteger(sha512(concat(commitment, signer, message))) % L
  return [key32(signer), concat(commitment, fromInteger((ownR + h * a) % L))]
}

const lowOrder = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].map((n) => torsion.multiplyUnsafe(n).toBytes())
const p = 2n ** 255n - 19n

const CASES: readonly (readonly [what: string, verdict: boolean, ...[Key32, Uint8Array]])[] = [
  ["an honest one", true, ...signed(A.toBytes(), R.toBytes())],
  ["the same, s + L", false, ...plusOrder(signed(A.toBytes(), R.toBytes()))],
  ["R with a part of low order", false, ...signed(A.toBytes(), R.add(torsion).toBytes())],
  ["A with a part of low order that h does not clear", false, ...mixedSigner((h) => h % 8n !== 0n)],
  ["A with a part of low order that h clears", true, ...mixedSigner((h) => h % 8n === 0n)],
  ...lowOrder.map((R) => ["R of low order", false, ...signed(A.toBytes(), R, 0n)] as const),
  ...lowOrder.map((A) => ["A of low order", false, key32(A), concat(R.toBytes(), fromInteger(r))] as const),
  ...[0n, 1n].map(
    (y) =>
      [
        "A of low order, y not below p",
        false,
        fromInteger(p + y),
        concat(R.toBytes(), fromInteger(r)),
      ] as const,
  ),
  ["A not below p, on the curve", false, ...signed(fromInteger(p + 3n), R.toBytes())],
  ["A on no curve", false, ...signed(fromInteger(2n), R.toBytes())],
  ["R on no curve", false, ...signed(A.toBytes(), fromInteger(2n))],
  ["s of zero", false, key32(A.toBytes()), concat(R.toBytes(), fromInteger(0n))],
  ["63 bytes", false, key32(A.toBytes()), signed(A.toBytes(), R.toBytes())[1].subarray(1)],
  [
    "65 bytes",
    false,
    key32(A.toBytes()),
    concat(signed(A.toBytes(), R.toBytes())[1], fromInteger(0n).subarray(31)),
  ],
  ["none", false, key32(A.toBytes()), new Uint8Array(0)],
]

function plusOrder([signer, signature]: [Key32, Uint8Array]): [Key32, Uint8Array] {
  const s = toInteger(signature.subarray(32)) + L
  return [signer, concat(signature.subarray(0, 32), fromInteger(s))]
}

/** A public key a·B + T with a signature whose h, which the commitment decides, is as wanted. */
function mixedSigner(wanted: (h: bigint) => boolean): [Key32, Uint8Array] {
  const signer = A.add(torsion).toBytes()
  for (let r = 1n; ; r++) {
    const commitment = Point.BASE.multiply(r).toBytes()
    const h = toInteger(sha512(concat(commitment, signer, message))) % L
    if (wanted(h)) return [key32(signer), concat(commitment, fromInteger((r + h * a) % L))]
  }
}

for (const { name, create } of SUITES) {
  const random = new ScriptedRandom()
  const suite = create(random.source)

  test(`${name}: keys and signatures are RFC 8032's, by a seed drawn as it is`, () => {
    for (const { seed, signer, message, signature } of VECTORS) {
      random.play(fromHex(seed))
      const pair = suite.edKeyPair()
      assert.deepEqual([toHex(pair.secret), toHex(pair.public)], [seed, signer])
      for (const secret of [pair.secret, key32(fromHex(seed))])
        assert.equal(toHex(suite.edSign(secret, fromHex(message))), signature)
      assert.ok(suite.edVerify(pair.public, fromHex(message), fromHex(signature)))
      assert.ok(!suite.edVerify(pair.public, fromHex(`${message}00`), fromHex(signature)))
    }
  })

  for (const [what, verdict, signer, signature] of CASES) {
    test(`${name}: ${what} is ${verdict ? "accepted" : "refused"}, seen before or not`, () => {
      assert.equal(suite.edVerify(signer, message, signature), verdict)
      assert.equal(suite.edVerify(signer, message, signature), verdict)
    })
  }
}

test("both suites refuse every bit changed in signature or key", () => {
  const [signer, signature] = signed(A.toBytes(), R.toBytes())
  const suites = SUITES.map(({ create }) => create(() => assert.fail()))
  fc.assert(
    fc.property(fc.nat(95), fc.nat(7), (at, bit) => {
      const input = concat(signature, signer)
      input[at] = (input[at] as number) ^ (1 << bit)
      const damaged = [key32(input.slice(64)), message, exactly(input.slice(0, 64), 64)] as const
      for (const suite of suites) assert.ok(!suite.edVerify(...damaged))
    }),
    { numRuns: 40 },
  )
})

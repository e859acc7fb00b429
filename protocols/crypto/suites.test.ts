/** Both suites against published test vectors, and against each other. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { exactly, type Key32, key32, toHex, utf8 } from "../bytes.ts"
import { hasCode } from "../errors.ts"
import { ScriptedRandom } from "../vectors/scripted-random.ts"
import { SUITES } from "../vectors/suites.ts"
import { fromHex } from "../vectors/vector-files.ts"
import { createNativeSuite } from "./native.ts"
import { createNobleSuite } from "./noble.ts"
import { seededRandom, seedRandom } from "./seeded.ts"
import { SUITE_OPERATIONS } from "./suite.ts"

const key = (hex: string): Key32 => key32(fromHex(hex))
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const keys = () => bytes(32).map(key32)

for (const { name, create } of SUITES) {
  const random = new ScriptedRandom()
  const suite = create(random.source)

  test(`${name}: X25519 is RFC 7748's (§5.2, first iteration)`, () => {
    const nine = key32(new Uint8Array(32).with(0, 9))
    const first = "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"
    assert.equal(toHex(suite.dh(nine, nine)), first)
  })

  test(`${name}: a key pair is clamped from 32 random bytes, which stay as they were`, () => {
    const drawn = new Uint8Array(32).fill(0xff)
    random.play(drawn)
    const { secret } = suite.keyPair()
    assert.deepEqual([secret[0], secret[1], secret[31]], [0xf8, 0xff, 0x7f])
    assert.deepEqual(drawn, new Uint8Array(32).fill(0xff))
    random.play(new Uint8Array(32))
    assert.equal(suite.keyPair().secret[31], 0x40)
  })

  test(`${name}: HMAC-SHA256 is RFC 4231's (case 2)`, () => {
    const mac = suite.hmac(utf8("Jefe"), utf8("what do ya want for nothing?"))
    assert.equal(toHex(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  })

  test(`${name}: HKDF-SHA256 is RFC 5869's (cases 1 and 3), and no salt is a zero salt`, () => {
    const input = new Uint8Array(22).fill(0x0b)
    const salted = suite.hkdf(
      fromHex("000102030405060708090a0b0c"),
      input,
      fromHex("f0f1f2f3f4f5f6f7f8f9"),
      42,
    )
    const okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert.equal(toHex(salted), okm)
    const unsalted = suite.hkdf(undefined, input, new Uint8Array(0), 42)
    const okm3 = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    assert.equal(toHex(unsalted), okm3)
    assert.deepEqual(suite.hkdf(new Uint8Array(32), input, new Uint8Array(0), 42), unsalted)
  })

  test(`${name}: AES-256-CBC is NIST's (SP 800-38A, F.2.5), then a block of padding`, () => {
    const aes = key("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    const iv = exactly(fromHex("000102030405060708090a0b0c0d0e0f"), 16)
    const plaintext = fromHex("6bc1bee22e409f96e93d7e117393172a")
    const ciphertext = suite.encryptCbc(aes, iv, plaintext)
    assert.equal(toHex(ciphertext.subarray(0, 16)), "f58c4c04d6e5f1ba779eabfb5f7bfbd6")
    assert.equal(ciphertext.length, 32)
    assert.equal(suite.encryptCbc(aes, iv, new Uint8Array(0)).length, 16)
    assert.deepEqual(suite.decryptCbc(aes, iv, ciphertext), plaintext)
  })

  test(`${name}: empty, ragged and badly padded ciphertexts are one error`, () => {
    const zero = key32(new Uint8Array(32))
    const iv = exactly(new Uint8Array(16), 16)
    for (const length of [0, 1, 15, 16, 17, 32]) {
      const decrypt = () => suite.decryptCbc(zero, iv, new Uint8Array(length))
      assert.throws(decrypt, /^ProtocolError: invalid-message \(bad-ciphertext\)$/)
    }
  })

  test(`${name}: an all-zero agreement is refused`, () => {
    for (const peer of [0, 1]) {
      const lowOrder = key32(new Uint8Array(32).with(0, peer))
      const agree = () => suite.dh(key32(new Uint8Array(32).fill(8)), lowOrder)
      assert.throws(agree, (error) => hasCode(error, "bad-agreement"))
    }
  })

  test(`${name}: results are plain byte strings of their own`, () => {
    random.repeat("anything")
    const pair = suite.keyPair()
    const iv = exactly(new Uint8Array(16), 16)
    const ciphertext = suite.encryptCbc(pair.secret, iv, utf8("text"))
    const results = [
      pair.secret,
      pair.public,
      suite.dh(pair.secret, pair.public),
      suite.sign(pair.secret, utf8("text")),
      suite.hmac(pair.secret, pair.public),
      suite.hkdf(undefined, pair.secret, pair.public, 80),
      ciphertext,
      suite.decryptCbc(pair.secret, iv, ciphertext),
    ]
    for (const result of results) {
      assert.equal(Object.getPrototypeOf(result), Uint8Array.prototype)
      assert.deepEqual(structuredClone(result), result)
    }
  })
}

test("both suites give the same bytes", () => {
  const [noble, native] = [createNobleSuite, createNativeSuite].map((create) =>
    create(seededRandom(seedRandom(1, "both"))),
  ) as [ReturnType<typeof createNobleSuite>, ReturnType<typeof createNativeSuite>]
  const both = <T>(run: (suite: typeof noble) => T) => {
    const result = run(noble)
    assert.deepEqual(result, run(native))
    return result
  }
  const cases = fc.tuple(
    keys(),
    bytes(16),
    fc.uint8Array({ maxLength: 100 }),
    fc.integer({ min: 1, max: 200 }),
  )
  fc.assert(
    fc.property(cases, ([secret, block, data, length]) => {
      const iv = exactly(block, 16)
      const pair = both((suite) => suite.keyPair())
      both((suite) => suite.random(length))
      both((suite) => suite.dh(secret, pair.public))
      both((suite) => suite.dh(secret, key32(pair.public.with(31, (pair.public[31] as number) | 0x80))))
      both((suite) => suite.sign(pair.secret, data))
      both((suite) => suite.hmac(data, secret))
      both((suite) => suite.hkdf(block, secret, data, length))
      const ciphertext = both((suite) => suite.encryptCbc(secret, iv, data))
      assert.deepEqual(
        both((suite) => suite.decryptCbc(secret, iv, ciphertext)),
        data,
      )
    }),
    { numRuns: 50 },
  )
})

test("the list of operations is the suite's own", () => {
  assert.deepEqual([...SUITE_OPERATIONS].sort(), Object.keys(createNobleSuite(() => assert.fail())).sort())
})

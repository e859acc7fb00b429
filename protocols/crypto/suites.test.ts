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

  test(`${name}: a public key is RFC 7748's (§6.1), of a scalar that is clamped on use`, () => {
    const alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    const published = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    assert.equal(toHex(suite.publicKey(alice)), published)
    assert.equal(toHex(suite.publicKey(key32(alice.with(0, 0x70)))), published)
    random.repeat("anything")
    const pair = suite.keyPair()
    assert.deepEqual(suite.publicKey(pair.secret), pair.public)
  })

  test(`${name}: SHA-256 is FIPS 180-4's ("abc")`, () => {
    const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert.equal(toHex(suite.hash(utf8("abc"))), digest)
  })

  test(`${name}: AES-128-GCM is its authors' (McGrew and Viega 2005, test cases 1 and 4)`, () => {
    const [zeroKey, zeroNonce, nothing] = [new Uint8Array(16), new Uint8Array(12), new Uint8Array(0)]
    const tag = suite.sealGcm(exactly(zeroKey, 16), exactly(zeroNonce, 12), nothing, nothing)
    assert.equal(toHex(tag), "58e2fccefa7e3061367f1d57a4e7455a")

    const aes = exactly(fromHex("feffe9928665731c6d6a8f9467308308"), 16)
    const nonce = exactly(fromHex("cafebabefacedbaddecaf888"), 12)
    const associated = fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    const plaintext = fromHex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    )
    const sealed = suite.sealGcm(aes, nonce, associated, plaintext)
    const expected =
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e" +
      "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091" +
      "5bc94fbc3221a5db94fae95ae7121a47"
    assert.equal(toHex(sealed), expected)
    assert.deepEqual(suite.openGcm(aes, nonce, associated, sealed), plaintext)
  })

  test(`${name}: what was not sealed with the same key, nonce and associated data is one error, however short`, () => {
    const [aes, nonce] = [exactly(new Uint8Array(16), 16), exactly(new Uint8Array(12), 12)]
    const [others, sealed] = [utf8("with it"), suite.sealGcm(aes, nonce, utf8("with it"), utf8("text"))]
    const refused = (open: () => unknown) =>
      assert.throws(open, /^ProtocolError: invalid-message \(bad-tag\)$/)
    for (const length of [0, 1, 15, 16, 19])
      refused(() => suite.openGcm(aes, nonce, others, sealed.subarray(0, length)))
    for (const at of [0, 3, 4, 19])
      refused(() => suite.openGcm(aes, nonce, others, sealed.with(at, (sealed[at] as number) ^ 1)))
    refused(() => suite.openGcm(aes, nonce, utf8("without"), sealed))
    refused(() => suite.openGcm(aes, exactly(nonce.with(0, 1), 12), others, sealed))
    refused(() => suite.openGcm(exactly(aes.with(0, 1), 16), nonce, others, sealed))
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
    const nonce = exactly(new Uint8Array(12), 12)
    const sealed = suite.sealGcm(iv, nonce, iv, utf8("text"))
    const signer = suite.edKeyPair()
    const results = [
      pair.secret,
      pair.public,
      suite.dh(pair.secret, pair.public),
      suite.sign(pair.secret, utf8("text")),
      suite.hmac(pair.secret, pair.public),
      suite.hkdf(undefined, pair.secret, pair.public, 80),
      ciphertext,
      suite.decryptCbc(pair.secret, iv, ciphertext),
      suite.publicKey(pair.secret),
      suite.hash(iv),
      sealed,
      suite.openGcm(iv, nonce, iv, sealed),
      signer.secret,
      signer.public,
      suite.edSign(signer.secret, iv),
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
      both((suite) => suite.publicKey(secret))
      both((suite) => suite.edSign(suite.edKeyPair().secret, data))
      both((suite) => suite.hash(data))
      both((suite) => suite.hmac(data, secret))
      both((suite) => suite.hkdf(block, secret, data, length))
      const ciphertext = both((suite) => suite.encryptCbc(secret, iv, data))
      assert.deepEqual(
        both((suite) => suite.decryptCbc(secret, iv, ciphertext)),
        data,
      )
      const nonce = exactly(block.slice(0, 12), 12)
      const sealed = both((suite) => suite.sealGcm(iv, nonce, secret, data))
      assert.deepEqual(
        both((suite) => suite.openGcm(iv, nonce, secret, sealed)),
        data,
      )
    }),
    { numRuns: 50 },
  )
})

test("the list of operations is the suite's own", () => {
  assert.deepEqual([...SUITE_OPERATIONS].sort(), Object.keys(createNobleSuite(() => assert.fail())).sort())
})

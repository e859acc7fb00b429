import assert from "node:assert/strict"
import { test } from "node:test"
import { exactly } from "../bytes.ts"
import { emptyTally, type Tally, tallyingSuite } from "./counting.ts"
import { createNativeSuite } from "./native.ts"
import { seededRandom, seedRandom } from "./seeded.ts"
import { SUITE_OPERATIONS, type Suite, type SuiteOperation } from "./suite.ts"

function tallied(use: (suite: Suite) => unknown): Tally {
  const tally = emptyTally()
  use(tallyingSuite(createNativeSuite(seededRandom(seedRandom(1, "counting"))), tally))
  return tally
}

const message = new Uint8Array(100)
const iv = exactly(new Uint8Array(16), 16)
const info = new Uint8Array(7)
const [key, nonce, associated] = [exactly(new Uint8Array(16), 16), exactly(new Uint8Array(12), 12), info]

/** Operation, bytes, and a use of it; what else it calls is looked at by nobody. */
const CASES: readonly (readonly [SuiteOperation, number, string, (suite: Suite) => unknown])[] = [
  ["random", 24, "what is drawn", (suite) => suite.random(24)],
  ["keyPair", 0, "it is always of one size", (suite) => suite.keyPair()],
  ["dh", 0, "it is always of one size", (suite) => suite.dh(suite.keyPair().secret, suite.keyPair().public)],
  ["sign", 100, "the message", (suite) => suite.sign(suite.keyPair().secret, message)],
  ["verify", 100, "the message", (suite) => suite.verify(suite.keyPair().public, message, message)],
  ["hmac", 100, "the data, not the key", (suite) => suite.hmac(iv, message)],
  ["hkdf", 80, "what comes out", (suite) => suite.hkdf(undefined, message, info, 80)],
  [
    "encryptCbc",
    100,
    "the plaintext, not its padding",
    (suite) => suite.encryptCbc(suite.keyPair().secret, iv, message),
  ],
  [
    "decryptCbc",
    112,
    "the ciphertext",
    (suite) => {
      const { secret } = suite.keyPair()
      suite.decryptCbc(secret, iv, suite.encryptCbc(secret, iv, message))
    },
  ],
  ["publicKey", 0, "it is always of one size", (suite) => suite.publicKey(suite.keyPair().secret)],
  [
    "sealGcm",
    100,
    "the plaintext, neither its tag nor what goes with it",
    (suite) => suite.sealGcm(key, nonce, associated, message),
  ],
  [
    "openGcm",
    116,
    "the ciphertext with its tag",
    (suite) => suite.openGcm(key, nonce, associated, suite.sealGcm(key, nonce, associated, message)),
  ],
  ["hash", 100, "the data", (suite) => suite.hash(message)],
  ["edKeyPair", 0, "it is always of one size", (suite) => suite.edKeyPair()],
  ["edSign", 100, "the message", (suite) => suite.edSign(suite.edKeyPair().secret, message)],
  ["edVerify", 100, "the message", (suite) => suite.edVerify(suite.edKeyPair().public, message, message)],
]

for (const [operation, bytes, meaning, use] of CASES) {
  test(`the bytes of ${operation}: ${meaning}`, () => {
    const once = tallied(use)
    assert.deepEqual([once.calls[operation], once.bytes[operation]], [1, bytes])
    const twice = tallied((suite) => [use(suite), use(suite)])
    assert.deepEqual([twice.calls[operation], twice.bytes[operation]], [2, 2 * bytes])
  })
}

test("every operation has its bytes", () => {
  assert.deepEqual(
    CASES.map(([operation]) => operation),
    [...SUITE_OPERATIONS],
  )
})

test("a key pair and a signature draw randomness themselves: that is part of them and not told again", () => {
  const { calls } = tallied((suite) => suite.sign(suite.keyPair().secret, message))
  assert.equal(calls.random, 0)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { exactly, key32, utf8 } from "../../protocols/bytes.ts"
import { noOperations, observedSuite } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import { Memory, memoized } from "./memo.ts"

const random = (label: string) => seededRandom(seedRandom(1, label))

/** Suites with a common memory, and what was really computed for them. */
function remembering(memo = new Memory()) {
  const counts = noOperations()
  const counted: CreateSuite = (source) =>
    observedSuite(createNativeSuite(source), ({ operation }) => {
      counts[operation]++
    })
  const suiteOf = (label: string): Suite => memoized(counted, memo)(random(label))
  return { suiteOf, counts, memo }
}

const [KEY, NONCE] = [exactly(new Uint8Array(16), 16), exactly(new Uint8Array(12), 12)]

const plain = (label: string): Suite => createNativeSuite(random(label))

/** Something of everything, twice over; what was drawn and derived comes back. */
function life(alice: Suite, bob: Suite) {
  return [1, 2].map(() => {
    const [a, b] = [alice.keyPair(), bob.keyPair()]
    const agreed = [alice.dh(a.secret, b.public), bob.dh(b.secret, a.public)]
    const keys = agreed.map((secret) => alice.hkdf(undefined, secret, utf8("info"), 64))
    const signature = alice.sign(a.secret, utf8("words"))
    const verdicts = [utf8("words"), utf8("others")].map((text) => bob.verify(a.public, text, signature))
    const signer = alice.edKeyPair()
    const signed = alice.edSign(signer.secret, utf8("words"))
    const edVerdicts = [utf8("words"), utf8("others")].map((text) =>
      bob.edVerify(signer.public, text, signed),
    )
    const hashes = [alice.hash(utf8("words")), bob.hash(utf8("words")), alice.publicKey(a.secret)]
    const sealed = alice.sealGcm(KEY, NONCE, utf8("with"), utf8("words"))
    const opened = bob.openGcm(KEY, NONCE, utf8("with"), sealed)
    const drawn = alice.random(40)
    return { a, b, agreed, keys, signature, verdicts, edVerdicts, hashes, sealed, opened, drawn }
  })
}

test("a memory changes no byte, no verdict and nothing that is drawn later", () => {
  const { suiteOf } = remembering()
  assert.deepEqual(life(suiteOf("alice"), suiteOf("bob")), life(plain("alice"), plain("bob")))
})

test("two ends agree, and the second answer comes from memory; so does the same key pair drawn again", () => {
  const { suiteOf, counts } = remembering()
  const [alice, bob] = [suiteOf("alice"), suiteOf("bob")]
  const [a, b] = [alice.keyPair(), bob.keyPair()]
  assert.deepEqual(alice.dh(a.secret, b.public), bob.dh(b.secret, a.public))
  assert.equal(counts.dh, 1)
  const again = suiteOf("alice")
  assert.deepEqual([again.keyPair(), again.random(8)], [a, alice.random(8)], "and it is drawn all the same")
  assert.equal(counts.keyPair, 2)
})

test("a secret whose public key was never seen is remembered with its peer alone", () => {
  const { suiteOf, counts } = remembering()
  const [a, b, c] = ["a", "b", "c"].map((label) => plain(label).keyPair()) as [Pair, Pair, Pair]
  const suite = suiteOf("alice")
  const agreed = [a.public, c.public, a.public].map((peer) => suite.dh(b.secret, peer))
  assert.deepEqual(
    agreed,
    [a.public, c.public, a.public].map((peer) => plain("b").dh(b.secret, peer)),
  )
  assert.equal(counts.dh, 2)
})
type Pair = ReturnType<Suite["keyPair"]>

test("a low-order peer is refused each time", () => {
  const { suiteOf } = remembering()
  const suite = suiteOf("alice")
  const { secret } = suite.keyPair()
  for (let times = 0; times < 3; times++) {
    assert.throws(() => suite.dh(secret, key32(new Uint8Array(32))), { code: "bad-agreement" })
  }
})

test("a signature that does not hold is remembered as that", () => {
  const { suiteOf, counts } = remembering()
  const suite = suiteOf("alice")
  const { secret, public: signer } = suite.keyPair()
  const signature = suite.sign(secret, utf8("words"))
  const verdicts = ["words", "others", "words", "others"].map((text) =>
    suite.verify(signer, utf8(text), signature),
  )
  assert.deepEqual(verdicts, [true, false, true, false])
  assert.equal(counts.verify, 2)
})

test("a member's two signatures of one text differ: signing is never answered from memory", () => {
  const suite = remembering().suiteOf("alice")
  const { secret } = suite.keyPair()
  assert.notDeepEqual(suite.sign(secret, utf8("words")), suite.sign(secret, utf8("words")))
})

/** Few letters in short strings: shifted boundaries, empty and absent parts come up often. */
const bytes = fc.array(fc.constantFrom(0, 44, 49), { maxLength: 4 }).map((array) => Uint8Array.from(array))
const hkdfArguments = fc.tuple(fc.option(bytes, { nil: undefined }), bytes, bytes, fc.constantFrom(1, 11, 32))

test("two different derivations never share an entry, wherever their inputs begin and end", () => {
  const { suiteOf } = remembering()
  const [remembers, computes] = [suiteOf("alice"), plain("alice")]
  fc.assert(
    fc.property(hkdfArguments, (args) => {
      assert.deepEqual(remembers.hkdf(...args), computes.hkdf(...args))
    }),
    { numRuns: 400 },
  )
})

test("nor do two different signatures, wherever text and signature begin and end", () => {
  const { suiteOf, counts } = remembering()
  const suite = suiteOf("alice")
  const { public: signer } = suite.keyPair()
  const seen = new Set<string>()
  fc.assert(
    fc.property(bytes, bytes, (message, signature) => {
      seen.add(`${message} ${signature}`)
      assert.equal(suite.verify(signer, message, signature), false)
    }),
  )
  assert.ok(counts.verify >= seen.size, "and what had to give way is computed again")
})

test("what lasts outlives a forgotten channel: signatures do, agreements do not", () => {
  const lasting = new Memory()
  const { suiteOf, counts, memo } = remembering(new Memory(lasting))
  const suite = suiteOf("alice")
  const { secret, public: signer } = suite.keyPair()
  const signature = suite.sign(secret, utf8("words"))
  const peer = plain("bob").keyPair().public
  for (let times = 0; times < 2; times++) {
    suite.verify(signer, utf8("words"), signature)
    suite.dh(secret, peer)
    memo.clear()
  }
  assert.deepEqual([counts.verify, counts.dh] satisfies number[], [1, 2])
})

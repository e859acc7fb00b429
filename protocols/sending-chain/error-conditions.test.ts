/** Each error condition of sender keys is told apart, and leaves no trace. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { concat, utf8 } from "../bytes.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import { step } from "../hash-ratchet.ts"
import { encodeFields, type FieldValue } from "../protobuf.ts"
import { encodePublicKey } from "../signal-wire.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { DISTRIBUTION_ID } from "../vectors/sender-key-fixture.ts"
import {
  decodeDistribution,
  decodeGroupMessage,
  encodeDistribution,
  encodeUnsigned,
  signedMessage,
} from "./messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  type ReceivedSenderKey,
  receiveDistribution,
  type SenderKeyStore,
  senderKeyName,
} from "./sender-key.ts"

const LAST = 0xffffffff
const suite = createNativeSuite(seededRandom(seedRandom(1, "error conditions")))

/** Alice's own key, and a receiver who has it. */
function group() {
  const own = createSenderKey(suite, DISTRIBUTION_ID)
  const store: SenderKeyStore = new Map()
  receiveDistribution(store, "alice", distributionOf(own))
  const decrypt = (message: Uint8Array) =>
    decryptGroupMessage(store, suite, "alice", decodeGroupMessage(message))
  const encrypt = (plaintext = "hello") => encryptGroupMessage(own, suite, utf8(plaintext))
  return { own, store, encrypt, decrypt }
}

/** A message with these fields, signed by the owner. */
function craft(own: OwnSenderKey, fields: { readonly iteration?: number; readonly ciphertext?: Uint8Array }) {
  const unsigned = encodeUnsigned({ ...own, iteration: own.index, ciphertext: new Uint8Array(16), ...fields })
  return signedMessage(unsigned, suite.sign(own.signing.secret, unsigned))
}

test("1. shorter than 65 bytes", () => {
  const { store, own, encrypt, decrypt } = group()
  assertRefused(store, () => decrypt(encrypt().subarray(0, 64)), "too-short")
  assertRefused(store, () => decrypt(new Uint8Array(0)), "too-short")
  assertRefused(store, () => decrypt(new Uint8Array(65).fill(0x33)), "bad-encoding")
  const distribution = encodeDistribution(distributionOf(own))
  assertRefused(store, () => decodeDistribution(distribution.subarray(0, 64)), "too-short")
})

test("2. the high nibble must be 3, the low one may be anything", () => {
  const { store, own, encrypt, decrypt } = group()
  const sent = encrypt()
  assertRefused(store, () => decrypt(sent.with(0, 0x2f)), "version-too-old")
  assertRefused(store, () => decrypt(sent.with(0, 0x40)), "version-unknown")
  const distribution = encodeDistribution(distributionOf(own))
  assertRefused(store, () => decodeDistribution(distribution.with(0, 0x2f)), "version-too-old")
  assertRefused(store, () => decodeDistribution(distribution.with(0, 0x40)), "version-unknown")
  assert.deepEqual(decodeDistribution(distribution.with(0, 0x3f)), distributionOf(own))
})

test("3. no other version than the state's passes the parser", () => {
  const { store, encrypt, decrypt } = group()
  const sent = encrypt()
  for (const version of [0, 1, 2, 4, 5, 15]) {
    assertRefused(
      store,
      () => decrypt(sent.with(0, version << 4)),
      version < 3 ? "version-too-old" : "version-unknown",
    )
  }
})

test("4. fields absent or of the wrong length", () => {
  const { own, store, encrypt, decrypt } = group()
  assertRefused(store, () => decrypt(encrypt().with(1, 0x0f)), "bad-encoding")

  const message = [DISTRIBUTION_ID, own.chainId, 0, new Uint8Array(16)]
  const distribution = [DISTRIBUTION_ID, own.chainId, 0, own.chainKey, encodePublicKey(own.signing.public)]
  const serialize = (fields: readonly FieldValue[]) => concat(Uint8Array.of(0x33), encodeFields(fields))
  const readMessage = (fields: readonly FieldValue[]) =>
    decodeGroupMessage(concat(serialize(fields), new Uint8Array(64)))
  // An unknown field keeps it above the minimal length
  const readDistribution = (fields: readonly FieldValue[]) =>
    decodeDistribution(serialize([...fields, new Uint8Array(64)]))

  readMessage(message)
  readDistribution(distribution)
  for (const index of message.keys()) {
    const without = message.map((value, at) => (at === index ? undefined : value))
    assertRefused(store, () => readMessage(without), "bad-encoding")
  }
  for (const [index, value] of distribution.entries()) {
    const replaced = (other?: Uint8Array) => distribution.map((value, at) => (at === index ? other : value))
    assertRefused(store, () => readDistribution(replaced()), "bad-encoding")
    if (typeof value === "number") continue
    assertRefused(store, () => readDistribution(replaced(value.subarray(1))), "bad-encoding")
    assertRefused(store, () => readDistribution(replaced(concat(value, value))), "bad-encoding")
  }
})

test("5. a signing key of another type", () => {
  const { own, store } = group()
  const wrong = encodeDistribution(distributionOf(own))
  assert.equal(wrong[wrong.length - 33], 0x05)
  assertRefused(store, () => decodeDistribution(wrong.with(wrong.length - 33, 0x04)), "bad-key")
})

test("7. wrong signature", () => {
  const { store, encrypt, decrypt } = group()
  const sent = encrypt()
  for (const index of [0, 30, sent.length - 64, sent.length - 32, sent.length - 1]) {
    const tampered = index === 0 ? sent.with(0, 0x34) : sent.with(index, (sent[index] as number) ^ 1)
    assertRefused(store, () => decrypt(tampered), "bad-signature")
  }
})

test("8. unknown sender, distribution id or chain id", () => {
  const { own, store, encrypt, decrypt } = group()
  const sent = encrypt()
  const message = decodeGroupMessage(sent)
  assertRefused(store, () => decryptGroupMessage(store, suite, "bob", message), "no-sender-key")
  const elsewhere = { ...message, distributionId: DISTRIBUTION_ID.with(0, 1) as typeof DISTRIBUTION_ID }
  assertRefused(store, () => decryptGroupMessage(store, suite, "alice", elsewhere), "no-sender-key")
  assertRefused(store, () => decrypt(craft({ ...own, chainId: own.chainId ^ 1 }, {})), "no-sender-key")
})

test("9. a key that was received cannot send, which the types say already", () => {
  const { store } = group()
  const [received] = store.get(senderKeyName("alice", DISTRIBUTION_ID)) as [ReceivedSenderKey]
  const before = structuredClone(store)
  // @ts-expect-error it has no private half
  assert.throws(() => encryptGroupMessage(received, suite, utf8("hello")), TypeError)
  assert.deepEqual(store, before)
})

test("10. used, evicted and too early iterations are one case", () => {
  const { own, store, encrypt, decrypt } = group()
  const [first, second] = [encrypt(), encrypt()]
  decrypt(second)
  decrypt(first)
  assertRefused(store, () => decrypt(first), "duplicate")
  assertRefused(store, () => decrypt(second), "duplicate")

  for (let skipped = 0; skipped < 2001; skipped++) step(suite, own)
  decrypt(encrypt())
  assertRefused(store, () => decrypt(craft(own, { iteration: 2 })), "duplicate")

  const newcomer: SenderKeyStore = new Map()
  const before = encrypt()
  receiveDistribution(newcomer, "alice", distributionOf(own))
  const read = () => decryptGroupMessage(newcomer, suite, "alice", decodeGroupMessage(before))
  assertRefused(newcomer, read, "duplicate")
})

test("11. more than 25000 ahead", () => {
  const { own, store, encrypt, decrypt } = group()
  for (let skipped = 0; skipped < 25000; skipped++) step(suite, own)
  const next = structuredClone(own)
  step(suite, next)
  const tooFar = encryptGroupMessage(next, suite, utf8("25001"))
  assertRefused(store, () => decrypt(tooFar), "invalid-message", { detail: "too-far-ahead" })
  assert.deepEqual(decrypt(encrypt("25000")), utf8("25000"))
})

test("12. ciphertext empty, not in blocks, or badly padded", () => {
  const { own, store, encrypt, decrypt } = group()
  for (const length of [0, 15, 16, 17, 32]) {
    const malformed = craft(own, { ciphertext: new Uint8Array(length) })
    assertRefused(store, () => decrypt(malformed), "invalid-message", { detail: "bad-ciphertext" })
  }
  assert.deepEqual(decrypt(encrypt()), utf8("hello"))
})

test("17. the last iteration can neither be sent nor opened, the one before can", () => {
  const { own } = group()
  own.index = LAST - 1
  const store: SenderKeyStore = new Map()
  receiveDistribution(store, "alice", distributionOf(own))
  const decrypt = (message: Uint8Array) =>
    decryptGroupMessage(store, suite, "alice", decodeGroupMessage(message))
  assertRefused(store, () => decrypt(craft(own, { iteration: LAST })), "chain-exhausted")
  decrypt(encryptGroupMessage(own, suite, utf8("the last one")))
  assertRefused(own, () => encryptGroupMessage(own, suite, utf8("one more")), "chain-exhausted")
  assertRefused(store, () => decrypt(craft(own, { iteration: LAST })), "chain-exhausted")
})

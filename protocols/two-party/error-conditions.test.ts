/** Each error condition of sessions is told apart, and leaves no trace. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { concat, key32 } from "../bytes.ts"
import { step } from "../hash-ratchet.ts"
import { encodeFields, type FieldValue } from "../protobuf.ts"
import { encodePublicKey } from "../signal-wire.ts"
import { conversation, Device } from "../vectors/device.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { decodePreKeySignalMessage, encodePreKeySignalMessage, encodeSignalMessage } from "./messages.ts"
import { encrypt, type SignalCiphertext, UNANSWERED_LIFETIME_SECONDS } from "./sessions.ts"

const LAST = 0xffffffff
const LOW_ORDER = key32(new Uint8Array(32))

const signal = (bytes: Uint8Array): SignalCiphertext => ({ type: "signal", bytes })
const prekey = (bytes: Uint8Array): SignalCiphertext => ({ type: "prekey", bytes })

/** Alice has opened a session that Bob does not know yet. */
function opening() {
  const [alice, bob] = [new Device("alice"), new Device("bob")]
  alice.initiate(bob.bundle())
  const first = alice.encrypt("first").bytes
  return { alice, bob, first, parsed: decodePreKeySignalMessage(first) }
}

/** A message as `device` sends it, but with another ciphertext under a right MAC. */
function withCiphertext({ keys, peer, context, suite }: Device, ciphertext: Uint8Array): SignalCiphertext {
  const scripted = { ...context, suite: { ...suite, encryptCbc: () => ciphertext } }
  return encrypt(keys, peer, scripted, new Uint8Array(0))
}

test("1. shorter than the minimum: 9 bytes, or 1 for a prekey message", () => {
  const { alice, bob } = conversation()
  const { bytes } = alice.encrypt("hello")
  assertRefused(bob.state, () => bob.decrypt(signal(bytes.subarray(0, 8))), "too-short")
  assertRefused(bob.state, () => bob.decrypt(signal(bytes.subarray(0, 9))), "bad-encoding")
  assertRefused(bob.state, () => bob.decrypt(prekey(new Uint8Array(0))), "too-short")
  assertRefused(bob.state, () => bob.decrypt(prekey(Uint8Array.of(0x34))), "bad-encoding")
})

test("2. version too low or too high, of either message", () => {
  const { bob, first } = opening()
  const { alice, bob: carol } = conversation()
  const { bytes } = alice.encrypt("hello")
  for (const [device, sent] of [
    [bob, prekey(first)],
    [carol, signal(bytes)],
  ] as const) {
    const withVersion = (byte: number) => ({ ...sent, bytes: sent.bytes.with(0, byte) })
    assertRefused(device.state, () => device.decrypt(withVersion(0x24)), "version-too-old")
    assertRefused(device.state, () => device.decrypt(withVersion(0x54)), "version-unknown")
  }
})

test("3. a version that is not the session's, though the MAC is right", () => {
  const { alice, bob } = conversation()
  const asVersion4 = (data: Uint8Array) => (data.length > 66 ? data.with(66, 0x44) : data)
  const hmac = (key: Uint8Array, data: Uint8Array) => alice.suite.hmac(key, asVersion4(data))
  const context = { ...alice.context, suite: { ...alice.suite, hmac } }
  const { bytes } = encrypt(alice.keys, alice.peer, context, new Uint8Array(0))
  assertRefused(bob.state, () => bob.decrypt(signal(bytes.with(0, 0x44))), "invalid-message")
})

test("4. fields absent", () => {
  const { bob, first, parsed } = opening()
  assertRefused(bob.state, () => bob.decrypt(prekey(first.subarray(0, -1))), "bad-encoding")
  const inner = concat(parsed.message.authenticated, parsed.message.mac)
  const keys = [encodePublicKey(parsed.baseKey), encodePublicKey(parsed.identityKey)]
  const fields: FieldValue[] = [parsed.preKeyId, ...keys, inner, parsed.registrationId, parsed.signedPreKeyId]
  const withFields = (values: FieldValue[]) => prekey(concat(Uint8Array.of(0x34), encodeFields(values)))
  for (const index of [1, 2, 3, 5]) {
    assertRefused(bob.state, () => bob.decrypt(withFields(fields.with(index, undefined))), "bad-encoding")
  }
  assert.equal(bob.decrypt(withFields(fields.with(4, undefined))), "first", "the registration id is optional")

  const key = encodePublicKey(parsed.message.ratchetKey)
  const innerFields: FieldValue[] = [key, 0, 0, new Uint8Array(16)]
  for (const index of [0, 1, 3]) {
    const bytes = concat(
      Uint8Array.of(0x34),
      encodeFields(innerFields.with(index, undefined)),
      new Uint8Array(8),
    )
    assertRefused(bob.state, () => bob.decrypt(signal(bytes)), "bad-encoding")
  }
})

test("5. keys without type, of another type, or too short; a longer one is cut", () => {
  const { alice, bob } = conversation()
  const { ratchet } = (alice.peer.current as NonNullable<typeof alice.peer.current>).sending
  const key = encodePublicKey(ratchet.public)
  const withKey = (bytes: Uint8Array) =>
    signal(concat(Uint8Array.of(0x34), encodeFields([bytes, 0, 0, new Uint8Array(16)]), new Uint8Array(8)))
  for (const wrong of [new Uint8Array(0), key.with(0, 4), key.subarray(0, 32), Uint8Array.of(5)]) {
    assertRefused(bob.state, () => bob.decrypt(withKey(wrong)), "bad-key")
  }
  assertRefused(bob.state, () => bob.decrypt(withKey(concat(key, key))), "invalid-message")
})

test("6. an all-zero agreement", () => {
  const { alice, bob, first, parsed } = opening()
  const inner = concat(parsed.message.authenticated, parsed.message.mac)
  const lowOrder = prekey(encodePreKeySignalMessage({ ...parsed, baseKey: LOW_ORDER }, inner))
  assertRefused(bob.state, () => bob.decrypt(lowOrder), "bad-agreement")

  const signature = bob.suite.sign(bob.keys.identity.secret, encodePublicKey(LOW_ORDER))
  const bundle = { ...bob.bundle(), signedPreKey: LOW_ORDER, signedPreKeySignature: signature }
  assertRefused(alice.state, () => alice.initiate(bundle), "bad-agreement")

  assert.equal(bob.decrypt(prekey(first)), "first")
  const message = concat(encodeSignalMessage(LOW_ORDER, 0, 0, new Uint8Array(16)), new Uint8Array(8))
  assertRefused(bob.state, () => bob.decrypt(signal(message)), "invalid-message")
})

test("7. the signed prekey's signature", () => {
  const { alice, bob } = opening()
  const bundle = bob.bundle()
  const { signedPreKeySignature: signature } = bundle
  const forged = { ...bundle, signedPreKeySignature: signature.with(0, (signature[0] as number) ^ 1) }
  assertRefused(alice.state, () => alice.initiate(forged), "bad-signature")
  const swapped = { ...bundle, signedPreKey: key32(bundle.identityKey.slice()) }
  assertRefused(alice.state, () => alice.initiate(swapped), "bad-signature")
})

test("10. used and evicted counters are one case", () => {
  const { alice, bob } = conversation()
  const [first, second] = [alice.encrypt("1"), alice.encrypt("2")]
  bob.decrypt(second)
  bob.decrypt(first)
  assertRefused(bob.state, () => bob.decrypt(first), "duplicate")
  assertRefused(bob.state, () => bob.decrypt(second), "duplicate")
  const [evicted, oldest] = [alice.encrypt("evicted"), alice.encrypt("oldest")]
  skip(alice, 1999)
  bob.decrypt(alice.encrypt("later"))
  assertRefused(bob.state, () => bob.decrypt(evicted), "duplicate")
  assert.equal(bob.decrypt(oldest), "oldest")
})

test("11. more than 25000 ahead, which the details tell only of a first message", () => {
  const { alice, bob } = conversation()
  skip(alice, 25000)
  const exactly = alice.encrypt("25000")
  assertRefused(bob.state, () => bob.decrypt(alice.encrypt("25001")), "invalid-message")
  assert.equal(bob.decrypt(exactly), "25000")

  const { alice: carol, bob: dave } = opening()
  skip(carol, 25000)
  const tooFar = carol.encrypt("25001")
  assertRefused(dave.state, () => dave.decrypt(tooFar), "invalid-message", { detail: "too-far-ahead" })
})

test("12. a ciphertext that is empty, not in blocks, or badly padded, under a right MAC", () => {
  const { alice, bob } = opening()
  for (const length of [0, 15, 16, 17, 32]) {
    const malformed = withCiphertext(alice, new Uint8Array(length))
    assertRefused(bob.state, () => bob.decrypt(malformed), "invalid-message", { detail: "bad-ciphertext" })
  }
})

test("13. a wrong MAC; no session decrypts", () => {
  const { alice, bob } = opening()
  const { bytes } = alice.encrypt("hello")
  const mac = decodePreKeySignalMessage(bytes).message.mac
  const at = Buffer.from(bytes).indexOf(mac)
  for (let index = at; index < at + 8; index++) {
    const tampered = prekey(bytes.with(index, (bytes[index] as number) ^ 0x80))
    assertRefused(bob.state, () => bob.decrypt(tampered), "invalid-message", { detail: "bad-mac" })
  }
  const talk = conversation()
  const sent = talk.alice.encrypt("hello").bytes
  const tampered = signal(sent.with(sent.length - 1, (sent.at(-1) as number) ^ 1))
  const refused = { detail: "no-session-decrypts" } as const
  assertRefused(talk.bob.state, () => talk.bob.decrypt(tampered), "invalid-message", refused)
})

test("14. no session; an unanswered session of more than 30 days", () => {
  const { alice, bob, first, parsed } = opening()
  assertRefused(bob.state, () => bob.encrypt("hello"), "no-session")
  const inner = concat(parsed.message.authenticated, parsed.message.mac)
  assertRefused(bob.state, () => bob.decrypt(signal(inner)), "no-session")

  assert.equal(UNANSWERED_LIFETIME_SECONDS, 30 * 24 * 60 * 60)
  alice.now = UNANSWERED_LIFETIME_SECONDS
  assert.equal(alice.encrypt("exactly 30 days").type, "prekey")
  alice.now += 1
  assertRefused(alice.state, () => alice.encrypt("30 days and a second"), "no-session")
  bob.decrypt(prekey(first))
  alice.decrypt(bob.encrypt("late answer"))
  assert.equal(alice.encrypt("answered sessions do not age").type, "signal")
})

test("15. unknown prekeys", () => {
  const { bob, first, parsed } = opening()
  const inner = concat(parsed.message.authenticated, parsed.message.mac)
  const withIds = (ids: Partial<typeof parsed>) =>
    prekey(encodePreKeySignalMessage({ ...parsed, ...ids }, inner))
  assertRefused(bob.state, () => bob.decrypt(withIds({ signedPreKeyId: 99 })), "missing-signed-prekey")
  assertRefused(bob.state, () => bob.decrypt(withIds({ preKeyId: 99 })), "missing-prekey")
  assert.equal(bob.decrypt(prekey(first)), "first")
})

test("16. an identity that is not the known one, when sending and when receiving", () => {
  const { alice, bob } = conversation()
  const mallory = new Device("mallory")
  assertRefused(alice.state, () => alice.initiate(mallory.bundle()), "untrusted-identity")
  mallory.initiate(bob.bundle())
  const imposture = mallory.encrypt("hello")
  assertRefused(bob.state, () => bob.decrypt(imposture), "untrusted-identity")

  const pending = alice.encrypt("hello")
  for (const { peer } of [alice, bob]) peer.identity = mallory.keys.identity.public
  assertRefused(alice.state, () => alice.encrypt("hello"), "untrusted-identity")
  assertRefused(bob.state, () => bob.decrypt(pending), "untrusted-identity")
  bob.peer.identity = alice.keys.identity.public
  assert.equal(bob.decrypt(pending), "hello", "what was refused for its identity can be opened later")
})

test("17. the last counter cannot be sent, the one before can", () => {
  const { alice } = conversation()
  const { sending } = alice.peer.current as NonNullable<typeof alice.peer.current>
  sending.index = LAST - 1
  alice.encrypt("the last one")
  assertRefused(alice.state, () => alice.encrypt("one more"), "chain-exhausted")
})

test("18. post-quantum fields: half present, absent in version 4, or whole where X3DH is spoken", () => {
  const { bob, first } = opening()
  const [id, ciphertext] = [Uint8Array.of(0x38, 1), Uint8Array.of(0x42, 1, 8)]
  const halfKyber = { detail: "half-kyber" } as const
  assertRefused(bob.state, () => bob.decrypt(prekey(concat(first, id))), "invalid-message", halfKyber)
  assertRefused(bob.state, () => bob.decrypt(prekey(concat(first, ciphertext))), "invalid-message", halfKyber)
  assertRefused(bob.state, () => bob.decrypt(prekey(first.with(0, 0x44))), "invalid-message", halfKyber)
  const whole = concat(first, id, ciphertext)
  for (const version of [0x34, 0x44]) {
    const refused = { detail: "not-x3dh" } as const
    assertRefused(bob.state, () => bob.decrypt(prekey(whole.with(0, version))), "invalid-message", refused)
  }
  assert.equal(bob.decrypt(prekey(first)), "first")
})

/** Sends and loses `count` messages, without the cost of making them. */
function skip(device: Device, count: number): void {
  const { sending } = device.peer.current as NonNullable<typeof device.peer.current>
  for (let skipped = 0; skipped < count; skipped++) step(device.suite, sending)
}

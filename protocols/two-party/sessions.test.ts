import assert from "node:assert/strict"
import { test } from "node:test"
import { concat, toHex } from "../bytes.ts"
import { conversation, Device } from "../vectors/device.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { decodePreKeySignalMessage, decodeSignalMessage, encodePreKeySignalMessage } from "./messages.ts"
import { isUsable, overhear, type Session, type SignalCiphertext } from "./sessions.ts"

const currentOf = ({ peer }: Device) => peer.current as Session
const newest = ({ keys }: Device) => Math.max(...keys.preKeys.keys())

function strangers() {
  return { alice: new Device("alice"), bob: new Device("bob") }
}

/** The same first message under another base key, as a forger can make it. */
function forge(
  { bytes }: SignalCiphertext,
  baseKey = new Device("forger").keys.identity.public,
): SignalCiphertext {
  const parsed = decodePreKeySignalMessage(bytes)
  const inner = concat(parsed.message.authenticated, parsed.message.mac)
  return { type: "prekey", bytes: encodePreKeySignalMessage({ ...parsed, baseKey }, inner) }
}

test("until something was decrypted, each message carries the same base key and ids", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  const sent = [alice.encrypt("0"), alice.encrypt("1"), alice.encrypt("2")]
  const parsed = sent.map(({ bytes }) => decodePreKeySignalMessage(bytes))
  assert.deepEqual(
    parsed.map(({ message }) => message.counter),
    [0, 1, 2],
  )
  const headers = parsed.map(({ baseKey, preKeyId, signedPreKeyId }) => [
    toHex(baseKey),
    preKeyId,
    signedPreKeyId,
  ])
  assert.equal(new Set(headers.map(String)).size, 1)
  assert.deepEqual(
    sent.toReversed().map((message) => bob.decrypt(message)),
    ["2", "1", "0"],
  )

  const answer = bob.encrypt("answer")
  assert.equal(answer.type, "signal")
  alice.decrypt(answer)
  assert.equal(alice.encrypt("answered").type, "signal")
})

test("a one-time prekey is deleted by the first message that opens, not by one that fails", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  const [first, second] = [alice.encrypt("first"), alice.encrypt("second")]
  const id = newest(bob)
  const tampered = { ...first, bytes: first.bytes.with(-20 + first.bytes.length, 0) }
  assertRefused(bob.state, () => bob.decrypt(tampered), "invalid-message")
  assert.ok(bob.keys.preKeys.has(id))
  assert.equal(bob.decrypt(first), "first")
  assert.ok(!bob.keys.preKeys.has(id))
  assertRefused(bob.state, () => bob.decrypt(first), "duplicate")
  assert.equal(bob.decrypt(second), "second", "the session is known, its prekey is not needed again")
  assertRefused(bob.state, () => bob.decrypt(forge(first)), "missing-prekey")
})

test("a forged prekey message neither burns a one-time prekey nor displaces a session", () => {
  const { alice, bob } = conversation()
  const before = currentOf(bob)
  alice.initiate(bob.bundle())
  const first = alice.encrypt("first")
  assertRefused(bob.state, () => bob.decrypt(forge(first)), "invalid-message")
  assert.equal(currentOf(bob), before)
  assert.equal(bob.decrypt(first), "first")
  assert.notEqual(currentOf(bob), before)
})

test("without one-time prekey a session opens too, and uses up none", () => {
  const { alice, bob } = strangers()
  bob.bundle()
  alice.initiate(bob.bundle("without one-time prekey"))
  bob.decrypt(alice.encrypt("hello"))
  assert.equal(bob.keys.preKeys.size, 1)
})

test("a new session archives the old one, in either role, and its messages are then ordinary ones", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  const [old] = [currentOf(alice)]
  bob.decrypt(alice.encrypt("old"))
  const late = bob.encrypt("answer in the old session")
  alice.initiate(bob.bundle())
  assert.deepEqual([alice.peer.archived, old.pendingPreKey], [[old], undefined])
  bob.decrypt(alice.encrypt("new"))
  assert.equal(bob.peer.archived.length, 1)

  alice.decrypt(late)
  assert.equal(currentOf(alice), old, "the session that last decrypted is the current one")
  assert.equal(alice.peer.archived.length, 1)
  assert.equal(bob.decrypt(alice.encrypt("again in the old session")), "again in the old session")
})

test("a prekey message of an archived session makes it current again", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  const [first, second] = [alice.encrypt("1"), alice.encrypt("2")]
  bob.decrypt(first)
  const session = currentOf(bob)
  alice.initiate(bob.bundle())
  bob.decrypt(alice.encrypt("new"))
  const archived = structuredClone(bob.state)
  assertRefused(bob.state, () => bob.decrypt(first), "duplicate")
  assert.deepEqual(bob.state, archived)
  bob.decrypt(second)
  assert.equal(currentOf(bob), session)
  assert.equal(bob.peer.archived.length, 1)
})

test("crossing initiations: both keep both sessions, and agree once one message was decrypted before an answer", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  bob.initiate(alice.bundle())
  const crossing = [alice.encrypt("from Alice"), bob.encrypt("from Bob")] as const
  assert.equal(bob.decrypt(crossing[0]), "from Alice")
  assert.equal(alice.decrypt(crossing[1]), "from Bob")
  assert.notDeepEqual(currentOf(alice).baseKey, currentOf(bob).baseKey)
  assert.deepEqual([alice.peer.archived.length, bob.peer.archived.length], [1, 1])
  bob.decrypt(alice.encrypt("one way"))
  assert.deepEqual(currentOf(alice).baseKey, currentOf(bob).baseKey)
  alice.decrypt(bob.encrypt("and back"))
  assert.deepEqual(currentOf(alice).baseKey, currentOf(bob).baseKey)
})

test("40 sessions are archived, the newest first; the 41st is dropped", () => {
  const { alice, bob } = strangers()
  const late: SignalCiphertext[] = []
  for (let session = 0; session < 42; session++) {
    alice.initiate(bob.bundle())
    bob.decrypt(alice.encrypt("first"))
    late.push({ type: "signal", bytes: innerOf(alice.encrypt(`late in session ${session}`)) })
  }
  assert.deepEqual([bob.peer.archived.length, alice.peer.archived.length], [40, 40])
  const [dropped, oldest] = late as [SignalCiphertext, SignalCiphertext]
  const refused = { detail: "no-session-decrypts" } as const
  assertRefused(bob.state, () => bob.decrypt(dropped), "invalid-message", refused)
  assert.equal(bob.decrypt(oldest), "late in session 1")
  assert.equal(bob.peer.archived.length, 40)
  assertRefused(bob.state, () => bob.decrypt(oldest), "duplicate")
  bob.decrypt(late.at(-1) as SignalCiphertext)
  assertRefused(bob.state, () => bob.decrypt(oldest), "duplicate", { at: "used in an archived session" })
})

test("a dropped session without one-time prekey opens again from a replay: known, as in libsignal", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle("without one-time prekey"))
  const first = alice.encrypt("first")
  bob.decrypt(first)
  bob.peer.archived = []
  bob.peer.current = undefined
  assert.equal(bob.decrypt(first), "first")
})

test("the identity is pinned on first use, in either role", () => {
  const { alice, bob } = strangers()
  alice.initiate(bob.bundle())
  assert.deepEqual(alice.peer.identity, bob.keys.identity.public)
  assert.equal(bob.peer.identity, undefined)
  bob.decrypt(alice.encrypt("hello"))
  assert.deepEqual(bob.peer.identity, alice.keys.identity.public)
})

test("usable: a session that exists, and was answered or is not older than 30 days", () => {
  const { alice, bob } = strangers()
  assert.ok(!isUsable(alice.peer, 0))
  alice.initiate(bob.bundle())
  const days = 24 * 60 * 60
  assert.deepEqual([isUsable(alice.peer, 30 * days), isUsable(alice.peer, 30 * days + 1)], [true, false])
  bob.decrypt(alice.encrypt("hello"))
  assert.ok(isUsable(bob.peer, 300 * days))
})

test("a refused send does not move the chain", () => {
  const { alice } = conversation()
  alice.peer.identity = new Device("other").keys.identity.public
  const { index } = currentOf(alice).sending
  assertRefused(alice.state, () => alice.encrypt("hello"), "untrusted-identity")
  assert.equal(currentOf(alice).sending.index, index)
})

test("who holds a copy of the sender's state overhears what it sends next, and nothing older", () => {
  const { alice, bob } = conversation()
  const old = alice.encrypt("before the copy")
  const copy = structuredClone(alice.peer)
  const before = structuredClone(copy)
  const listen = (sent: SignalCiphertext) => Buffer.from(overhear(copy, alice.context, sent)).toString()
  assert.equal(listen(alice.encrypt("next")), "next")
  assert.equal(listen(alice.encrypt("after")), "after")
  assert.deepEqual(copy, before)
  assertRefused(copy, () => listen(old), "no-session")
  bob.decrypt(alice.encrypt("the ratchet turns"))
  alice.decrypt(bob.encrypt("and back"))
  const healed = alice.encrypt("not for the copy")
  assertRefused(copy, () => listen(healed), "no-session")
})

function innerOf({ type, bytes }: SignalCiphertext): Uint8Array {
  const { authenticated, mac } =
    type === "prekey" ? decodePreKeySignalMessage(bytes).message : decodeSignalMessage(bytes)
  return concat(authenticated, mac)
}

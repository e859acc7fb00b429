/** What the channel `2sm` refuses: its state is then exactly as it was. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import fc from "fast-check"
import { hasCode, ProtocolError } from "../errors.ts"
import { Party } from "../vectors/party.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { begun, type End, meet, say } from "../vectors/two-sm-ends.ts"
import { twoSm } from "./two-sm.ts"

describe("refused, the state as it was:", () => {
  test("a message that was opened before, the first one too", () => {
    const [alice, bob] = meet()
    const sent = [1, 2, 3].map((k) => alice.send("bob", `message ${k}`))
    for (const message of sent) bob.receive("alice", message)
    for (const message of sent) assertRefused(bob.channels, () => bob.receive("alice", message), "duplicate")
    const reply = bob.send("alice", "reply")
    alice.receive("bob", reply)
    assertRefused(alice.channels, () => alice.receive("bob", reply), "duplicate")
  })

  test("a message before its predecessor, which then opens after it", () => {
    const [alice, bob] = begun()
    const [second, third] = [alice.send("bob", "two"), alice.send("bob", "three")]
    assertRefused(bob.channels, () => bob.receive("alice", third), "early")
    bob.receive("alice", second)
    assert.equal(bob.receive("alice", third), "three")
  })

  test("anything but a first message from a peer that never was heard of", () => {
    const [alice, bob] = meet()
    const [first, second] = [alice.send("bob", "one"), alice.send("bob", "two")]
    assertRefused(bob.channels, () => bob.receive("alice", second), "no-session")
    bob.receive("alice", first)
    bob.receive("alice", second)
    assert.throws(() => twoSm.encrypt(bob.channels, bob.context, "carol", new Uint8Array()), isNoSession)
  })

  test("a message to a key that was used up", () => {
    const [alice, bob] = begun()
    const fork = bob.copy()
    say(bob, alice)
    say(bob, alice)
    say(alice, bob)
    say(bob, alice)
    const old = fork.send("alice", "to the first")
    const renumbered = old.with(1, 4)
    assertRefused(alice.channels, () => alice.receive("bob", renumbered), "no-session")
  })

  test("the first message of another, under a name that is taken or free", () => {
    const [alice, bob, carol] = Party.meet(twoSm, "alice", "bob", "carol") as [End, End, End]
    const [first, other] = [alice.send("bob", "from Alice"), carol.send("bob", "from Carol")]
    assertRefused(bob.channels, () => bob.receive("carol", first), "invalid-message", { detail: "bad-tag" })
    bob.send("alice", "crossing")
    assertRefused(bob.channels, () => bob.receive("alice", other), "untrusted-identity")
    assert.equal(bob.receive("alice", first), "from Alice")
    assertRefused(bob.channels, () => bob.receive("dave", first), "missing-prekey")
  })

  test("one's own message, sent back", () => {
    const [alice, bob] = begun()
    say(bob, alice)
    const [own, theirs] = [alice.send("bob", "mine"), bob.send("alice", "crossing")]
    assertRefused(alice.channels, () => alice.receive("bob", own), "no-session")
    alice.receive("bob", theirs)
  })

  test("a bundle that its owner did not sign; then there is no channel", () => {
    const [alice, bob] = meet()
    const bundle = twoSm.publishBundle(bob.channels, bob.context, 1)
    const at = bundle.length - 60 // in the signature
    const context = { ...alice.context, fetchBundle: () => bundle.with(at, (bundle[at] as number) ^ 1) }
    assertRefused(alice.channels, () => twoSm.open(alice.channels, context, "bob"), "bad-signature")
    assert.ok(!twoSm.hasChannel(alice.channels, alice.context, "bob"))
  })
})

const isNoSession = (error: unknown): boolean => hasCode(error, "no-session")

/** A message of each kind, and who is to open it. */
const KINDS: Readonly<Record<string, () => { readonly end: End; readonly bytes: Uint8Array }>> = {
  prekey: () => {
    const [alice, bob] = meet()
    return { end: bob, bytes: alice.send("bob", "words") }
  },
  made: () => {
    const [alice, bob] = begun()
    return { end: bob, bytes: alice.send("bob", "words") }
  },
  announced: () => {
    const [alice, bob] = begun()
    say(bob, alice)
    return { end: bob, bytes: alice.send("bob", "words") }
  },
}

for (const [kind, scene] of Object.entries(KINDS)) {
  test(`${kind}: with any byte changed, or cut short, it is refused and the state stays; then it opens`, () => {
    const { end, bytes } = scene()
    const before = structuredClone(end.channels)
    const refused = (damaged: Uint8Array) => assert.throws(() => end.receive("alice", damaged), ProtocolError)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) =>
        refused(bytes.with(at, (bytes[at] as number) ^ change)),
      ),
      { numRuns: 100 },
    )
    for (let length = 0; length < bytes.length; length++) refused(bytes.subarray(0, length))
    refused(Uint8Array.of(...bytes, 0))
    assert.deepEqual(end.channels, before)
    assert.equal(end.receive("alice", bytes), "words")
  })
}

/** What a copy of a state opens, and what it does not; beside it the Double Ratchet, which heals later. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { key32, toHex } from "../bytes.ts"
import { observedSuite } from "../crypto/counting.ts"
import { hasCode, ProtocolError } from "../errors.ts"
import { Party } from "../vectors/party.ts"
import { signal } from "./signal.ts"
import type { TwoParty } from "./two-party.ts"
import { twoSm } from "./two-sm.ts"

const isRefusal = (error: unknown): boolean => error instanceof ProtocolError

/** Each has heard the other once: no prekey is left in play. */
function talking<Channels>(channel: TwoParty<Channels>): [Party<Channels>, Party<Channels>] {
  const [alice, bob] = Party.meet(channel, "alice", "bob") as [Party<Channels>, Party<Channels>]
  bob.receive("alice", alice.send("bob", "hello"))
  alice.receive("bob", bob.send("alice", "hello"))
  return [alice, bob]
}

/** Whether a copy, as recipient, opens what the peer sends. */
function opens<Channels>(copy: Party<Channels>, from: string, bytes: Uint8Array): boolean {
  try {
    copy.receive(from, bytes)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

describe("forward secrecy", () => {
  test("a copy taken after a message was opened does not open it, nor any before it", () => {
    const [alice, bob] = Party.meet(twoSm, "alice", "bob")
    assert.ok(alice !== undefined && bob !== undefined)
    const sent: Uint8Array[] = []
    for (let k = 1; k <= 6; k++) {
      sent.push(alice.send("bob", `message ${k}`))
      bob.receive("alice", sent.at(-1) as Uint8Array)
      if (k % 2 === 0) alice.receive("bob", bob.send("alice", "answer"))
      for (const message of sent) {
        // with every counter turned back it is the keys that are gone
        const copy = bob.copy()
        const peer = copy.channels.peers.get("alice")
        assert.ok(peer !== undefined)
        for (peer.received = 0; peer.received < k; peer.received++) assert.ok(!opens(copy, "alice", message))
      }
    }
  })

  test("while nobody answers, the keys that were announced stay, and open what comes to them", () => {
    const [alice, bob] = talking(twoSm)
    for (let k = 0; k < 3; k++) bob.receive("alice", alice.send("bob", "still there?"))
    const copy = alice.copy()
    assert.ok(opens(copy, "bob", bob.send("alice", "yes")))
  })
})

describe("healing", () => {
  test("what a robbed party sends is closed to its copy at once, whatever follows", () => {
    const [alice, bob] = talking(twoSm)
    const copy = alice.copy()
    for (let k = 0; k < 3; k++) {
      const sent = alice.send("bob", "mine")
      assert.throws(
        () => copy.overhears("bob", sent),
        (error) => hasCode(error, "no-session"),
      )
      assert.ok(!opens(copy, "alice", sent) && !opens(copy, "bob", sent))
      bob.receive("alice", sent)
    }
  })

  test("one delivered message of a robbed party closes what its peer sends from then on", () => {
    const [alice, bob] = talking(twoSm)
    const copy = alice.copy()
    const before = bob.send("alice", "before")
    assert.ok(opens(copy, "bob", before))
    alice.receive("bob", before)
    bob.receive("alice", alice.send("bob", "one message"))
    for (let k = 0; k < 3; k++) {
      const after = bob.send("alice", "after")
      assert.ok(!opens(copy, "bob", after))
      alice.receive("bob", after)
    }
  })

  test("a message of a robbed party that is not delivered closes nothing; nor does one of the peer", () => {
    const [alice, bob] = talking(twoSm)
    const copy = alice.copy()
    const lost = alice.send("bob", "under way")
    for (let k = 0; k < 3; k++) assert.ok(opens(copy, "bob", bob.send("alice", "readable")))
    bob.receive("alice", lost)
    assert.ok(!opens(copy, "bob", bob.send("alice", "closed")))
  })

  test("over the Double Ratchet one message closes neither itself nor the answer, but what comes after that", () => {
    const [alice, bob] = talking(signal)
    const copy = alice.copy()
    const sent = alice.send("bob", "one message")
    assert.equal(copy.overhears("bob", sent), "one message")
    bob.receive("alice", sent)
    const answer = bob.send("alice", "answer")
    assert.ok(opens(copy, "bob", answer))
    alice.receive("bob", answer)
    assert.throws(() => copy.overhears("bob", alice.send("bob", "closed")), isRefusal)
  })
})

test("prekeys that are used for two channels give each a key of its own, one-time or not", () => {
  const [alice, bob] = Party.meet(twoSm, "alice", "bob")
  assert.ok(alice !== undefined && bob !== undefined)
  const bundle = twoSm.publishBundle(bob.channels, bob.context, 1)
  const keys = ["first group", "second group"].map((group) => {
    const seen: string[] = []
    const suiteFor = (purpose: string) =>
      observedSuite(alice.context.suiteFor(`${group}: ${purpose}`), ({ operation, args }) => {
        if (operation === "sealGcm") seen.push(toHex(args[0]))
      })
    const context = { ...alice.context, suiteFor, fetchBundle: () => bundle }
    const channels = { ...alice.channels, peers: new Map() }
    twoSm.open(channels, context, "bob")
    twoSm.encrypt(channels, context, "bob", new Uint8Array())
    return seen.join()
  })
  assert.notEqual(keys[0], keys[1])
  assert.ok(keys.every((key) => key.length === 32))
})

test("a key of low order that a peer announces is refused when it is to be used, again and again", () => {
  const [alice] = talking(twoSm)
  const peer = alice.channels.peers.get("bob")
  assert.ok(peer !== undefined)
  peer.otherPk = { kind: "announced", key: key32(new Uint8Array(32)), index: 1 }
  for (let times = 0; times < 2; times++) {
    assert.throws(
      () => alice.send("bob", "words"),
      (error) => hasCode(error, "bad-agreement"),
    )
  }
  assert.deepEqual([peer.sent, peer.mySks.size], [1, 0])
})

import assert from "node:assert/strict"
import { describe, test } from "node:test"
import fc from "fast-check"
import { Party } from "../vectors/party.ts"
import { begun, type End, meet, say } from "../vectors/two-sm-ends.ts"
import { twoSm } from "./two-sm.ts"
import { decodeMessage } from "./two-sm-messages.ts"

/** Which of its announced keys an end still holds the private halves of. */
const announced = (end: End, peer: End): number[] => [
  ...(end.channels.peers.get(peer.name)?.mySks.keys() ?? []),
]

describe("the keys of a channel", () => {
  test("as in the paper: prekey, then the key from the message before, then a reply that uses up two", () => {
    const [alice, bob] = meet()
    const first = alice.send("bob", "one")
    assert.equal(decodeMessage(first).header.kind, "prekey")
    const second = alice.send("bob", "two")
    assert.deepEqual(decodeMessage(second).header, { kind: "made", number: 2 })
    bob.receive("alice", first)
    bob.receive("alice", second)
    assert.deepEqual(announced(alice, bob), [1, 2])
    const reply = bob.send("alice", "reply")
    assert.deepEqual(decodeMessage(reply).header, { kind: "announced", number: 1, index: 2 })
    assert.equal(alice.receive("bob", reply), "reply")
    assert.deepEqual(announced(alice, bob), [])
  })

  test("those announced after the one that a reply uses are kept", () => {
    const [alice, bob] = begun()
    const reply = bob.send("alice", "to the first")
    say(alice, bob)
    say(alice, bob)
    assert.deepEqual(announced(alice, bob), [1, 2, 3])
    alice.receive("bob", reply)
    assert.deepEqual(announced(alice, bob), [2, 3])
  })

  test("the one-time prekey goes with the first message that opens", () => {
    const [alice, bob] = meet()
    const first = alice.send("bob", "hello")
    assert.equal(bob.channels.keys.preKeys.size, 1)
    bob.receive("alice", first)
    assert.equal(bob.channels.keys.preKeys.size, 0)
  })

  test("however long both talk in turn, a state grows by nothing", () => {
    const [alice, bob] = begun()
    say(bob, alice)
    say(alice, bob)
    const sizes = () =>
      [alice, bob].map(({ channels }) => JSON.stringify([...channels.peers], replacer).length)
    const before = sizes()
    for (let times = 0; times < 4; times++) {
      say(bob, alice)
      say(alice, bob)
    }
    assert.deepEqual(sizes(), before)
  })

  test("while a peer is silent, one is kept for each message to it; its answer frees them all", () => {
    const [alice, bob] = begun()
    for (let times = 2; times <= 10; times++) say(alice, bob)
    assert.equal(announced(alice, bob).length, 10)
    say(bob, alice)
    assert.equal(announced(alice, bob).length, 0)
  })
})

const replacer = (_name: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value

describe("messages arrive", () => {
  test("ten one way", () => {
    const [alice, bob] = meet()
    for (let k = 1; k <= 10; k++) say(alice, bob, `message ${k}`)
  })

  test("ten in strict alternation", () => {
    const [alice, bob] = meet()
    for (let k = 1; k <= 5; k++) {
      say(alice, bob, `question ${k}`)
      say(bob, alice, `answer ${k}`)
    }
  })

  test("ten times two that cross, the first two of which both begin the channel", () => {
    const [alice, bob] = meet()
    for (let k = 1; k <= 10; k++) {
      const [there, back] = [alice.send("bob", `there ${k}`), bob.send("alice", `back ${k}`)]
      assert.equal(bob.receive("alice", there), `there ${k}`)
      assert.equal(alice.receive("bob", back), `back ${k}`)
    }
  })

  test("in any interleaving that keeps the order of each direction", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a sends", "b sends", "a hears", "b hears"), { maxLength: 40 }),
        (acts) => {
          const [alice, bob] = meet()
          const [toAlice, toBob]: [Uint8Array[], Uint8Array[]] = [[], []]
          const hear = (end: End, peer: End, waiting: Uint8Array[]) => {
            const next = waiting.shift()
            if (next !== undefined) assert.equal(end.receive(peer.name, next), `from ${peer.name}`)
          }
          for (const act of [...acts, ...acts.map(() => "a hears"), ...acts.map(() => "b hears")]) {
            if (act === "a sends") toBob.push(alice.send("bob", "from alice"))
            else if (act === "b sends") toAlice.push(bob.send("alice", "from bob"))
            else if (act === "a hears") hear(alice, bob, toAlice)
            else hear(bob, alice, toBob)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  test("with channels to others beside, which they do not touch", () => {
    const [alice, bob, carol] = Party.meet(twoSm, "alice", "bob", "carol") as [End, End, End]
    say(alice, bob)
    say(carol, bob)
    const before = structuredClone(bob.channels.peers.get("alice"))
    say(bob, carol)
    say(carol, bob)
    assert.deepEqual(bob.channels.peers.get("alice"), before)
    say(bob, alice)
  })
})

describe("what it costs", () => {
  const payload = "p".repeat(32)

  test("a first message: a bundle verified, 3 key pairs and 4 agreements; 4 agreements to open it", () => {
    const [alice, bob] = meet()
    assert.deepEqual(
      alice.costOf((counted) => counted.open("bob")),
      { verify: 1 },
    )
    let sent = new Uint8Array()
    const sending = alice.costOf((counted) => {
      sent = counted.send("bob", payload) as typeof sent
    })
    assert.deepEqual(sending, { keyPair: 3, dh: 4, hkdf: 1, sealGcm: 1 })
    assert.equal(sent.length, 32 + 147)
    const receiving = bob.costOf((counted) => counted.receive("alice", sent))
    assert.deepEqual(receiving, { dh: 4, hkdf: 1, openGcm: 1 })
  })

  test("any other: 3 key pairs and 1 agreement; 1 agreement to open it, and a public key where nobody answered", () => {
    const [alice, bob] = begun()
    const next = (from: End, to: End) => {
      let sent = new Uint8Array()
      const sending = from.costOf((counted) => {
        sent = counted.send(to.name, payload) as typeof sent
      })
      assert.deepEqual(sending, { keyPair: 3, dh: 1, hmac: 6, sealGcm: 1 })
      return { bytes: sent.length, receiving: to.costOf((counted) => counted.receive(from.name, sent)) }
    }
    const opened = { dh: 1, hmac: 6, openGcm: 1 }
    assert.deepEqual(next(alice, bob), { bytes: 32 + 114, receiving: { ...opened, publicKey: 1 } })
    assert.deepEqual(next(bob, alice), { bytes: 32 + 115, receiving: opened })
    assert.deepEqual(next(alice, bob), { bytes: 32 + 115, receiving: opened })
  })
})

/** What a copy of a party's state can send in its name, and until when the peer takes it. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { type ErrorCode, hasCode } from "../errors.ts"
import { Party } from "../vectors/party.ts"
import { signal } from "./signal.ts"
import type { TwoParty } from "./two-party.ts"
import { twoSm } from "./two-sm.ts"

/** The victim, and its peer. */
const [ALICE, BOB] = ["alice", "bob"] as const

/** Each has heard the other once; the victim spoke last where `last` is its name. */
function talking<Channels>(channel: TwoParty<Channels>, last: string): [Party<Channels>, Party<Channels>] {
  const [alice, bob] = Party.meet(channel, ALICE, BOB) as [Party<Channels>, Party<Channels>]
  const [first, second] = last === ALICE ? [bob, alice] : [alice, bob]
  says(first, second)
  says(second, first)
  return [alice, bob]
}

function says<Channels>(from: Party<Channels>, to: Party<Channels>): void {
  to.receive(from.name, from.send(to.name, "genuine"))
}

function refuses<Channels>(party: Party<Channels>, bytes: Uint8Array, ...codes: ErrorCode[]): void {
  assert.throws(
    () => party.copy().receive(ALICE, bytes),
    (error) => hasCode(error, ...codes),
  )
}

for (const last of [ALICE, BOB]) {
  describe(`over 2sm, stolen when ${last} had spoken last,`, () => {
    test("a copy speaks for its owner until that has sent one message", () => {
      const [alice, bob] = talking(twoSm, last)
      const copy = alice.copy()
      assert.equal(bob.copy().receive(ALICE, copy.copy().send(BOB, "forged")), "forged")
      says(alice, bob)
      refuses(bob, copy.copy().send(BOB, "forged"), "duplicate")
    })

    test("no later: with the number set right, its key is gone", () => {
      const [alice, bob] = talking(twoSm, last)
      const copy = alice.copy()
      says(alice, bob)
      says(bob, alice)
      const peer = copy.channels.peers.get(BOB)
      assert.ok(peer !== undefined)
      peer.sent++
      refuses(bob, copy.send(BOB, "forged"), "no-session", "invalid-message")
    })

    test("an answer of the peer that the copy reads is one that the copy can go on from", () => {
      const [alice, bob] = talking(twoSm, last)
      const copy = alice.copy()
      copy.receive(BOB, bob.send(ALICE, "genuine"))
      assert.equal(bob.receive(ALICE, copy.send(BOB, "forged")), "forged")
    })

    test("a copy that speaks first has the channel: its owner is refused from then on", () => {
      const [alice, bob] = talking(twoSm, last)
      bob.receive(ALICE, alice.copy().send(BOB, "forged"))
      refuses(bob, alice.send(BOB, "genuine"), "duplicate")
      refuses(bob, alice.send(BOB, "genuine"), "no-session", "invalid-message")
    })
  })
}

test("over 2sm the stolen identity does not begin anew: the peer has had a first message", () => {
  const [alice, bob] = talking(twoSm, BOB)
  const peers = new Map()
  twoSm.open({ ...alice.channels, peers }, alice.context, BOB)
  const beginner = { ...alice.channels, peers }
  refuses(bob, twoSm.encrypt(beginner, alice.context, BOB, new Uint8Array()), "duplicate")
})

describe("over Double Ratchets", () => {
  test("the chain that was stolen is kept by the peer while the next four are used, and speaks that long", () => {
    const [alice, bob] = talking(signal, ALICE)
    const copy = alice.copy()
    for (let turns = 1; turns <= 4; turns++) {
      assert.equal(bob.copy().receive(ALICE, copy.copy().send(BOB, "forged")), "forged", `after ${turns - 1}`)
      says(bob, alice)
      says(alice, bob)
    }
    says(bob, alice)
    says(alice, bob)
    refuses(bob, copy.send(BOB, "forged"), "invalid-message")
  })

  test("a fresh session under the stolen identity is taken, however often the others have turned", () => {
    const [alice, bob] = talking(signal, ALICE)
    const copy = { channels: alice.copy().channels, context: alice.context }
    for (let turns = 1; turns <= 6; turns++) {
      says(bob, alice)
      says(alice, bob)
    }
    signal.leave(copy.channels, copy.context, BOB)
    signal.open(copy.channels, copy.context, BOB)
    const forged = signal.encrypt(copy.channels, copy.context, BOB, new TextEncoder().encode("forged"))
    assert.equal(bob.receive(ALICE, forged), "forged")
  })
})

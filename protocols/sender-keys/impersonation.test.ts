/** Forged by hand with what a copy of a member's state holds: until when others take it for that member's. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { utf8 } from "../bytes.ts"
import type { Effects, Outgoing } from "../group.ts"
import { encryptGroupMessage, type OwnSenderKey } from "../sending-chain/sender-key.ts"
import { signal } from "../two-party/signal.ts"
import { type Device, devices } from "../vectors/devices.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { SENDER_KEY_MESSAGE, tagged } from "../wire.ts"
import { senderKeys } from "./sender-keys.ts"

const protocol = senderKeys(signal, { kind: "never" })
type Member = Device<ReturnType<typeof protocol.init>>

/** The victim, and the other member. */
const [ALICE, BOB] = ["alice", "bob"] as const
const MEMBERS: readonly string[] = [ALICE, BOB]

const deliver = (from: Member, to: Member, { packets = [] }: Effects): Effects[] =>
  packets.map((packet) => protocol.process(to.state, to.context, { ...packet, from: from.name }))
const say = ({ state, context }: Member): Effects => protocol.send(state, context, utf8("hello"))

/** Each has said something, so that both have the other's key. */
function pair(): { readonly alice: Member; readonly bob: Member } {
  const [alice, bob] = devices(protocol, ...MEMBERS) as [Member, Member]
  const notice = { change: { kind: "create", members: MEMBERS }, members: MEMBERS } as const
  for (const { state, context } of [alice, bob]) protocol.processNotice(state, context, notice)
  deliver(alice, bob, say(alice))
  deliver(bob, alice, say(bob))
  return { alice, bob }
}

const renew = (alice: Member, bob: Member): Effects[] =>
  deliver(alice, bob, protocol.update(alice.state, alice.context))

/** As it is now. */
const keyOf = ({ state }: Member): OwnSenderKey =>
  structuredClone(state.own?.key) ?? assert.fail("it has no key")

/** The next message under `key`. */
function forged({ context }: Member, key: OwnSenderKey): { readonly packets: readonly Outgoing[] } {
  const bytes = tagged(SENDER_KEY_MESSAGE, encryptGroupMessage(key, context.suite, utf8("forged")))
  return { packets: [{ kind: "broadcast", bytes }] }
}

/** Whose words Bob takes it for. */
const takenFor = (alice: Member, bob: Member, key: OwnSenderKey): string | undefined =>
  deliver(alice, bob, forged(alice, key)).at(-1)?.message?.from

describe("a message under the stolen sender key", () => {
  test("is taken right after the theft", () => {
    const { alice, bob } = pair()
    assert.equal(takenFor(alice, bob, keyOf(alice)), ALICE)
  })

  test("is taken after the victim's renewal too, and after three more: the fifth drops it", () => {
    const { alice, bob } = pair()
    const stolen = keyOf(alice)
    for (let renewals = 1; renewals <= 4; renewals++) {
      renew(alice, bob)
      assert.equal(takenFor(alice, bob, stolen), ALICE, `after ${renewals}`)
    }
    renew(alice, bob)
    assertRefused(bob.state, () => takenFor(alice, bob, stolen), "no-sender-key")
  })

  test("is not taken on the renewed chain, whose signing key is another", () => {
    const { alice, bob } = pair()
    const { signing } = keyOf(alice)
    renew(alice, bob)
    assertRefused(bob.state, () => takenFor(alice, bob, { ...keyOf(alice), signing }), "bad-signature")
    assert.equal(takenFor(alice, bob, keyOf(alice)), ALICE)
  })

  test("is not taken once anybody was removed: all keys are cleared", () => {
    const { alice, bob } = pair()
    const stolen = keyOf(alice)
    const change = { kind: "remove", removed: "carol" } as const
    protocol.processNotice(bob.state, bob.context, { change, members: MEMBERS })
    assertRefused(bob.state, () => takenFor(alice, bob, stolen), "no-sender-key")
  })

  test("is not taken once the victim is no member", () => {
    const { alice, bob } = pair()
    const change = { kind: "remove", removed: ALICE } as const
    protocol.processNotice(bob.state, bob.context, { change, members: [BOB] })
    assertRefused(bob.state, () => takenFor(alice, bob, keyOf(alice)), "not-a-member")
  })
})

test("a fresh session under the stolen identity hands out a key of the impersonator's own, however well the rest has healed", () => {
  const { alice, bob } = pair()
  const impersonator = { ...alice, state: structuredClone(alice.state) }
  for (let renewals = 1; renewals <= 5; renewals++) {
    renew(alice, bob)
    deliver(bob, alice, protocol.update(bob.state, bob.context))
  }
  protocol.leaveChannels(impersonator.state, impersonator.context, [BOB])
  renew(impersonator, bob)
  assert.equal(takenFor(impersonator, bob, keyOf(impersonator)), ALICE)
})

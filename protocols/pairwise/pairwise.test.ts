import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../bytes.ts"
import type { Effects, Outgoing, Packet } from "../group.ts"
import { signal } from "../two-party/signal.ts"
import { type Device, devices } from "../vectors/devices.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { pairwise } from "./pairwise.ts"

const protocol = pairwise(signal)
type Member = Device<ReturnType<typeof protocol.init>>

function group(...names: readonly string[]): Member[] {
  const members = devices(protocol, ...names)
  const notice = { change: { kind: "create", members: names }, members: names } as const
  for (const { state, context } of members) protocol.processNotice(state, context, notice)
  return members
}

const packetTo = ({ name }: Member, sender: Member, { packets = [] }: Effects): Packet => {
  const outgoing = packets.find((packet) => packet.kind === "two-party" && packet.to === name)
  return { ...(outgoing ?? assert.fail(`nothing for ${name}`)), from: sender.name }
}
const receive = ({ state, context }: Member, packet: Packet) => protocol.process(state, context, packet)
const say = ({ state, context }: Member, text: string) => protocol.send(state, context, utf8(text))
const addressees = ({ packets = [] }: Effects) =>
  packets.map((packet: Outgoing) => (packet.kind === "two-party" ? packet.to : "*"))

test("a message goes to each other member under keys of its own channel, and never as a broadcast", () => {
  const [alice, bob, carol] = group("alice", "bob", "carol") as [Member, Member, Member]
  const effects = say(alice, "hello")
  assert.deepEqual(addressees(effects), ["bob", "carol"])
  assert.deepEqual(effects.secrets ?? [], [])
  for (const member of [bob, carol]) {
    const received = receive(member, packetTo(member, alice, effects))
    assert.deepEqual(received, { message: { from: "alice", plaintext: utf8("hello") } })
  }
})

test("one member's copy opens on no other member's channel", () => {
  const [alice, bob, carol] = group("alice", "bob", "carol") as [Member, Member, Member]
  const first = say(alice, "hello")
  for (const member of [bob, carol]) {
    receive(member, packetTo(member, alice, first))
    receive(alice, packetTo(alice, member, say(member, "answer")))
  }
  const forCarol = packetTo(carol, alice, say(alice, "again"))
  assertRefused(
    bob.state,
    () => receive(bob, { ...forCarol, kind: "two-party", to: "bob" }),
    "invalid-message",
  )
})

test("nothing is needed before the first message; preparing opens what channels are missing", () => {
  const [alice, bob] = group("alice", "bob", "carol") as [Member, Member]
  const opening = protocol.prepareToSend(alice.state, alice.context)
  assert.deepEqual(addressees(opening), ["bob", "carol"])
  assert.deepEqual(addressees(protocol.prepareToSend(alice.state, alice.context)), [])
  assert.deepEqual(receive(bob, packetTo(bob, alice, opening)), {})
  assert.deepEqual(addressees(protocol.prepareToSend(bob.state, bob.context)), ["carol"])
})

test("an update and a channel step carry nothing but the ratchet", () => {
  const [alice, bob] = group("alice", "bob", "carol") as [Member, Member]
  const update = protocol.update(alice.state, alice.context)
  assert.deepEqual(addressees(update), ["bob", "carol"])
  assert.deepEqual(receive(bob, packetTo(bob, alice, update)), {})
  const step = protocol.ratchetChannels(bob.state, bob.context, ["alice"])
  assert.deepEqual(addressees(step), ["alice"])
  assert.deepEqual(receive(alice, packetTo(alice, bob, step)), {})
})

test("whether an empty message or a step, their lengths tell nothing apart", () => {
  const [alice] = group("alice", "bob") as [Member]
  const length = ({ packets = [] }: Effects) => packets[0]?.bytes.length
  assert.equal(length(say(alice, "")), length(protocol.update(alice.state, alice.context)))
})

test("after a removal the others fan out to one fewer, and refuse what the removed one sends", () => {
  const [alice, bob, carol] = group("alice", "bob", "carol") as [Member, Member, Member]
  const last = packetTo(alice, carol, say(carol, "last words"))
  const change = protocol.remove(alice.state, alice.context, "carol").rosterChange
  assert.deepEqual(change, { kind: "remove", removed: "carol" })
  const notice = { change: { kind: "remove", removed: "carol" }, members: ["alice", "bob"] } as const
  for (const { state, context } of [alice, bob, carol]) {
    assert.deepEqual(protocol.processNotice(state, context, notice), {})
  }
  assert.deepEqual(addressees(say(alice, "without Carol")), ["bob"])
  assertRefused(alice.state, () => receive(alice, last), "not-a-member")
  assertRefused(carol.state, () => say(carol, "still here?"), "not-a-member")
})

test("a group message is none of its own, and neither is the server's word for another sender", () => {
  const [alice, bob] = group("alice", "bob", "carol") as [Member, Member]
  const packet = packetTo(bob, alice, say(alice, "hello"))
  const { bytes } = packet
  assertRefused(bob.state, () => receive(bob, { kind: "broadcast", from: "alice", bytes }), "bad-encoding")
  assertRefused(bob.state, () => receive(bob, { ...packet, from: "mallory" }), "not-a-member")
})

test("a thief reads both directions of a stolen channel, and no broadcast", () => {
  const [alice, bob] = group("alice", "bob") as [Member, Member]
  const hello = packetTo(bob, alice, say(alice, "hello"))
  const [stolen, live] = [structuredClone(alice.state), structuredClone(alice.state)]
  const overhear = (packet: Packet) => protocol.overhear(stolen, live, alice.context, packet)
  assert.ok(!overhear(hello), "sent before the theft")
  receive(bob, hello)
  assert.ok(overhear(packetTo(alice, bob, say(bob, "answer"))))
  assert.ok(overhear(packetTo(bob, alice, say(alice, "and again"))))
  assert.ok(!overhear({ ...hello, kind: "broadcast" }))
})

test("a turn of the ratchet leaves nothing of the keys before it in the state", () => {
  const [alice, bob] = group("alice", "bob") as [Member, Member]
  receive(bob, packetTo(bob, alice, say(alice, "hello")))
  receive(alice, packetTo(alice, bob, say(bob, "answer")))
  const session = () => alice.state.channels.peers.get("bob")?.current ?? assert.fail("no session")
  const { rootKey, sending } = structuredClone(session())
  receive(bob, packetTo(bob, alice, say(alice, "and again")))
  receive(alice, packetTo(alice, bob, say(bob, "another answer")))
  assert.notDeepEqual(session().rootKey, rootKey)
  const left = [...byteStrings(alice.state)].map(String)
  for (const secret of [rootKey, sending.chainKey, sending.ratchet.secret])
    assert.ok(!left.includes(String(secret)))
  assert.ok(left.includes(String(session().rootKey)))
})

test("a one-time prekey is gone once its session was opened with it", () => {
  const [alice, bob] = group("alice", "bob") as [Member, Member]
  const before = bob.state.channels.keys.preKeys.size
  const left = structuredClone([...bob.state.channels.keys.preKeys.values()])
  receive(bob, packetTo(bob, alice, say(alice, "hello")))
  assert.equal(bob.state.channels.keys.preKeys.size, before - 1)
  const held = [...byteStrings(bob.state)].map(String)
  assert.equal(left.filter((pair) => held.includes(String(pair.secret))).length, before - 1)
})

/** Every byte string in a state. */
function* byteStrings(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value
  else if (value instanceof Map || value instanceof Set) for (const part of value) yield* byteStrings(part)
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) yield* byteStrings(part)
}

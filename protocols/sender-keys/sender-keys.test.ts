/** Sender Keys as a group protocol: who is given which key, when keys are dropped, what a newcomer gets. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../bytes.ts"
import type { Effects, Outgoing, Packet, RosterChange } from "../group.ts"
import { signal } from "../two-party/signal.ts"
import { type Device, devices } from "../vectors/devices.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { senderKeys } from "./sender-keys.ts"

const protocol = senderKeys(signal, { kind: "never" })
type Member = Device<ReturnType<typeof protocol.init>>

function announce(all: readonly Member[], change: RosterChange, members: readonly string[]): void {
  for (const { state, context } of all) protocol.processNotice(state, context, { change, members })
}

/** Alice, Bob and Carol in a group, Dave at the door. */
function scene() {
  const all = devices(protocol, "alice", "bob", "carol", "dave") as [Member, Member, Member, Member]
  const members = ["alice", "bob", "carol"]
  announce(all.slice(0, 3), { kind: "create", members }, members)
  const [alice, bob, carol, dave] = all
  return { all, alice, bob, carol, dave }
}

const addressee = (packet: Outgoing) => (packet.kind === "two-party" ? packet.to : "*")
const addressees = ({ packets = [] }: Effects) => packets.map(addressee)
const say = ({ state, context }: Member, text: string) => protocol.send(state, context, utf8(text))

/** Bring what `sender` uploaded to those among `members` for whom it is. */
function deliver(sender: Member, { packets = [] }: Effects, members: readonly Member[]): Effects[] {
  const others = members.filter((member) => member !== sender)
  return packets.flatMap((outgoing) =>
    others
      .filter(({ name }) => ["*", name].includes(addressee(outgoing)))
      .map(({ state, context }) => protocol.process(state, context, { ...outgoing, from: sender.name })),
  )
}
const packetsOf = ({ name }: Member, { packets = [] }: Effects): Packet[] =>
  packets.map((outgoing) => ({ ...outgoing, from: name }))
const heard = (effects: readonly Effects[]) =>
  effects.flatMap(({ message }) => (message === undefined ? [] : [Buffer.from(message.plaintext).toString()]))

test("a key is drawn and given to everybody with its owner's first message, and to nobody again", () => {
  const { alice, bob, carol } = scene()
  const first = say(alice, "hello")
  assert.deepEqual(addressees(first), ["bob", "carol", "*"])
  assert.deepEqual(heard(deliver(alice, first, [bob, carol])), ["hello", "hello"])
  assert.deepEqual(addressees(say(alice, "again")), ["*"])
})

test("all who are given a fresh key learn the same update secret as its owner", () => {
  const { alice, bob, carol } = scene()
  const drawn = protocol.update(alice.state, alice.context)
  const [own] = drawn.secrets ?? []
  assert.equal(own?.owner, "alice")
  assert.equal(own?.secret.length, 32)
  const learnt = deliver(alice, drawn, [bob, carol]).map(({ secrets = [] }) => secrets)
  assert.deepEqual(learnt, [[own], [own]])
})

test("an update draws another secret, another name and another signing key each time", () => {
  const { alice } = scene()
  const drawn = [0, 1, 2].map(() => {
    const [secret] = protocol.update(alice.state, alice.context).secrets ?? []
    const signing = alice.state.own?.key.signing.secret
    return [secret?.name, secret?.secret, signing].map((value) => JSON.stringify(value))
  })
  for (const column of [0, 1, 2]) assert.equal(new Set(drawn.map((row) => row[column])).size, 3)
})

test("a newcomer is given each chain as it is now: what was said before stays closed to it", () => {
  const { all, alice, bob, carol, dave } = scene()
  const before = say(alice, "before")
  deliver(alice, before, [bob, carol])
  announce(
    all,
    { kind: "add", added: "dave" },
    all.map(({ name }) => name),
  )
  const handover = protocol.prepareToSend(alice.state, alice.context)
  assert.deepEqual(addressees(handover), ["dave"])
  const [learnt] = deliver(alice, handover, all)
  assert.deepEqual(learnt?.secrets ?? [], [], "a chain that moved is no update secret any more")
  const old = packetsOf(alice, before).at(-1) as Packet
  assertRefused(dave.state, () => protocol.process(dave.state, dave.context, old), "duplicate")
  assert.deepEqual(heard(deliver(alice, say(alice, "welcome"), all)), ["welcome", "welcome", "welcome"])
})

test("a removal clears every key: ours and those received", () => {
  const { all, alice, bob, carol } = scene()
  deliver(alice, say(alice, "hello"), [bob, carol])
  deliver(bob, say(bob, "hello"), [alice, carol])
  const late = packetsOf(bob, say(bob, "too late")).at(-1) as Packet
  announce(all, { kind: "remove", removed: "carol" }, ["alice", "bob"])
  for (const { state } of [alice, bob, carol]) {
    assert.equal(state.own, undefined)
    assert.equal(state.received.size, 0)
  }
  assertRefused(alice.state, () => protocol.process(alice.state, alice.context, late), "no-sender-key")
})

test("after a removal a fresh key goes to those who stay, with the next message, and not to the removed", () => {
  const { all, alice, bob, carol } = scene()
  deliver(alice, say(alice, "hello"), [bob, carol])
  const old = structuredClone(alice.state.own?.key)
  announce(all, { kind: "remove", removed: "carol" }, ["alice", "bob"])
  const next = say(alice, "without Carol")
  assert.deepEqual(addressees(next), ["bob", "*"])
  assert.notDeepEqual(alice.state.own?.key.signing, old?.signing)
  assert.deepEqual(heard(deliver(alice, next, [bob])), ["without Carol"])
})

test("an add keeps the keys of all others", () => {
  const { all, alice, bob, carol } = scene()
  deliver(alice, say(alice, "hello"), [bob, carol])
  const own = structuredClone(alice.state.own)
  announce(
    all,
    { kind: "add", added: "dave" },
    all.map(({ name }) => name),
  )
  assert.deepEqual(alice.state.own, own)
  assert.equal(bob.state.received.size, 1)
})

test("after an update the chain that was left behind is in no field of the owner's state", () => {
  const { alice, bob, carol } = scene()
  deliver(alice, say(alice, "hello"), [bob, carol])
  const old = structuredClone(alice.state.own?.key)
  protocol.update(alice.state, alice.context)
  const holds = (secret: Uint8Array | undefined) =>
    JSON.stringify([...flatten(alice.state)].map(String)).includes(String(secret))
  assert.ok(!holds(old?.chainKey))
  assert.ok(!holds(old?.signing.secret))
  assert.ok(holds(alice.state.own?.key.chainKey))
})

/** Every byte string in a state. */
function* flatten(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value
  else if (value instanceof Map || value instanceof Set) for (const part of value) yield* flatten(part)
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) yield* flatten(part)
}

test("a message that overtakes its key waits; a stranger's is refused at once", () => {
  const { alice, bob } = scene()
  const [, , message] = packetsOf(alice, say(alice, "hello")) as [Packet, Packet, Packet]
  assertRefused(bob.state, () => protocol.process(bob.state, bob.context, message), "no-sender-key")
  const strange = { ...message, from: "dave" }
  assertRefused(bob.state, () => protocol.process(bob.state, bob.context, strange), "not-a-member")
})

test("a member who holds another's key cannot speak in its name", () => {
  const { alice, bob, carol } = scene()
  deliver(alice, say(alice, "hello"), [bob, carol])
  deliver(bob, say(bob, "hello"), [alice, carol])
  const forged = { ...(packetsOf(bob, say(bob, "I am Alice")).at(-1) as Packet), from: "alice" }
  assertRefused(carol.state, () => protocol.process(carol.state, carol.context, forged), "no-sender-key")
})

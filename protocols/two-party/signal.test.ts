import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { memberContext } from "../vectors/member-context.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { type SignalChannels, signal } from "./signal.ts"

type Member = { readonly channels: SignalChannels; readonly context: Context }

/** @param known - whose bundles the server hands out */
function member(name: string, known: Readonly<Record<string, Member>> = {}): Member {
  const fetchBundle = (peer: string) => bundleOf(known[peer] ?? assert.fail(`no bundle of ${peer}`))
  const context = memberContext(name, fetchBundle)
  return { channels: signal.init(context), context }
}

const bundleOf = ({ channels, context }: Member) =>
  signal.publishBundle(channels, context, channels.keys.preKeys.size + 1)
const send = ({ channels, context }: Member, to: string, text: string) =>
  signal.encrypt(channels, context, to, utf8(text))
const receive = ({ channels, context }: Member, from: string, bytes: Uint8Array) =>
  Buffer.from(signal.decrypt(channels, context, from, bytes)).toString()

function opened() {
  const bob = member("bob")
  const alice = member("alice", { bob })
  signal.open(alice.channels, alice.context, "bob")
  return { alice, bob }
}

test("a channel carries messages both ways, libsignal's number of the kind of message first", () => {
  const { alice, bob } = opened()
  const first = send(alice, "bob", "hello")
  assert.deepEqual([first[0], first[1]], [3, 0x34])
  assert.equal(receive(bob, "alice", first), "hello")
  const answer = send(bob, "alice", "answer")
  assert.deepEqual([answer[0], answer[1]], [2, 0x34])
  assert.equal(receive(alice, "bob", answer), "answer")
})

test("channels with different peers do not meet", () => {
  const { alice, bob } = opened()
  const carol = member("carol", { bob })
  signal.open(carol.channels, carol.context, "bob")
  const [first, other] = [send(alice, "bob", "from Alice"), send(carol, "bob", "from Carol")]
  assert.equal(receive(bob, "alice", first), "from Alice")
  assertRefused(bob.channels, () => receive(bob, "alice", other), "untrusted-identity")
  assert.equal(receive(bob, "carol", other), "from Carol")
})

test("there is a channel once it was opened or answered, and while it is young enough", () => {
  const { alice, bob } = opened()
  const old: Context = { ...alice.context, now: 31 * 24 * 60 * 60 }
  assert.ok(signal.hasChannel(alice.channels, alice.context, "bob"))
  assert.ok(!signal.hasChannel(alice.channels, old, "bob"))
  assert.ok(!signal.hasChannel(alice.channels, alice.context, "carol"))
  assert.ok(!signal.hasChannel(bob.channels, bob.context, "alice"))
  receive(bob, "alice", send(alice, "bob", "hello"))
  assert.ok(signal.hasChannel(bob.channels, { ...bob.context, now: old.now }, "alice"))
})

test("without a channel nothing is sent, and a refused first message leaves no peer behind", () => {
  const { alice, bob } = opened()
  assertRefused(bob.channels, () => send(bob, "alice", "hello"), "no-session")
  const first = send(alice, "bob", "hello")
  const tampered = first.with(first.length - 10, (first.at(-10) as number) ^ 1)
  assert.throws(() => receive(bob, "alice", tampered))
  assert.equal(bob.channels.peers.size, 0)
  for (const wrong of [new Uint8Array(0), first.with(0, 7), first.with(0, 0)]) {
    assertRefused(bob.channels, () => receive(bob, "alice", wrong), "bad-encoding")
  }
})

test("a bundle that is not the peer's own opens nothing", () => {
  const [alice, bob] = [member("alice"), member("bob")]
  const bundle = bundleOf(bob)
  const open = (bytes: Uint8Array) =>
    signal.open(alice.channels, { ...alice.context, fetchBundle: () => bytes }, "bob")
  assertRefused(alice.channels, () => open(bundle.subarray(0, -1)), "bad-encoding")
  const forged = bundle.with(60, (bundle[60] as number) ^ 1)
  assertRefused(alice.channels, () => open(forged), "bad-signature")
})

test("a thief of the sender's channels overhears, a stranger does not", () => {
  const { alice, bob } = opened()
  const copy = structuredClone(alice.channels)
  const message = send(alice, "bob", "hello")
  const heard = signal.overhear(copy, alice.context, "bob", message)
  assert.deepEqual(heard, utf8("hello"))
  assertRefused(
    bob.channels,
    () => signal.overhear(bob.channels, bob.context, "alice", message),
    "no-session",
  )
})

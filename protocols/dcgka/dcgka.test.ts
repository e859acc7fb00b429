/** A group's life, step by step: who derives which update secret when, and that nothing is left behind. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { toHex } from "../bytes.ts"
import type { MemberId } from "../ids.ts"
import { signal } from "../two-party/signal.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { assertQuiet } from "../vectors/dcgka-quiet.ts"
import { dcgka } from "./dcgka.ts"

const TRIO = ["a", "b", "c"]

function created(names: readonly MemberId[], channel = twoSm as TwoParty<unknown>): Network {
  const network = new Network(dcgka(channel), names)
  network.create(names[0] as MemberId, names)
  network.settle()
  return network
}

/** Everybody speaks and is understood, and all agree. */
function converse(network: Network): void {
  for (const name of network.members()) network.say(name)
  network.settle()
  assertQuiet(network)
}

/** Names of the update secrets of `owner`, as `viewer` has learnt them. */
const learnt = (network: Network, viewer: MemberId, owner: MemberId): string[] =>
  (network.secrets.get(owner)?.get(viewer) ?? []).map((secret) => secret.split(" ")[0] as string)

test("create: the creator's secret comes with the seed, each other's with its acknowledgement", () => {
  const network = new Network(dcgka(twoSm), TRIO)
  network.create("a", TRIO)
  network.deliverFrom("b", "a")
  assert.deepEqual([learnt(network, "b", "a"), learnt(network, "b", "b")], [["1"], ["1"]])
  assert.deepEqual([learnt(network, "a", "a"), learnt(network, "a", "b")], [["1"], []])
  network.deliverFrom("a", "b")
  assert.deepEqual(learnt(network, "a", "b"), ["1"])
  network.settle()
  converse(network)
})

test("update: n − 1 ciphertexts and n − 1 acknowledgements give everybody a new secret", () => {
  const network = created(TRIO)
  const [packet] = network.update("b")
  assert.deepEqual(packet?.kind === "broadcast" && [...(packet.direct ?? new Map()).keys()], ["a", "c"])
  network.settle()
  for (const viewer of TRIO) {
    for (const owner of TRIO) assert.equal(learnt(network, viewer, owner).length, 2)
  }
  converse(network)
})

test("add: the newcomer gets the adder's chain with its welcome, the others' with their answers", () => {
  const network = created(TRIO)
  network.register("d")
  network.add("a", "d")
  network.deliverFrom("d", "a")
  assert.deepEqual([...network.group("d").ratchets.keys()].sort(), ["a", "d"])
  network.deliverFrom("b", "a")
  network.deliverFrom("d", "b")
  assert.deepEqual([...network.group("d").ratchets.keys()].sort(), ["a", "b", "d"])
  network.settle()
  converse(network)
})

test("a newcomer has the secrets from its addition on, whatever went before", () => {
  const network = created(TRIO)
  network.update("a")
  network.settle()
  network.register("d")
  network.add("b", "d")
  network.settle()
  for (const owner of TRIO) assert.equal(learnt(network, "d", owner).length, 1)
  assert.deepEqual(learnt(network, "a", "d"), ["1"])
  converse(network)
})

test("remove: the one who is removed learns of that and of nothing else, and keeps no secret", () => {
  const network = created(TRIO)
  const [packet] = network.remove("a", "c")
  assert.deepEqual(packet?.kind === "broadcast" && [...(packet.direct ?? new Map()).keys()], ["b"])
  network.settle()
  const { group } = network.device("c").state
  assert.equal(network.isIn("c"), false)
  assert.deepEqual(
    [group?.own, group?.ratchets.size, group?.received.size, group?.memberSecrets.size],
    [undefined, 0, 0, 0],
  )
  assert.equal(learnt(network, "c", "b").length, 1, "only that of the creation")
  converse(network)
})

for (const channel of [twoSm, signal] as TwoParty<unknown>[]) {
  test(`two talk over ${channel.name}, a third joins, all update and talk, the third goes, all update and talk`, () => {
    const network = created(["a", "b"], channel)
    const renew = () => {
      for (const name of network.members()) {
        network.update(name)
        network.settle()
        converse(network)
      }
    }
    renew()
    network.register("c")
    network.add("b", "c")
    network.settle()
    renew()
    network.remove("a", "c")
    network.settle()
    renew()
    assert.deepEqual(network.members(), ["a", "b"])
  })
}

test("the last one left goes on alone, and takes others in again", () => {
  const network = created(["a", "b"])
  network.remove("a", "b")
  network.settle()
  network.update("a")
  network.say("a", "to myself")
  network.settle()
  network.add("a", "b")
  network.settle()
  assert.equal(network.group("b").self, "b#2")
  converse(network)
})

test("two who remove each other are both out, and so is the group", () => {
  const network = created(["a", "b"])
  network.remove("a", "b")
  network.remove("b", "a")
  network.settle()
  assert.deepEqual(network.members(), [])
})

test("one removes itself: it knows its own seed, so it sends none, and one update follows before the next message", () => {
  const network = created(TRIO)
  const [packet] = network.remove("c", "c")
  assert.equal(packet?.kind === "broadcast" && packet.direct, undefined)
  network.settle()
  assert.deepEqual(network.members(), ["a", "b"])
  assert.equal(network.say("a").length, 2, "an update, then the message")
  network.settle()
  assert.equal(network.say("b").length, 1, "which does for all")
  network.settle()
  converse(network)
})

test("devices that were removed may form a group of their own", () => {
  const network = created(["a", "b", "c", "d"])
  network.remove("a", "c")
  network.settle()
  network.remove("a", "d")
  network.settle()
  network.create("c", ["c", "d"])
  network.settle()
  assert.notDeepEqual(network.group("c").groupId, network.group("a").groupId)
  for (const name of ["c", "d"]) network.say(name)
  network.settle()
  assert.deepEqual([...network.group("d").membership.members], ["c", "d"])
})

test("a device without a group refuses to act in one", () => {
  const network = new Network(dcgka(twoSm), TRIO)
  for (const act of [() => network.update("a"), () => network.say("a"), () => network.remove("a", "b")]) {
    assert.throws(act, { code: "not-a-member" })
  }
})

test("when all have acknowledged, no one-time prekey, member secret or operation is left", () => {
  for (const channel of [twoSm, signal] as TwoParty<unknown>[]) {
    const network = created(["a", "b", "c", "d"], channel)
    network.register("e")
    network.add("b", "e")
    network.settle()
    converse(network)
    for (const name of ["b", "c", "d", "e"]) {
      const { group, channels } = network.device(name).state
      assert.equal(group?.membership.adds.size, 0)
      assert.deepEqual([...(channels as { keys: { preKeys: Map<number, unknown> } }).keys.preKeys], [], name)
    }
  }
})

for (const operation of ["add", "update"] as const)
  test(`when all have acknowledged an ${operation}, nobody has anything left of the chains before it`, () => {
    const network = created(TRIO)
    network.register("d")
    converse(network)
    const old = TRIO.flatMap((name) => chainsOf(network, name))
    if (operation === "add") network.add("a", "d")
    else network.update("a")
    network.settle()
    for (const name of network.members()) {
      const held = new Set([...byteStringsIn(network.group(name))].map(toHex))
      assert.deepEqual(
        old.filter((key) => held.has(key)),
        [],
        name,
      )
    }
  })

/** What follows from a member's latest update: its outer chain, and its sending chain as it is now. */
function chainsOf(network: Network, name: MemberId): string[] {
  const { ratchets, self, own } = network.group(name)
  return [ratchets.get(self), own?.chainKey].map((key) => toHex(key ?? assert.fail("no chain")))
}

function* byteStringsIn(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value
  else if (value instanceof Map) yield* byteStringsIn([...value.values()])
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) yield* byteStringsIn(part)
}

test("each operation of a member, an addition too, brings it a fresh signing key that the others take over", () => {
  const network = created(TRIO)
  network.register("d")
  const keyOf = (): string => toHex(network.group("a").signing.public)
  const known = (viewer: MemberId): string =>
    toHex(network.group(viewer).peers.get("a")?.signingKey as Uint8Array)
  const operations = [() => network.update("a"), () => network.add("a", "d"), () => network.remove("a", "c")]
  for (const operate of operations) {
    const before = keyOf()
    operate()
    network.settle()
    assert.notEqual(keyOf(), before)
    assert.equal(known("b"), keyOf())
  }
})

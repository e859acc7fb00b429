import assert from "node:assert/strict"
import { test } from "node:test"
import { hasCode } from "../../protocols/errors.ts"
import type { RosterChange } from "../../protocols/group.ts"
import { seededPick } from "../plan/seeded-pick.ts"
import { DeliveryService } from "./delivery-service.ts"
import type { Delivery } from "./network.ts"

const newService = (roster: readonly string[] = []) =>
  new DeliveryService({ roster, shelves: new Map(), ordered: 0 }, "total", seededPick(1, "order"))

test("only a device that is registered has bundles to hand out, numbered from 1", () => {
  const service = newService()
  service.registerDevice("alice")
  assert.equal(service.shelfOf("alice").id, 1)
  assert.throws(
    () => service.shelfOf("nobody"),
    (error) => hasCode(error, "missing-prekey"),
  )
})

test("a change of the roster goes to the members before and after, each once", () => {
  const service = newService()
  const announced = (change: RosterChange) => {
    service.announce(change)
    const arrivals = waitingAt(service)
    const members = new Set(arrivals.map(({ step }) => step.kind === "notice" && step.notice.members))
    return { members: [...members].flat(), to: arrivals.map(({ to }) => to) }
  }
  const two = ["alice", "bob"]
  assert.deepEqual(announced({ kind: "create", members: two }), { members: two, to: two })
  const three = [...two, "carol"]
  assert.deepEqual(announced({ kind: "add", added: "carol" }), { members: three, to: three })
  const rest = ["alice", "carol"]
  assert.deepEqual(announced({ kind: "remove", removed: "bob" }), { members: rest, to: three })
  assert.deepEqual(service.state.roster, rest)
})

test("a broadcast goes to all but its sender, a two-party packet to its addressee alone", () => {
  const service = newService(["alice", "bob", "carol"])
  const bytes = Uint8Array.of(1)
  const toCarol = { kind: "two-party", to: "carol", bytes } as const
  assert.deepEqual(service.upload("bob", { packets: [{ kind: "broadcast", bytes }, toCarol] }), [
    { packet: { kind: "broadcast", bytes, from: "bob" }, recipients: ["alice", "carol"] },
    { packet: { ...toCarol, from: "bob" }, recipients: ["carol"] },
  ])
  assert.deepEqual(arrivalsOf(service), ["alice", "carol", "carol"])
})

test("what travels with a broadcast for one recipient reaches nobody else", () => {
  const service = newService(["alice", "bob", "carol"])
  const [bytes, forCarol] = [Uint8Array.of(1), Uint8Array.of(2)]
  const direct = new Map([["carol", forCarol]])
  service.upload("bob", { packets: [{ kind: "broadcast", bytes, direct }] })
  const packet = { kind: "broadcast", bytes, from: "bob" }
  assert.deepEqual(service.next()?.step, { kind: "packet", packet })
  assert.deepEqual(service.next()?.step, { kind: "packet", packet: { ...packet, direct } })
})

test("packets that carry a change go to the members before it, those that create a group to its members", () => {
  const service = newService()
  const packets = [{ kind: "broadcast", bytes: Uint8Array.of(1) }] as const
  const members = ["alice", "bob", "carol"]
  service.upload("alice", { packets, carriedChange: { kind: "create", members } })
  assert.deepEqual(arrivalsOf(service), ["bob", "carol"])
  service.upload("alice", { packets, carriedChange: { kind: "remove", removed: "carol" } })
  assert.deepEqual(arrivalsOf(service), ["bob", "carol"])
  service.upload("alice", { packets, carriedChange: { kind: "add", added: "dave" } })
  assert.deepEqual(arrivalsOf(service), ["bob"])
  assert.deepEqual(service.state.roster, ["alice", "bob", "dave"])
})

test("a newcomer also gets the broadcasts that had not reached the one who added it", () => {
  const service = newService(["alice", "bob", "carol"])
  const packets = [{ kind: "broadcast", bytes: Uint8Array.of(1) }] as const
  const welcome = { kind: "welcome", to: ["dave"], bytes: Uint8Array.of(2) } as const
  service.upload("bob", { packets })
  service.upload("alice", { packets: [welcome], carriedChange: { kind: "add", added: "dave" } })
  assert.deepEqual(arrivalsOf(service), ["alice", "carol", "dave", "dave"])
})

test("of ordered steps that were made at once one is taken, and comes back to its sender", () => {
  const service = newService(["alice", "bob"])
  const packets = [{ kind: "broadcast", bytes: Uint8Array.of(1) }] as const
  const recipientsOf = (from: string, ordinal: number) =>
    service.upload(from, { packets, ordinal }).map(({ recipients }) => recipients)
  assert.deepEqual(recipientsOf("alice", 0), [["bob"]])
  assert.deepEqual(recipientsOf("bob", 0), [[]], "too late")
  assert.deepEqual(arrivalsOf(service), ["bob", "alice"])
  assert.deepEqual(recipientsOf("bob", 1), [["alice"]])
})

test("what is for somebody offline waits, a newcomer's share of it too, until it connects", () => {
  const service = newService(["alice", "bob"])
  const packets = [{ kind: "broadcast", bytes: Uint8Array.of(1) }] as const
  service.disconnect("bob")
  service.upload("alice", { packets })
  service.upload("bob", { packets, carriedChange: { kind: "add", added: "carol" } })
  assert.ok(service.isOffline("bob"))
  assert.deepEqual(arrivalsOf(service), ["alice", "carol"])
  service.connect("bob")
  assert.ok(!service.isOffline("bob"))
  assert.deepEqual(arrivalsOf(service), ["bob"])
})

test("who was removed is known, until it is added again", () => {
  const service = newService(["alice", "bob"])
  service.announce({ kind: "remove", removed: "bob" })
  assert.deepEqual(
    ["alice", "bob"].map((member) => service.hasRemoved(member)),
    [false, true],
  )
  service.upload("alice", { carriedChange: { kind: "add", added: "bob" } })
  assert.ok(!service.hasRemoved("bob"))
})

/** What is delivered until nothing waits. */
function waitingAt(service: DeliveryService): Delivery[] {
  const delivery = service.next()
  return delivery === undefined ? [] : [delivery, ...waitingAt(service)]
}

/** Who gets something, until nothing waits. */
const arrivalsOf = (service: DeliveryService): string[] => waitingAt(service).map(({ to }) => to)

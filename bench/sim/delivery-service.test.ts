import assert from "node:assert/strict"
import { test } from "node:test"
import { hasCode } from "../../protocols/errors.ts"
import { seededPick } from "../plan/seeded-pick.ts"
import { DeliveryService } from "./delivery-service.ts"

const newService = (roster: readonly string[] = []) =>
  new DeliveryService({ roster, shelves: new Map() }, "total", seededPick(1, "order"))

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
  const announced = (change: Parameters<DeliveryService["announce"]>[0]) => {
    const { notice, to } = service.announce(change)
    return { members: notice.members, to }
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
  const broadcast = service.upload("bob", { kind: "broadcast", bytes })
  assert.deepEqual(broadcast, { kind: "broadcast", bytes, from: "bob" })
  assert.deepEqual(service.recipients(broadcast), ["alice", "carol"])
  const packet = service.upload("bob", { kind: "two-party", to: "carol", bytes })
  assert.deepEqual(service.recipients(packet), ["carol"])
  const arrivals = [service.next(), service.next(), service.next()].map((delivery) => delivery?.to)
  assert.deepEqual(arrivals, ["alice", "carol", "carol"])
  assert.equal(service.next(), undefined)
})

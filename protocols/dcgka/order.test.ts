/** What is taken in when: what comes too early is refused for now, and its recipient stays as it was. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Packet } from "../group.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { dcgka } from "./dcgka.ts"

const TRIO = ["a", "b", "c"]

function trio(): Network {
  const network = new Network(dcgka(twoSm), [...TRIO, "d"])
  network.create("a", TRIO)
  network.settle()
  return network
}

test("an author's messages are taken in their order, each once", () => {
  const network = trio()
  const [[first], [second]] = [network.update("a"), network.update("a")] as [[Packet], [Packet]]
  network.refuses("b", second, "early")
  network.take("b", first)
  network.refuses("b", first, "duplicate")
  network.take("b", second)
  network.refuses("b", first, "duplicate")
  network.refuses("b", second, "duplicate")
  network.refuses("a", first, "duplicate")
})

test("an acknowledgement waits for what it acknowledges", () => {
  const network = trio()
  network.update("a")
  network.deliverFrom("b", "a")
  const [ack] = network.sentBy("b").slice(-1) as [Packet]
  network.refuses("c", ack, "early")
  network.deliverFrom("c", "a")
  network.take("c", ack)
})

test("a newcomer's first message waits for the addition that it acknowledges, and its others for that", () => {
  const network = trio()
  network.add("a", "d")
  network.deliverFrom("d", "a")
  const [ack] = network.sentBy("d") as [Packet]
  network.refuses("b", ack, "early")
  network.deliverFrom("b", "a")
  network.take("b", ack)
})

test("a new chain waits for what was said on the old one", () => {
  const network = trio()
  const [said] = network.say("a") as [Packet]
  const [update] = network.update("a") as [Packet]
  network.refuses("b", update, "early")
  assert.ok(network.take("b", said))
  network.take("b", update)
})

test("and for a message that was jumped over", () => {
  const network = trio()
  const [[first], [second]] = [network.say("a"), network.say("a")] as [[Packet], [Packet]]
  const [update] = network.update("a") as [Packet]
  network.take("b", second)
  network.refuses("b", update, "early")
  network.take("b", first)
  network.take("b", update)
})

test("what is said waits for its chain; on a chain that was replaced nothing is said any more", () => {
  const network = trio()
  const [old] = network.say("a") as [Packet]
  const [update] = network.update("a") as [Packet]
  const [said] = network.say("a") as [Packet]
  network.refuses("b", said, "no-sender-key")
  for (const packet of [old, update, said]) network.take("b", packet)
  network.refuses("b", old, "duplicate")
})

test("a device waits for its group", () => {
  const network = trio()
  const packets = [...network.update("a"), ...network.say("a")]
  for (const packet of packets) network.refuses("d", packet, "early")
})

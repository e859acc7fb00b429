/** What crosses: ePrint 2020/1281 of 2020-10-07, §6.2.5, and removals under strong removal. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { toHex } from "../bytes.ts"
import type { DirectMessages, Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { assertQuiet } from "../vectors/dcgka-quiet.ts"
import { dcgka } from "./dcgka.ts"
import { decodeSigned } from "./messages.ts"

const FOUR = ["a", "b", "c", "d"]

function four(): Network {
  const network = new Network(dcgka(twoSm), [...FOUR, "e", "f"])
  network.create("a", FOUR)
  network.settle()
  return network
}

/** Everything arrives, all agree, and everybody's next message is read by all. */
function assertAgreed(network: Network): void {
  network.settle()
  assertQuiet(network)
  for (const name of network.members()) network.say(name)
  network.settle()
  assertQuiet(network)
}

/** `to` hears the next of each of `from`; what it answers. */
function hears(network: Network, to: MemberId, ...from: readonly MemberId[]): Packet[] {
  const before = network.sentBy(to).length
  for (const sender of from) assert.ok(network.deliverFrom(to, sender), `${to} hears ${sender}`)
  return network.sentBy(to).slice(before)
}

const kindOf = ({ from, bytes }: Packet): string => decodeSigned(from, bytes.subarray(1)).body.kind
const recipientsOf = (packet: Packet | undefined): MemberId[] =>
  packet?.kind === "broadcast" ? [...((packet.direct ?? new Map()) as DirectMessages).keys()] : []

describe("an update by a crosses the addition of e by c;", () => {
  const crossing = (): Network => {
    const network = four()
    network.update("a")
    network.add("c", "e")
    return network
  }

  test("who heard of the update first has it in the chain that it gives the newcomer", () => {
    const network = crossing()
    const [ack, addAck] = hears(network, "b", "a", "c")
    assert.deepEqual([kindOf(ack as Packet), recipientsOf(ack)], ["ack", []])
    assert.deepEqual([kindOf(addAck as Packet), recipientsOf(addAck)], ["add-ack", ["e"]])
    assertAgreed(network)
  })

  test("who heard of the addition first forwards its member secret to the newcomer, and not in the clear", () => {
    const network = crossing()
    hears(network, "b", "c")
    const [ack] = hears(network, "b", "a")
    assert.deepEqual([kindOf(ack as Packet), recipientsOf(ack)], ["ack", ["e"]])
    hears(network, "c", "a") // it holds the member secret of b now
    const secrets = [...network.group("c").memberSecrets.values()].flatMap((byMember) => [
      ...byMember.values(),
    ])
    assert.ok(secrets.length > 0)
    for (const secret of secrets) assert.ok(!toHex((ack as Packet).bytes).includes(toHex(secret)))
    assertAgreed(network)
  })

  test("the newcomer acknowledges the update without a secret: its chain stays, and goes on being read", () => {
    const network = crossing()
    hears(network, "e", "c")
    const before = structuredClone(network.group("e").own)
    const [ack] = hears(network, "e", "a")
    assert.deepEqual([kindOf(ack as Packet), recipientsOf(ack)], ["ack", []])
    assert.deepEqual(network.group("e").own, before)
    network.settle()
    assert.equal(network.group("a").received.get(`e/${toHex(network.group("a").groupId)}`)?.[0]?.chainId, 1)
    assertAgreed(network)
  })
})

test("a removal by a crosses the addition of e by the removed c: e is out, and nobody gives it anything", () => {
  for (const order of [
    ["a", "c"],
    ["c", "a"],
  ]) {
    const network = four()
    network.remove("a", "c")
    network.add("c", "e")
    const answers = hears(network, "b", ...order)
    const toE = answers.filter((packet) => recipientsOf(packet).includes("e")).map(kindOf)
    assert.deepEqual(
      toE,
      order[0] === "c" ? ["add-ack"] : [],
      "before it knew of the removal it could not tell",
    )
    network.settle()
    assert.deepEqual(network.members(), ["a", "b", "d"])
    assert.equal(network.isIn("e"), false)
    assertAgreed(network)
  }
})

test("two additions cross: each newcomer gets the other's chain with an answer", () => {
  const network = four()
  network.add("a", "e")
  network.add("b", "f")
  hears(network, "e", "a")
  const [answer] = hears(network, "e", "b")
  assert.deepEqual([kindOf(answer as Packet), recipientsOf(answer)], ["add-ack", ["f"]])
  assertAgreed(network)
  assert.equal(network.group("e").ratchets.size, 6)
})

test("a newcomer's own operations cross those of one who does not know it yet", () => {
  const network = four()
  network.add("a", "e")
  hears(network, "e", "a")
  network.update("e")
  network.update("d")
  network.add("d", "f")
  assertAgreed(network)
})

test("everybody updates at once, and again before all have heard: all agree on everybody's secrets", () => {
  const network = four()
  for (const name of FOUR) network.update(name)
  hears(network, "b", "a", "d")
  for (const name of FOUR) network.update(name)
  assertAgreed(network)
})

test("what one says before it knows a newcomer is nothing to that, whenever it arrives", () => {
  const network = four()
  network.add("a", "e")
  network.say("b")
  hears(network, "e", "a", "b")
  network.say("b")
  hears(network, "b", "a")
  assertAgreed(network)
})

describe("removals that cross:", () => {
  test("mutual ones take effect both", () => {
    const network = four()
    network.remove("a", "b")
    network.remove("b", "a")
    network.settle()
    assert.deepEqual(network.members(), ["c", "d"])
    assertAgreed(network)
  })

  test("what a removed member sent before it knew is taken in, but nothing that it says is read", () => {
    const network = four()
    network.remove("a", "d")
    network.update("d")
    network.say("d")
    hears(network, "b", "d") // before it hears of the removal
    hears(network, "c", "a", "d") // and after
    assertAgreed(network)
  })

  test("whoever speaks first updates first, once; the others' debt is paid with that", () => {
    const network = four()
    network.remove("a", "c")
    network.remove("b", "d")
    network.settle()
    assert.deepEqual([network.group("a").owesUpdate, network.group("b").owesUpdate], [true, true])
    assert.deepEqual(
      network.say("a").map(({ bytes }) => bytes[0]),
      [64, 7],
    )
    network.settle()
    assert.deepEqual([network.group("a").owesUpdate, network.group("b").owesUpdate], [false, false])
    assert.equal(network.say("b").length, 1)
    assertAgreed(network)
  })

  test("being able to send means having updated", () => {
    const network = four()
    network.remove("a", "c")
    network.remove("b", "d")
    network.settle()
    const prepare = () =>
      network.act("b", (protocol, state, context) => protocol.prepareToSend(state, context))
    assert.deepEqual([prepare().length, prepare().length], [1, 0])
    assertAgreed(network)
  })

  test("an update that crosses one of the removals does not pay", () => {
    const network = four()
    network.register("g")
    network.add("a", "g")
    network.settle()
    network.remove("a", "c")
    network.remove("b", "d")
    network.update("g")
    network.settle()
    for (const name of ["a", "b", "g"]) assert.equal(network.group(name).owesUpdate, true, name)
    assertAgreed(network)
  })

  test("one who is added while the debt stands owes it too", () => {
    const network = four()
    network.remove("a", "c")
    network.remove("b", "d")
    network.settle()
    network.add("a", "e")
    network.settle()
    assert.equal(network.group("e").owesUpdate, true)
    assert.equal(network.say("e").length, 2)
    assertAgreed(network)
  })
})

test("a member is away through five updates, an addition and a removal, and catches up", () => {
  const network = four()
  const others = (count: number) => {
    for (let round = 0; round < count; round++) {
      for (const to of ["a", "b", "c", "e"])
        for (const from of ["a", "b", "c", "e"]) network.deliverFrom(to, from)
    }
  }
  for (const name of ["a", "b", "a", "c", "a"]) {
    network.update(name)
    network.say(name)
    others(3)
  }
  network.add("b", "e")
  others(4)
  network.remove("a", "c")
  others(4)
  network.say("e")
  assertAgreed(network)
  assert.deepEqual(network.members(), ["a", "b", "d", "e"])
})

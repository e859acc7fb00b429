/** Bytes from the wire: there and back, and however they were damaged, whoever signed them. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { concat } from "../bytes.ts"
import type { Context } from "../context.ts"
import { ProtocolError } from "../errors.ts"
import type { Packet } from "../group.ts"
import { decodeList, encodeList } from "../protobuf.ts"
import { type TwoSmChannels, twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { drawFrom, FUZZ_CASES } from "../vectors/fuzz.ts"
import { mutate } from "../vectors/protobuf-mutations.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { CONTENT, CONTROL_MESSAGE, tagged, untagged } from "../wire.ts"
import { dcgka } from "./dcgka.ts"
import { decodeControl, decodeSigned, encodeControl } from "./messages.ts"
import { decodeWelcome, encodeWelcome } from "./welcome.ts"

const SIGNATURE_LENGTH = 64
const draw = drawFrom("dcgka messages")

function scene() {
  const network = new Network(dcgka(twoSm), ["a", "b", "c", "d", "e"])
  network.create("a", ["a", "b", "c", "d"])
  network.settle()
  return network
}

/** A message of each kind by a or b, before c has heard of it; which device is to hear it. */
const KINDS: Readonly<Record<string, (network: Network) => readonly [Packet | undefined, string]>> = {
  create: () => {
    const network = new Network(dcgka(twoSm), ["a", "c"])
    return [network.create("a", ["a", "c"])[0], "c"]
  },
  update: (network) => [network.update("a")[0], "c"],
  remove: (network) => [network.remove("a", "d")[0], "c"],
  add: (network) => [network.add("a", "e")[0], "c"],
  ack: (network) => answered(network, () => network.update("a")),
  "add-ack": (network) => answered(network, () => network.add("a", "e")),
}

function answered(network: Network, act: () => void): [Packet | undefined, string] {
  act()
  network.deliverFrom("c", "a")
  network.deliverFrom("b", "a")
  return [network.sentBy("b").at(-1), "c"]
}

const unsigned = ({ bytes }: Packet): Uint8Array => bytes.subarray(1, -SIGNATURE_LENGTH)

describe("control messages:", () => {
  for (const [kind, make] of Object.entries(KINDS)) {
    test(`${kind}: what is read is what was written, to the byte`, () => {
      const [packet] = make(scene())
      assert.ok(packet !== undefined)
      const message = decodeSigned(packet.from, packet.bytes.subarray(1))
      assert.equal(message.body.kind, kind)
      assert.deepEqual(encodeControl(message), unsigned(packet).slice())
    })
  }

  test("what is kept of a message shares no memory with it", () => {
    const [packet] = KINDS.create?.(scene()) ?? []
    assert.ok(packet !== undefined)
    const bytes = packet.bytes.slice(1)
    const { body } = decodeSigned(packet.from, bytes)
    const before = structuredClone(body)
    bytes.fill(0)
    assert.deepEqual(body, before)
  })

  test("names are UTF-8 and not empty", () => {
    const [packet] = KINDS.remove?.(scene()) ?? []
    assert.ok(packet !== undefined)
    const body = decodeControl("a", unsigned(packet)).body
    assert.ok(body.kind === "remove")
    const encoded = (removed: string) =>
      encodeControl({ author: "a", seq: 2, spoken: 0, body: { ...body, removed } })
    assert.throws(() => decodeControl("a", encoded("")), { code: "bad-encoding" })
    const broken = encoded("x")
    assert.throws(() => decodeControl("a", broken.with(broken.length - 1, 0xff)), { code: "bad-encoding" })
  })

  test("a list holds what was put in, and nothing else is read as one", () => {
    const items = [new Uint8Array(), new Uint8Array(200), new Uint8Array([1])]
    assert.deepEqual(decodeList(encodeList(items)), items)
    assert.deepEqual(decodeList(new Uint8Array()), [])
    for (const bytes of [[0x0a], [0x0a, 2, 0], [0x12, 0], [0x08, 0]])
      assert.throws(() => decodeList(Uint8Array.from(bytes)), { code: "bad-encoding" })
  })
})

test("a message of any kind with any byte altered is refused", () => {
  for (const [kind, make] of Object.entries(KINDS)) {
    const network = kind === "create" ? new Network(dcgka(twoSm), ["a", "c"]) : scene()
    const packet = kind === "create" ? network.create("a", ["a", "c"])[0] : make(network)[0]
    assert.ok(packet !== undefined)
    const { state, context } = network.device("c")
    for (let at = 0; at < packet.bytes.length; at += 3) {
      const bytes = packet.bytes.with(at, (packet.bytes[at] as number) ^ (1 << draw(8)))
      const before = structuredClone(state)
      assert.throws(() => network.protocol.process(state, context, { ...packet, bytes }), ProtocolError)
      if (at % 12 === 0) assert.deepEqual(state, before, `${kind}, byte ${at}`)
    }
  }
})

/** Signs as the author of `packet` would have, bytes of which it knows nothing. */
function signer(network: Network, act: () => readonly Packet[]): (bytes: Uint8Array) => Uint8Array {
  const { context } = network.device("a")
  const { suite } = context
  let [covered, secret] = [new Uint8Array(), network.group("a").signing.secret]
  const spy: Context["suite"] = {
    ...suite,
    sign: (key, message) => {
      ;[covered, secret] = [message.slice(), key]
      return suite.sign(key, message)
    },
  }
  Object.assign(context, { suite: spy })
  const [packet] = act()
  Object.assign(context, { suite })
  const prefix = covered.subarray(0, covered.length - unsigned(packet as Packet).length)
  return (bytes) => concat(bytes, suite.sign(secret, concat(prefix, bytes)))
}

for (const [kind, act] of [
  ["update", (network: Network) => network.update("a")],
  ["remove", (network: Network) => network.remove("a", "d")],
  ["add", (network: Network) => network.add("a", "e").slice(0, 1)],
] as const) {
  test(`${kind}: whatever a member signs, the others take it or stay as they were`, () => {
    const network = scene()
    let [packet] = [] as Packet[]
    const sign = signer(network, () => {
      const sent = act(network)
      packet = sent[0]
      return sent
    })
    assert.ok(packet?.kind === "broadcast")
    const { state, context } = network.device("c")
    for (let index = 0; index < FUZZ_CASES / 8; index++) {
      const damaged = { ...packet, bytes: tagged(CONTROL_MESSAGE, sign(mutate(unsigned(packet), draw))) }
      const copy = structuredClone(state)
      try {
        network.protocol.process(copy, context, damaged)
      } catch (error) {
        assert.ok(error instanceof ProtocolError, `case ${index}: ${error}`)
        // Of a ciphertext that is not what was signed for, the channel knows that it came
        if (error.detail === "bad-commitment") assert.deepEqual(copy.group, state.group, `case ${index}`)
        else assert.deepEqual(copy, state, `case ${index}`)
      }
    }
  })
}

describe("a welcome:", () => {
  /** e's, as its channel carries it, and how a sends it another. */
  function welcomed() {
    const network = scene()
    network.remove("b", "d")
    network.settle()
    network.remove("b", "c")
    const [, packet] = network.add("a", "e")
    assert.ok(packet?.kind === "two-party")
    const { state, context } = network.device("e")
    const channels = structuredClone(state.channels)
    const { tag, body } = untagged(twoSm.decrypt(channels as TwoSmChannels, context, "a", packet.bytes))
    assert.equal(tag, CONTENT.welcome)
    return { network, packet, body: body.slice() }
  }

  test("what is read is what was written, to the byte: members, those removed, and what is under way", () => {
    const { body } = welcomed()
    const welcome = decodeWelcome(body)
    assert.deepEqual(
      [[...welcome.membership.members], [...welcome.membership.removed]],
      [["a", "b", "c"], ["d"]],
    )
    assert.deepEqual(encodeWelcome(welcome), body.slice(0, -SIGNATURE_LENGTH))
  })

  test("damaged in any way it is refused, and the newcomer is in no group", () => {
    const { network, body } = welcomed()
    const { state, context } = network.device("e")
    for (let index = 0; index < FUZZ_CASES / 4; index++) {
      const damaged = mutate(body.subarray(0, -SIGNATURE_LENGTH), draw)
      try {
        decodeWelcome(concat(damaged, body.subarray(-SIGNATURE_LENGTH)))
      } catch (error) {
        assert.ok(error instanceof ProtocolError, `case ${index}: ${error}`)
      }
    }
    const altered = body.with(20, (body[20] as number) ^ 1)
    const { channels } = network.device("a").state
    const content = tagged(CONTENT.welcome, altered)
    const bytes = twoSm.encrypt(channels as TwoSmChannels, network.device("a").context, "e", content)
    const forged: Packet = { kind: "two-party", from: "a", to: "e", bytes }
    network.deliverFrom("e", "a") // the genuine one goes before it on the channel
    state.group = undefined
    assert.throws(() => network.protocol.process(state, context, forged), ProtocolError)
    assert.equal(state.group, undefined)
  })

  test("by another than the channel's sender, or for another device, it does not fit", () => {
    const { network, packet } = welcomed()
    const { state, context } = network.device("e")
    assertRefused(
      state,
      () => network.protocol.process(state, context, { ...packet, from: "b" }),
      "invalid-message",
    )
  })
})

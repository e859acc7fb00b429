/** The driver notices when members disagree. Protocols of a few lines, each wrong in one way, show it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { Packet } from "../../protocols/group.ts"
import { awaited, listen, NATIVE, protocolNamed, restingGroup, says, transcript } from "./fixture.ts"
import { Group } from "./group.ts"
import { inTurn } from "./in-turn.ts"
import { DELIVERY_ORDERS } from "./network.ts"
import { talk } from "./operations.ts"
import { groupOf, received, secretOf, type toy } from "./toy-fixture.ts"

test("where all agree, nothing is said", async () => {
  const group = await groupOf({})
  await group.act("alice", { kind: "update" })
  await talk(group, group.roster)
})

test("two members who derive different update secrets end the run", async () => {
  const group = await groupOf({ process: (_state, _context, { from }) => ({ secrets: [secretOf(from, 2)] }) })
  await assert.rejects(() => group.act("alice", { kind: "update" }), /disagree on a secret of alice/)
})

test("words that nobody sent end the run, and so do the right words twice", async () => {
  const plaintext = utf8("other words")
  const liar = await groupOf({ process: (_state, _context, { from }) => ({ message: { from, plaintext } }) })
  await assert.rejects(() => says(liar, "alice"), /words that nobody sent/)

  const parrot = await groupOf({
    send: (_state, _context, bytes) => ({
      packets: [1, 2].map(() => ({ kind: "broadcast", bytes }) as const),
    }),
  })
  await assert.rejects(() => says(parrot, "alice"), /words that nobody sent/)
})

test("a message that does not reach somebody is noticed", async () => {
  const group = await groupOf({
    send: (_state, _context, bytes) => ({ packets: [{ kind: "two-party", to: "bob", bytes }] }),
  })
  await says(group, "alice")
  assert.throws(() => group.requireAllHeard(), /carol missed 1 messages/)
})

test("a packet that comes before what it needs is tried again, however long the chain of needs", async () => {
  // The k-th message opens only after all those before it
  const process: typeof toy.process = (state, _context, packet) => {
    if (packet.bytes[0] !== state.heard) throw new ProtocolError("no-sender-key")
    return received(state, packet)
  }
  for (let seed = 0; seed < 20; seed++) {
    const group = await groupOf({ process }, { seed, order: "reordered" })
    const say = (k: number) => ["alice", { kind: "send", plaintext: Uint8Array.of(k) }] as const
    await group.perform({ actions: [0, 1, 2, 3, 4, 5].map(say) })
    group.requireAllHeard()
  }
})

test("one that never opens, or is refused for another reason, ends the run", async () => {
  const never = (code: "no-session" | "bad-signature") =>
    groupOf({
      process: () => {
        throw new ProtocolError(code)
      },
    })
  await assert.rejects(
    async () => says(await never("no-session"), "alice"),
    /2 packets could never be opened/,
  )
  await assert.rejects(async () => says(await never("bad-signature"), "alice"), /bad-signature/)
})

test("those who act in one wave have not heard one another", async () => {
  const heard: number[] = []
  const send: typeof toy.send = (state, _context, bytes) => {
    heard.push(state.heard)
    return { packets: [{ kind: "broadcast", bytes }] }
  }
  const group = await groupOf({ send })
  const say = (member: string) => [member, { kind: "send", plaintext: utf8(member) }] as const
  await group.perform({ actions: [say("alice"), say("bob"), say("carol")] })
  assert.deepEqual(heard, [0, 0, 0])
  await group.perform({ actions: [say("alice")] })
  assert.deepEqual(heard, [0, 0, 0, 2])
})

test("time passes only where a wave says so", async () => {
  const times: number[] = []
  const group = await groupOf({})
  group.observe({ onStep: ({ now }) => times.push(now) })
  await group.perform({ afterSeconds: 60, actions: [["alice", { kind: "prepare" }]] })
  await group.perform({ actions: [["alice", { kind: "prepare" }]] })
  assert.deepEqual(times, [60, 60])
})

test("an observer sees each upload with the number of its recipients, until it stops", async () => {
  const group = await groupOf({})
  const seen: string[] = []
  const stop = group.observe({
    onUpload: (packet, recipients) => seen.push(`${packet.from} ${packet.kind} ${recipients}`),
    onWave: () => seen.push("wave"),
    onNotice: () => seen.push("notice"),
  })
  await says(group, "bob")
  await group.act("alice", { kind: "remove", member: "carol" })
  stop()
  await says(group, "alice")
  assert.deepEqual(seen, ["wave", "bob broadcast 2", "wave", "notice"])
})

test("members draw from sequences of their own, so a snapshot of one group goes on like the group", async () => {
  const group = await restingGroup(protocolNamed("sender-keys"), 3)
  const secrets = group.snapshot().members.map(({ random }) => Buffer.from(random.key).toString("hex"))
  assert.equal(new Set(secrets).size, 3)
  const copy = new Group(group.protocol, NATIVE, group.snapshot())
  const uploads = await inTurn([group, copy], async (each) => {
    const packets: Packet[] = []
    each.observe({ onUpload: (packet) => packets.push(packet) })
    await each.act("m002", { kind: "update" })
    return transcript(packets)
  })
  assert.deepEqual(uploads[0], uploads[1])
})

for (const order of DELIVERY_ORDERS) {
  test(`members whose steps have to be awaited do the same one after another, order of delivery: ${order}`, async () => {
    const protocol = protocolNamed("sender-keys")
    const [atOnce, later] = await inTurn([protocol, awaited(protocol)], async (each) => {
      const group = await restingGroup(each, 3, { ...NATIVE, order })
      const wire = listen(group)
      await group.register("m003")
      await group.act("m000", { kind: "add", newcomer: "m003" })
      const everybody = group.roster.map((member) => [member, { kind: "update" }] as const)
      await group.perform({ actions: [...everybody, ...everybody] })
      await group.act("m001", { kind: "remove", member: "m002" })
      await talk(group, group.roster)
      return { wire: transcript(wire), at: group.snapshot() }
    })
    assert.deepEqual(later, atOnce)
  })
}

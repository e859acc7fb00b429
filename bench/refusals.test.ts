/** What a member refuses: it then stays exactly as it was. For every registry entry, on every suite. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../protocols/crypto/native.ts"
import { createNobleSuite } from "../protocols/crypto/noble.ts"
import { type ErrorCode, hasCode, ProtocolError } from "../protocols/errors.ts"
import type { Effects, Packet } from "../protocols/group.ts"
import { DEFAULT_SETTINGS, registry } from "../protocols/registry.ts"
import { contextIn, listen, NATIVE, restingGroup, says } from "./sim/fixture.ts"
import { Group, type GroupSnapshot } from "./sim/group.ts"
import { talk } from "./sim/operations.ts"
import { type Action, perform } from "./sim/step.ts"

const SUITES = { noble: createNobleSuite, native: createNativeSuite }

/** A group of three at rest, and what its first member then uploads; nothing of that has reached the others. */
async function scene(protocol: Group["protocol"], options: typeof NATIVE) {
  const group = await restingGroup(protocol, 3, options)
  const before = group.snapshot()
  const wire = listen(group)
  await group.act("m000", { kind: "update" })
  await says(group, "m000")
  const toBob = wire.filter(
    ({ from, ...packet }) => from === "m000" && (packet.kind !== "two-party" || packet.to === "m001"),
  )
  return { before, after: group.snapshot(), toBob }
}

for (const { name, protocol: create } of registry) {
  const protocol = create(DEFAULT_SETTINGS)

  /** One step of m001, at some moment of a group. */
  function bob(options: typeof NATIVE, snapshot: GroupSnapshot) {
    const group = new Group(protocol, options, structuredClone(snapshot))
    const { state } = group.member("m001")
    const context = contextIn(group, "m001", options)
    return {
      state,
      hears: async (packet: Packet): Promise<Effects> => protocol.process(state, context, packet),
    }
  }

  async function assertRefused(
    options: typeof NATIVE,
    at: GroupSnapshot,
    packet: Packet,
    ...codes: ErrorCode[]
  ) {
    const { state, hears } = bob(options, at)
    const before = structuredClone(state)
    await assert.rejects(
      () => hears(packet),
      (error) => error instanceof ProtocolError && (codes.length === 0 || hasCode(error, ...codes)),
    )
    assert.deepEqual(state, before)
  }

  for (const [suite, createSuite] of Object.entries(SUITES)) {
    const options = { ...NATIVE, createSuite }

    test(`${suite}: the words of one member are not taken for another's`, async () => {
      const { before, toBob } = await scene(protocol, options)
      const { state, hears } = bob(options, before)
      for (const packet of toBob) {
        const unchanged = structuredClone(state)
        await assert.rejects(hears({ ...packet, from: "m002" }), ProtocolError)
        assert.deepEqual(state, unchanged)
        await hears(packet) // which the next may need
      }
    })

    const { before, after, toBob } = await scene(protocol, options)

    describe(`${name} on ${suite} refuses, and stays as it was:`, () => {
      test("a packet with any byte altered", async () => {
        const stride = suite === "native" ? 1 : 29 // the reference is slow; which bytes matter does not depend on it
        let state = before
        for (const packet of toBob) {
          for (let at = 0; at < packet.bytes.length; at += stride) {
            const altered = packet.bytes.with(at, (packet.bytes[at] as number) ^ (1 << (at % 8)))
            await assertRefused(options, state, { ...packet, bytes: altered })
          }
          const receiver = bob(options, state)
          await receiver.hears(packet)
          const members = state.members.map((member) =>
            member.id === "m001" ? { ...member, state: receiver.state } : member,
          )
          state = { ...state, members }
        }
      })

      test("a packet cut short, or with more at its end", async () => {
        const [packet] = toBob as [Packet]
        const { bytes } = packet
        for (const length of [0, 1, 2, 40, bytes.length - 1]) {
          await assertRefused(options, before, { ...packet, bytes: bytes.subarray(0, length) })
        }
        await assertRefused(options, before, { ...packet, bytes: new Uint8Array([...bytes, 0]) })
      })

      test("a packet that it has had already", async () => {
        assert.ok(toBob.length >= 2)
        for (const packet of toBob) await assertRefused(options, after, packet, "duplicate")
      })

      test("what somebody else is said to have sent", async () => {
        for (const packet of toBob) {
          await assertRefused(options, before, { ...packet, from: "m002" })
          await assertRefused(options, before, { ...packet, from: "a stranger" }, "not-a-member")
        }
      })

      test("a broadcast as two-party, and the reverse", async () => {
        for (const { bytes } of toBob) {
          const kinds = [
            { kind: "broadcast", bytes },
            { kind: "two-party", to: "m001", bytes },
          ] as const
          const wrong = kinds.filter(({ kind }) => !toBob.some((p) => p.bytes === bytes && p.kind === kind))
          for (const outgoing of wrong) await assertRefused(options, before, { ...outgoing, from: "m000" })
        }
      })
    })
  }

  describe(`${name}:`, () => {
    const expelled = async () => {
      const group = await restingGroup(protocol, 3)
      const past = listen(group)
      await says(group, "m002", "last words")
      await group.act("m000", { kind: "remove", member: "m002" })
      return { group, past }
    }

    test("a removed member can do nothing more, and neither can one who never was in", async () => {
      const { group } = await expelled()
      await group.register("outsider")
      const actions: Action[] = [
        { kind: "send", plaintext: new Uint8Array(1) },
        { kind: "update" },
        { kind: "prepare" },
        { kind: "add", newcomer: "outsider" },
        { kind: "remove", member: "m000" },
      ]
      for (const id of ["m002", "outsider"]) {
        const { state } = group.member(id)
        const context = contextIn(group, id)
        const before = structuredClone(state)
        for (const action of actions) {
          await assert.rejects(
            async () => perform(protocol, state, context, action),
            (error) => hasCode(error, "not-a-member"),
            `${id}: ${action.kind}`,
          )
          assert.deepEqual(state, before)
        }
      }
    })

    test("nobody can remove one who is not in", async () => {
      const { group } = await expelled()
      await assert.rejects(
        () => group.act("m000", { kind: "remove", member: "m002" }),
        (error) => hasCode(error, "not-a-member"),
      )
    })

    test("what a removed member sent before is not taken in any more", async () => {
      const { group, past } = await expelled()
      const { bytes } = past.findLast(({ from }) => from === "m002") as Packet
      const packet: Packet = { kind: "two-party", to: "m000", from: "m002", bytes }
      await assert.rejects(
        () => processBy(group, "m000", packet),
        (error) => hasCode(error, "not-a-member"),
      )
    })

    test("a newcomer reads what comes after it and nothing from before", async () => {
      const group = await restingGroup(protocol, 3)
      const wire = listen(group)
      await talk(group, group.roster)
      const past = wire.splice(0)
      await group.register("newcomer")
      await group.act("m000", { kind: "add", newcomer: "newcomer" })
      await talk(group, group.roster) // everybody, the newcomer included, has read everything
      for (const packet of past) {
        const { state } = group.member("newcomer")
        const before = structuredClone(state)
        assert.ok(await isRefusedOrDropped(() => processBy(group, "newcomer", packet)))
        assert.deepEqual(state, before)
      }
    })

    /** What was said before its sender knew the newcomer is nobody's fault, and may be passed over in silence. */
    async function isRefusedOrDropped(step: () => Promise<Effects>): Promise<boolean> {
      try {
        return Object.keys(await step()).length === 0
      } catch (error) {
        return error instanceof ProtocolError
      }
    }

    const processBy = async (group: Group, id: string, packet: Packet): Promise<Effects> =>
      protocol.process(group.member(id).state, contextIn(group, id), packet)
  })
}

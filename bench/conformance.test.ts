/** What every registry entry must satisfy, on every suite. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { deserialize, serialize } from "node:v8"
import { toHex, utf8 } from "../protocols/bytes.ts"
import { observedSuite, type SuiteCall } from "../protocols/crypto/counting.ts"
import { createNativeSuite } from "../protocols/crypto/native.ts"
import { createNobleSuite } from "../protocols/crypto/noble.ts"
import type { CreateSuite } from "../protocols/crypto/suite.ts"
import { byteStringsIn } from "../protocols/packets.ts"
import { type Competitor, DEFAULT_SETTINGS, registry } from "../protocols/registry.ts"
import type { Exact } from "../results/schema.ts"
import { countAll } from "./run/count.ts"
import type { Laboratory } from "./run/count-group.ts"
import { createdGroup, listen, NATIVE, NO_PAYLOAD, restingGroup, says, transcript } from "./sim/fixture.ts"
import { Group } from "./sim/group.ts"
import { inTurn } from "./sim/in-turn.ts"
import { DELIVERY_ORDERS, type DeliveryOrder } from "./sim/network.ts"
import { newcomerOf, operationsOf, talk, wavesOf } from "./sim/operations.ts"

/** A group's life: each operation once, and everybody speaks after each. Returns what was on the wire. */
async function life(
  competitor: Competitor,
  createSuite: CreateSuite,
  seed: number,
  order: DeliveryOrder,
  size = 4,
) {
  const group = await createdGroup(competitor.protocol(DEFAULT_SETTINGS), size, { seed, createSuite, order })
  const wire = listen(group)
  await talk(group, group.roster)
  await group.register(newcomerOf(size))
  for (const operation of operationsOf(competitor).filter((other) => other !== "create")) {
    // After `add` and before `remove` the group is one larger; `remove` then takes the newcomer out again
    const groupSize = operation === "remove" ? size + 1 : size
    const waves = wavesOf({ operation, groupSize, payload: utf8("to all") }, competitor)
    for (const wave of waves) await group.perform(wave)
    await talk(group, group.roster)
  }
  return { group, wire }
}

const laboratory = (competitor: Competitor, createSuite: CreateSuite, seed: number): Laboratory => ({
  competitor,
  settings: DEFAULT_SETTINGS,
  seed,
  createSuite,
  recipientsTimed: 2,
})

/** The exact measures of every operation. */
async function exactOf(competitor: Competitor, createSuite: CreateSuite, seed: number): Promise<Exact[]> {
  const programme = { groupSize: 3, operations: operationsOf(competitor), payload: new Uint8Array(32) }
  const counted = await countAll(laboratory(competitor, createSuite, seed), programme)
  return [...counted.values()].map(({ exact }) => exact)
}

for (const competitor of registry) {
  const protocol = competitor.protocol(DEFAULT_SETTINGS)

  describe(competitor.name, () => {
    for (const order of DELIVERY_ORDERS) {
      test(`everybody reads everything through all operations, order of delivery: ${order}`, async () => {
        for (const seed of [1, 2, 3]) {
          const { group } = await life(competitor, createNativeSuite, seed, order)
          assert.equal(group.roster.length, 4)
        }
      })
    }

    test("a group of two, and one that shrinks to one and grows again", async () => {
      const group = await restingGroup(protocol, 2)
      await group.act("m000", { kind: "remove", member: "m001" })
      await says(group, "m000", "to myself")
      await group.register("m002")
      await group.act("m000", { kind: "add", newcomer: "m002" })
      await talk(group, group.roster)
      assert.deepEqual(group.roster, ["m000", "m002"])
    })

    test("one who was removed and is added again reads and is read", async () => {
      const group = await restingGroup(protocol, 3)
      await group.act("m000", { kind: "remove", member: "m002" })
      await talk(group, group.roster)
      await group.act("m001", { kind: "add", newcomer: "m002" })
      await talk(group, group.roster)
      assert.equal(group.roster.length, 3)
    })

    test("one seed gives the same bytes and counts on every suite, for every operation; another seed others", async () => {
      const native = await exactOf(competitor, createNativeSuite, 7)
      assert.deepEqual(await exactOf(competitor, createNobleSuite, 7), native)
      const otherwise = await exactOf(competitor, createNativeSuite, 8)
      for (const [index, { transcript, bytesUploaded }] of native.entries()) {
        if (bytesUploaded > 0) assert.notEqual(otherwise[index]?.transcript, transcript)
      }
      assert.deepEqual(await exactOf(competitor, createNativeSuite, 7), native)
    })

    test("the seed alone decides the bytes, whatever the suite and the order of delivery", async () => {
      for (const order of DELIVERY_ORDERS) {
        const bytes = async (seed: number, suite = createNativeSuite) =>
          transcript((await life(competitor, suite, seed, order, 3)).wire)
        const five = await bytes(5)
        assert.deepEqual(await bytes(5), five)
        assert.notDeepEqual(await bytes(6), five)
        if (order === "reordered") assert.deepEqual(await bytes(5, createNobleSuite), five)
      }
    })

    for (const [name, copy] of [
      ["structuredClone", structuredClone],
      ["v8", <T>(value: T): T => deserialize(serialize(value)) as T],
    ] as const) {
      test(`a state is plain data: a group goes on from a ${name} of it with the same bytes`, async () => {
        const original = await restingGroup(protocol, 3)
        const copied = new Group(protocol, NATIVE, copy(original.snapshot()))
        const [wire, again] = await inTurn([original, copied], async (group) => {
          const wire = listen(group)
          await group.act("m001", { kind: "update" })
          await group.act("m000", { kind: "remove", member: "m002" })
          await talk(group, group.roster)
          return transcript(wire)
        })
        assert.deepEqual(again, wire)
        assert.deepEqual(copied.snapshot(), original.snapshot())
      })
    }

    test("no secret that any member ever held is on the wire in the clear", async () => {
      const secrets = new Set<string>()
      const note = ({ operation, args, result }: SuiteCall) => {
        if (operation === "keyPair" || operation === "edKeyPair") secrets.add(toHex(result.secret))
        else if (operation === "random" && args[0] === 32) secrets.add(toHex(result))
        else if (operation === "dh" || operation === "hmac") secrets.add(toHex(result))
        else if (operation === "hkdf") {
          for (let at = 0; at + 32 <= result.length; at += 16)
            secrets.add(toHex(result.subarray(at, at + 32)))
        }
      }
      const createSuite: CreateSuite = (random) => observedSuite(createNativeSuite(random), note)
      const { group, wire } = await life(competitor, createSuite, 1, "reordered")
      const bundles = group.roster.map((member) => group.peekBundle(member))
      assert.ok(secrets.size > 100)
      for (const bytes of [...bundles, ...wire.flatMap(byteStringsIn)]) {
        for (let at = 0; at + 32 <= bytes.length; at++)
          assert.ok(!secrets.has(toHex(bytes.subarray(at, at + 32))), `a secret at byte ${at}`)
      }
    })

    test("a message may be empty, and may be long", async () => {
      const group = await restingGroup(protocol, 3)
      for (const plaintext of [NO_PAYLOAD, new Uint8Array(100_000)])
        await group.act("m000", { kind: "send", plaintext })
      group.requireAllHeard()
    })

    test("a group of 12 forms, changes and heals, in mixed order", async () => {
      const { group } = await life(competitor, createNativeSuite, 9, "fifo", 12)
      assert.equal(group.roster.length, 12)
    })
  })
}

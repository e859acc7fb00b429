import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { restingGroup } from "../sim/fixture.ts"
import { rolesOf, wavesOf } from "../sim/operations.ts"
import { evenlySpaced, record } from "./recording.ts"

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test("the sample keeps its order, has no item twice, and is everything where that is few", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (length, count) => {
      const items = Array.from({ length }, (_, index) => index)
      const sample = evenlySpaced(items, count)
      assert.equal(sample.length, Math.min(length, count))
      assert.deepEqual(
        sample,
        [...new Set(sample)].sort((a, b) => a - b),
      )
    }),
  )
})

test("the mean of a cost that changes linearly along the list is met exactly, where the list divides oddly", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.integer({ min: 1, max: 8 }), fc.nat(1000), fc.nat(1000), (k, count, a, b) => {
      const costs = Array.from({ length: (2 * k + 1) * count }, (_, index) => a + b * index)
      const error = mean(evenlySpaced(costs, count)) - mean(costs)
      assert.ok(Math.abs(error) <= 1e-9 * Math.max(1, mean(costs)))
    }),
  )
})

test("and is off by at most half a step otherwise", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 8 }), (length, count) => {
      const items = Array.from({ length }, (_, index) => index)
      assert.ok(Math.abs(mean(evenlySpaced(items, count)) - mean(items)) <= 0.5)
    }),
  )
})

/** Byte strings that an update of one of four sends, and packets that then come to its sender. */
const SENT_AND_HEARD: Readonly<Record<string, readonly [number, number]>> = {
  dcgka: [4, 3], // with the three ciphertexts goes a broadcast, and everybody's answer comes to all
  mls: [1, 1], // the commit comes back when it was taken
}

for (const { name, protocol: create } of registry) {
  const protocol = create(DEFAULT_SETTINGS)

  test(`${name}: a recording holds members as they were, all their steps, and what they sent`, async () => {
    const group = await restingGroup(protocol, 4)
    const before = group.snapshot()
    const recorder = record(group, rolesOf("update", 4), 2)
    for (const wave of wavesOf({ operation: "update", groupSize: 4, payload: new Uint8Array() }))
      await group.perform(wave)
    const { initiator, recipients, recipientCount, newcomer } = await recorder.finish()

    for (const member of [initiator, ...recipients]) {
      const { state, random } = before.members.find(({ id }) => id === member.id) as typeof member
      assert.deepEqual([member.state, member.random], [state, random])
    }
    const [sent, answers] = SENT_AND_HEARD[name] ?? [3, 0]
    assert.deepEqual(
      initiator.steps.map((performed) => [performed.step.kind, performed.sent.length]),
      [["update", sent], ...Array.from({ length: answers }, () => ["packet", 0])],
    )
    const begun = initiator.steps.length
    for (const { steps } of recipients) {
      assert.ok(steps.every(({ step }) => step.kind === "packet"))
      assert.equal(steps.length, Math.max(1, answers))
    }
    assert.equal(recipientCount, 3)
    assert.equal(newcomer, undefined)

    await group.act("m000", { kind: "update" })
    assert.equal(initiator.steps.length, begun, "nothing is noted after the end")
  })
}

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { exampleCount, exampleHeader } from "../example.ts"
import type { CountRecord, Exact, ResultRecord } from "../schema.ts"
import { compareCounts } from "./counts.ts"

const run = (...cells: CountRecord[]): ResultRecord[] => [exampleHeader(), ...cells]
const changed = (exact: Partial<Exact>, healing?: CountRecord["healing"]) =>
  run({ ...exampleCount({}, exact), ...(healing === undefined ? {} : { healing }) })
const cell = { protocol: "dcgka", channel: "2sm", operation: "heal", groupSize: 8 }

test("a run beside itself has no difference", () => {
  const { compared, differences, lost } = compareCounts(run(exampleCount()), run(exampleCount()))
  assert.deepEqual([compared, differences, lost], [1, [], []])
})

test("one message more is found, by its field", () => {
  assert.deepEqual(compareCounts(run(exampleCount()), changed({ twoParty: 8 })).differences, [
    { ...cell, field: "twoParty", base: 7, head: 8 },
  ])
})

test("every field of a count is compared, however deep, and the transcript is one of them", () => {
  const { exact, healing } = exampleCount() as CountRecord & { healing: NonNullable<CountRecord["healing"]> }
  const numbers = Object.entries(exact).filter(([, value]) => typeof value === "number")
  const trials: readonly (readonly [string, ResultRecord[]])[] = [
    ...numbers.map(([name, value]) => [name, changed({ [name]: (value as number) + 1 })] as const),
    ["transcript", changed({ transcript: "cd".repeat(32) })],
    ["primitives.initiator.dh", changed({ primitives: { ...exact.primitives, initiator: { dh: 9 } } })],
    ["primitives.newcomer.dh", changed({ primitives: { ...exact.primitives, newcomer: { dh: 1 } } })],
    ["healing.healed", changed({}, { ...healing, healed: false })],
    ["healing.firstSafeRound", changed({}, { ...healing, firstSafeRound: null })],
  ]
  for (const [field, head] of trials) {
    const { differences } = compareCounts(run(exampleCount()), head)
    assert.deepEqual(
      differences.map((difference) => difference.field),
      [field],
    )
  }
})

test("an operation that nobody calls may be named or not", () => {
  const primitives = { ...exampleCount().exact.primitives, group: { dh: 14, sign: 0 } }
  assert.deepEqual(compareCounts(run(exampleCount()), changed({ primitives })).differences, [])
})

test("what an older file did not count yet is not compared", () => {
  const { primitives } = exampleCount().exact
  const counted = changed({ primitiveBytes: primitives })
  assert.deepEqual(compareCounts(run(exampleCount()), counted).differences, [])
  const other = changed({ primitiveBytes: { ...primitives, group: { dh: 1 } } })
  assert.equal(compareCounts(counted, other).differences[0]?.field, "primitiveBytes.group.dh")
})

test("suites are not told apart: each run may have been made on another", () => {
  const { compared, differences } = compareCounts(run(exampleCount()), run(exampleCount({ suite: "native" })))
  assert.deepEqual([compared, differences], [1, []])
})

test("a cell that the second run was to count and did not is lost; others are of one run alone", () => {
  const [planned, larger] = [exampleCount(), exampleCount({ groupSize: 16 })]
  const none = compareCounts(run(planned, larger), run())
  assert.deepEqual(none.lost, [cell])
  assert.deepEqual(none.onlyBase, [{ ...cell, groupSize: 16 }])
  assert.deepEqual(compareCounts(run(), run(planned)).onlyHead, [cell])
})

test("changed places, the same differences the other way round", () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(9), (a, b) => {
      const runs = [changed({ rounds: a }), changed({ rounds: b })] as const
      const there = compareCounts(...runs).differences
      const back = compareCounts(runs[1], runs[0]).differences
      assert.deepEqual(
        back.map(({ base, head, ...rest }) => ({ ...rest, base: head, head: base })),
        there,
      )
    }),
  )
})

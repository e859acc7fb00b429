import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleBlock, exampleHeader } from "../example.ts"
import type { ResultRecord } from "../schema.ts"
import { noiseFloors } from "./floor.ts"
import { session } from "./session-fixture.ts"

const floorOf = (records: readonly ResultRecord[]) => noiseFloors(records)[0]?.floor ?? 0

test("each suite and measure that was timed has a floor", () => {
  const records = [
    exampleHeader(),
    exampleBlock(0),
    exampleBlock(0, { suite: "native", operation: "add" }, { newcomerNs: 5 }),
  ]
  assert.deepEqual(
    noiseFloors(records).map(({ suite, measure }) => `${suite} ${measure}`),
    ["noble initiatorNs", "noble recipientNs", "noble groupNs"].concat(
      ["initiatorNs", "recipientNs", "newcomerNs", "groupNs"].map((measure) => `native ${measure}`),
    ),
  )
})

test("it is about two standard errors of a median over the blocks", () => {
  // Pairs of isolates apart by 0.05 · √2; the median of 12 has 1.2 times the error of their mean
  const floors = [1, 2, 3, 4, 5].map((seed) => floorOf(session({ seed, isolateNoise: 0.05 })))
  for (const floor of floors) assert.ok(floor > 0.03 && floor < 0.08, `${floor}`)
})

test("it grows with the noise of isolates, not with that of whole blocks, and sinks with their number", () => {
  const floor = floorOf(session({ seed: 1, isolateNoise: 0.05, blockNoise: 0.01 }))
  assert.equal(
    floorOf(session({ seed: 1, isolateNoise: 0.05, blockNoise: 0.4 })).toFixed(9),
    floor.toFixed(9),
  )
  assert.ok(floorOf(session({ seed: 1, isolateNoise: 0.2 })) > 2 * floor)
  assert.ok(floorOf(session({ seed: 1, isolateNoise: 0.05, blocks: 60 })) < 0.7 * floor)
})

test("it is never below 1 %: code that moves in memory takes another time", () => {
  assert.equal(floorOf(session({ seed: 1, isolateNoise: 0.0001 })), 0.01)
})

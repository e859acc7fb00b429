import assert from "node:assert/strict"
import { test } from "node:test"
import { INITIATOR, membersOf } from "../sim/operations.ts"
import { judgedIn, LARGEST_JUDGED_WHOLE, sampleOf, watchedIn } from "./sampled-members.ts"

test("up to the stated size everybody is judged, above it the victim and a sample", () => {
  assert.deepEqual([...judgedIn(LARGEST_JUDGED_WHOLE, 1)], membersOf(LARGEST_JUDGED_WHOLE))
  const judged = judgedIn(LARGEST_JUDGED_WHOLE + 1, 1)
  assert.equal(judged.size, 1 + 16)
  assert.ok(judged.has(INITIATOR))
  assert.equal(judgedIn(1024, 1).size, 1 + 4)
})

test("one seed draws one sample, other seeds others, and in time nobody is left out", () => {
  const drawn = (seed: number) => sampleOf(membersOf(130), 16, seed, "judged")
  assert.deepEqual(drawn(1), drawn(1))
  assert.notDeepEqual(drawn(1), drawn(2))
  const ever = new Set(Array.from({ length: 100 }, (_, seed) => drawn(seed)).flat())
  assert.equal(ever.size, 130)
})

test("a sample keeps the members' order, and is everybody where there are no more", () => {
  const members = membersOf(20)
  const drawn = sampleOf(members, 5, 3, "watched")
  assert.deepEqual(drawn, drawn.toSorted())
  assert.equal(drawn.length, 5)
  assert.deepEqual(sampleOf(members, 20, 3, "watched"), members)
  assert.equal(watchedIn(128, 1).size, 128)
  assert.equal(watchedIn(129, 1).size, 16)
})

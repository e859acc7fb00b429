import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleBlock, exampleHeader } from "../example.ts"
import type { ResultRecord } from "../schema.ts"
import { withSharpestFigure } from "./block-figure.ts"

const DECILE = { initiatorNs: 1, recipientNs: 2, groupNs: 3 }
const sharp = exampleBlock(0, {}, { firstDecile: DECILE })
const old = exampleBlock(0)

const timesOf = (records: readonly ResultRecord[] | undefined) =>
  records?.flatMap((record) =>
    record.kind === "block" ? [[record.initiatorNs, record.recipientNs, record.groupNs]] : [],
  )

test("blocks are compared by their first decile where both runs have it", () => {
  const { figure, runs } = withSharpestFigure([[exampleHeader(), sharp], [sharp]])
  assert.equal(figure, "first decile")
  assert.deepEqual(runs.map(timesOf), [[[1, 2, 3]], [[1, 2, 3]]])
})

test("one block without it is enough, and medians are compared with medians", () => {
  const { figure, runs } = withSharpestFigure([[sharp], [sharp, old]])
  assert.equal(figure, "median")
  assert.deepEqual(timesOf(runs[0]), [[sharp.initiatorNs, sharp.recipientNs, sharp.groupNs]])
})

test("a block whose core was never left alone counts only where its cell has fewer than six others", () => {
  const blocks = (undisturbed: number) => [
    exampleBlock(0, {}, { slowed: true }),
    ...Array.from({ length: undisturbed }, (_, block) => exampleBlock(block + 1)),
    exampleBlock(0, { groupSize: 64 }, { slowed: true }), // another cell, alone
  ]
  const slowedIn = (records: readonly ResultRecord[]) =>
    withSharpestFigure([records]).runs[0]?.filter((record) => record.kind === "block" && record.slowed).length
  assert.equal(slowedIn(blocks(6)), 1)
  assert.equal(slowedIn(blocks(5)), 2)
})

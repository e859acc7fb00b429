import assert from "node:assert/strict"
import { test } from "node:test"
import { smallestSignedRankP } from "../stats/signed-rank.ts"
import { blocksNeeded, type Judged, judge } from "./verdict.ts"

const DETECT = 0.1

/** A clear slowdown, unless told otherwise. */
function judged(ratio: Partial<Judged["ratio"]> = {}, other: Partial<Judged> = {}): Judged {
  const clear = { median: 0.2, low: 0.15, high: 0.25, p: 0.001, smallestP: 0.0001 }
  return { ratio: { ...clear, ...ratio }, floor: 0.02, common: 0, ...other }
}

const verdictOn = (one: Judged, others: readonly Judged[] = []) => {
  const [first] = judge([one, ...others], DETECT)
  return first?.obstacle ?? first?.verdict
}

test("significant, interval without 1, above the floor: a difference, by its direction", () => {
  assert.equal(verdictOn(judged()), "slower")
  assert.equal(verdictOn(judged({ median: -0.2, low: -0.25, high: -0.15 })), "faster")
})

test("each of the three alone is not enough", () => {
  assert.equal(verdictOn(judged({ p: 0.06 })), "wide interval")
  assert.equal(verdictOn(judged({ low: -0.01 })), "wide interval")
  assert.equal(verdictOn(judged({}, { floor: 0.21 })), "noise floor")
})

test("a small difference that is clear is a difference still; below the floor it is none", () => {
  const small = { median: 0.03, low: 0.025, high: 0.035 }
  assert.equal(verdictOn(judged(small)), "slower")
  assert.equal(verdictOn(judged(small, { floor: 0.04 })), "same")
})

test("the same is what stays within what is to be detected, on both sides", () => {
  const none = { median: 0.01, p: 0.6 }
  assert.equal(verdictOn(judged({ ...none, low: -0.09, high: 0.09 })), "same")
  assert.equal(verdictOn(judged({ ...none, low: -0.09, high: 0.11 })), "wide interval")
  assert.equal(verdictOn(judged({ ...none, low: -0.11, high: 0.09 })), "wide interval")
})

test("where all cells moved by more than is to be detected nothing is the same", () => {
  const none = { median: 0, low: -0.01, high: 0.01, p: 0.6 }
  assert.equal(verdictOn(judged(none, { common: 0.09 })), "same")
  assert.equal(verdictOn(judged(none, { common: -0.11 })), "common change")
})

test("one finding among a hundred comparisons has to be a hundred times as unlikely", () => {
  const idle = Array.from({ length: 99 }, () => judged({ median: 0, low: -0.01, high: 0.01, p: 0.9 }))
  assert.equal(verdictOn(judged({ p: 0.001 }), idle), "wide interval")
  assert.equal(verdictOn(judged({ p: 0.0004 }), idle), "slower")
})

test("where not even blocks that all agree could be significant, more blocks are needed", () => {
  const five = { p: 0.0625, smallestP: smallestSignedRankP(5) }
  assert.equal(verdictOn(judged(five)), "too few blocks")
  assert.equal(verdictOn(judged({ ...five, median: 0, low: -0.01, high: 0.01 })), "same")
  assert.equal(blocksNeeded(1, smallestSignedRankP), 6)
  assert.equal(blocksNeeded(100, smallestSignedRankP), 12)
})

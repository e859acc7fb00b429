import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { exampleBlock, exampleCount, exampleHeader } from "./example.ts"
import type { BlockRecord, ResultRecord } from "./schema.ts"

const SIZES = [4, 8, 16]
const counts = SIZES.map((groupSize) => exampleCount({ groupSize }))
const blockAt = (block: number, groupSize: number, exponent: number, more: Partial<BlockRecord> = {}) =>
  exampleBlock(block, { groupSize }, { groupNs: 1000 * groupSize ** exponent, ...more })
const blocks = (exponents: readonly number[]) =>
  exponents.flatMap((exponent, block) => SIZES.map((n) => blockAt(block, n, exponent)))
const exponentsOf = (...records: readonly ResultRecord[]) =>
  toDocument([exampleHeader(), ...counts, ...records]).timeExponents

test("the exponent is the median over blocks; its interval, from six on, lies between blocks", () => {
  const [only, ...more] = exponentsOf(...blocks([1.5, 1.2, 1.9, 1.4, 1.6, 1.8]))
  assert.deepEqual(more, [])
  assert.equal(only?.blocks, 6)
  const { median, low, high } = only?.exponent ?? assert.fail()
  assert.deepEqual(
    [median, low, high].map((value) => value.toFixed(6)),
    ["1.550000", "1.200000", "1.900000"],
  )
})

test("what is slow in a whole block shifts its line and leaves its exponent", () => {
  const slow = SIZES.map((n) => blockAt(1, n, 1.5, { groupNs: 5000 * n ** 1.5 }))
  const { low, high } = exponentsOf(...blocks([1.5]), ...slow)[0]?.exponent ?? assert.fail()
  assert.ok(high - low < 1e-9)
})

test("a block that lacks a size is left out, as is one that saw no time", () => {
  const torn = blockAt(1, 4, 9)
  const blind = SIZES.map((n) => blockAt(2, n, n === 8 ? 0 : 9, n === 8 ? { groupNs: 0 } : {}))
  const [only] = exponentsOf(...blocks([1.5]), torn, ...blind)
  assert.equal(only?.blocks, 1)
  assert.equal(only?.exponent.median.toFixed(6), "1.500000")
})

test("twins are in none of it", () => {
  const twins = SIZES.map((n) => blockAt(0, n, 9, { twin: true }))
  assert.equal(exponentsOf(...blocks([1.5]), ...twins)[0]?.exponent.high.toFixed(6), "1.500000")
})

test("two sizes give none", () => {
  assert.deepEqual(exponentsOf(...[4, 8].map((n) => blockAt(0, n, 1))), [])
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { pairedRatio } from "./paired-ratio.ts"

const blocks = (...values: number[]): Map<number, number> => new Map(values.entries())

test("twice as slow in every block is a ratio of 2, however much the machine drifts", () => {
  const { median, low, high } = pairedRatio(blocks(1, 10, 100), blocks(2, 20, 200))
  for (const value of [median, low, high]) assert.ok(Math.abs(value - 2) < 1e-9)
})

test("the other way round it is one over it", () => {
  const value = fc.double({ min: 1, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 15 }), (pairs) => {
      const [a, b] = [blocks(...pairs.map(([x]) => x)), blocks(...pairs.map(([, y]) => y))]
      const [there, back] = [pairedRatio(a, b), pairedRatio(b, a)]
      assert.ok(Math.abs(Math.log(there.median) + Math.log(back.median)) < 1e-9)
      assert.ok(Math.abs(Math.log(there.low) + Math.log(back.high)) < 1e-6)
    }),
  )
})

test("from 6 pairs on the interval lies between ratios that were seen", () => {
  const ratio = pairedRatio(blocks(1, 1, 1, 1, 1, 1), blocks(1, 2, 4, 8, 16, 32))
  assert.ok(Math.abs(ratio.low - 1) < 1e-9 && Math.abs(ratio.high - 32) < 1e-9)
  assert.ok(Math.abs(ratio.median - Math.sqrt(4 * 8)) < 1e-9)
})

test("a block that one of them missed is left out", () => {
  const a = new Map([
    [0, 1],
    [2, 5],
    [9, 1],
  ])
  assert.ok(Math.abs(pairedRatio(a, blocks(3, 99, 15)).median - 3) < 1e-9)
})

test("no shared block, or a time of zero, is refused", () => {
  assert.throws(() => pairedRatio(new Map([[0, 1]]), new Map([[1, 1]])), /finite/)
  assert.throws(() => pairedRatio(blocks(0), blocks(1)), /finite/)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { curveThrough } from "./curve.ts"

const SIZES = [4, 8, 16, 64]
const through = (cost: (n: number) => number) => curveThrough(SIZES.map((x) => ({ x, y: cost(x) })))

test("a curve goes through its points, to the bit", () => {
  const costs = fc.array(fc.nat(1e9), { minLength: SIZES.length, maxLength: SIZES.length })
  fc.assert(
    fc.property(costs, (values) => {
      const curve = curveThrough(SIZES.map((x, index) => ({ x, y: values[index] as number })))
      assert.deepEqual(SIZES.map(curve), values)
    }),
  )
})

test("it is exact for powers of n, between the points and beyond them", () => {
  for (const k of [0, 1, 2, 0.5]) {
    const curve = through((n) => 3 * n ** k)
    for (const n of [2, 5, 12, 40, 200])
      assert.ok(Math.abs(curve(n) / (3 * n ** k) - 1) < 1e-9, `n^${k} at ${n}`)
  }
})

test("it misses n² + 2n − 3, which is none, by less than 2 % between sizes that double", () => {
  const cost = (n: number) => n * n + 2 * n - 3
  const curve = curveThrough([4, 8, 16, 32, 64].map((x) => ({ x, y: cost(x) })))
  for (let n = 4; n <= 64; n++) assert.ok(Math.abs(curve(n) / cost(n) - 1) < 0.02, `${n}`)
})

test("from or to a cost of nothing it is a straight line, and never below 0", () => {
  const curve = curveThrough([
    { x: 4, y: 8 },
    { x: 8, y: 0 },
  ])
  assert.deepEqual([4, 6, 8, 9].map(curve), [8, 4, 0, 0])
})

test("one point makes no curve", () => {
  assert.throws(() => curveThrough([{ x: 4, y: 1 }]), /two sizes/)
})

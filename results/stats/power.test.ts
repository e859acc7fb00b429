import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { fitPower, type Point } from "./power.ts"

const SIZES = [2, 4, 8, 16, 32, 64, 128]
const along = (sizes: readonly number[], curve: (n: number) => number): Point[] =>
  sizes.map((x) => ({ x, y: curve(x) }))

test("a power law gives its exponent and coefficient", () => {
  const exponents = fc.double({ min: -1, max: 3, noNaN: true })
  const coefficients = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(exponents, coefficients, (exponent, coefficient) => {
      const fit = fitPower(along(SIZES, (n) => coefficient * n ** exponent))
      assert.ok(fit !== undefined && Math.abs(fit.exponent - exponent) < 1e-9)
      assert.ok(Math.abs(fit.coefficient / coefficient - 1) < 1e-9)
    }),
  )
})

test("r² is 1 for a power law and for a constant, less for anything else", () => {
  assert.ok(Math.abs((fitPower(along(SIZES, (n) => 3 * n * n))?.r2 ?? 0) - 1) < 1e-9)
  assert.equal(fitPower(along(SIZES, () => 0.1))?.r2, 1)
  const bent = fitPower(along(SIZES, (n) => 500 + n))?.r2 ?? 1
  assert.ok(bent > 0.5 && bent < 0.95)
})

test("no power law through fewer than 3 sizes or through zero", () => {
  assert.equal(fitPower(along([2, 2, 4, 4], (n) => n)), undefined)
  assert.equal(fitPower(along([2, 4, 8], (n) => n - 2)), undefined)
})

test("a power law has the same exponent everywhere", () => {
  const { low, high } = fitPower(along(SIZES, (n) => 3 * n ** 1.5))?.between ?? assert.fail()
  assert.ok(Math.abs(low - 1.5) < 1e-9 && Math.abs(high - 1.5) < 1e-9)
})

test("what is no power law has the exponents between neighbours: n(n − 1) from lg 6 at the bottom to near 2 at the top", () => {
  const points = along([2, 4, 8, 16], (n) => n * (n - 1)) // 2, 12, 56, 240
  const { low, high } = fitPower(points.toReversed())?.between ?? assert.fail()
  assert.ok(Math.abs(high - Math.log2(6)) < 1e-9)
  assert.ok(Math.abs(low - Math.log2(240 / 56)) < 1e-9)
})

test("the fitted exponent lies between those of neighbouring sizes", () => {
  const costs = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 3, maxLength: 7 })
  fc.assert(
    fc.property(costs, (values) => {
      const points = values.map((y, i) => ({ x: SIZES[i] as number, y }))
      const slopes = values.slice(1).map((y, i) => Math.log2(y / (values[i] as number)))
      const { exponent, between } = fitPower(points) ?? assert.fail()
      assert.ok(between.low <= exponent && exponent <= between.high)
      assert.ok(Math.abs(between.low - Math.min(...slopes)) < 1e-9)
      assert.ok(Math.abs(between.high - Math.max(...slopes)) < 1e-9)
    }),
  )
})

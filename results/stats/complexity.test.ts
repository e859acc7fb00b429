import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type ComplexityClass, fitComplexity } from "./complexity.ts"
import type { Point } from "./power.ts"

type Curve = (n: number) => number

const SWEEPS = [
  [2, 4, 8, 16, 32, 64, 128],
  [4, 8, 16, 32, 64],
  [4, 8, 12, 16, 20, 24],
] as const
const along = (sizes: readonly number[], curve: Curve): Point[] => sizes.map((x) => ({ x, y: curve(x) }))
const lg = Math.log2

const KNOWN: readonly (readonly [string, ComplexityClass, Curve])[] = [
  ["7", "1", () => 7],
  ["0", "1", () => 0],
  ["log n", "log n", lg],
  ["⌈log n⌉", "log n", (n) => Math.ceil(lg(n))],
  ["500 + 20 log n", "log n", (n) => 500 + 20 * lg(n)],
  ["n", "n", (n) => n],
  ["n − 1", "n", (n) => n - 1],
  ["500 + n", "n", (n) => 500 + n],
  ["n log n", "n log n", (n) => n * lg(n)],
  ["(n − 1) log n", "n log n", (n) => (n - 1) * lg(n)],
  ["n²", "n²", (n) => n * n],
  ["n(n − 1)", "n²", (n) => n * (n - 1)],
  ["n(n − 1) + 3(n − 1)", "n²", (n) => n * (n - 1) + 3 * (n - 1)],
  ["n(n − 1) + (n − 1)(n − 2)", "n²", (n) => n * (n - 1) + (n - 1) * (n - 2)],
]

for (const sizes of SWEEPS) {
  for (const [name, expected, curve] of KNOWN) {
    test(`${name} over ${sizes.join(", ")} is of class ${expected}`, () => {
      const { best, verdict } = fitComplexity(along(sizes, curve))
      assert.deepEqual([best.class, verdict], [expected, "decided"])
    })
  }
}

test("an exact fit gives its coefficients", () => {
  const { best } = fitComplexity(along(SWEEPS[0], (n) => 500 + 20 * lg(n)))
  assert.ok(Math.abs(best.a - 500) < 1e-6 && Math.abs(best.b - 20) < 1e-6)
  assert.ok(best.error < 1e-9)
})

test("a packet to each, and from everybody to everybody, are exact", () => {
  for (const curve of [(n: number) => 3 * (n - 1), (n: number) => 3 * n * (n - 1)]) {
    const { best } = fitComplexity(along(SWEEPS[0], curve))
    assert.ok(Math.abs(best.b - 3) < 1e-9 && best.error < 1e-9)
  }
})

test("no coefficient is negative, whatever the data", () => {
  const costs = fc.array(fc.nat(1e9), { minLength: 1, maxLength: 7 })
  fc.assert(
    fc.property(costs, (values) => {
      const { best, runnerUp } = fitComplexity(values.map((y, index) => ({ x: 2 ** (index + 1), y })))
      for (const fit of [best, runnerUp]) assert.ok(fit.a >= 0 && fit.b >= 0 && Number.isFinite(fit.aicc))
      assert.ok(best.aicc <= runnerUp.aicc)
    }),
  )
})

test("the unit of the cost does not change the class", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KNOWN),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      ([, , curve], unit) => {
        const scaled = fitComplexity(along(SWEEPS[0], (n) => unit * curve(n)))
        assert.equal(scaled.best.class, fitComplexity(along(SWEEPS[0], curve)).best.class)
      },
    ),
  )
})

test("too few sizes are undecided, however well they fit", () => {
  for (const sizes of [[8], [4, 8], [4, 8, 16]]) {
    assert.equal(fitComplexity(along(sizes, (n) => n * n)).verdict, "undecided")
  }
})

test("of exact fits the simplest comes first", () => {
  const { best, runnerUp } = fitComplexity(along([4, 8], () => 7))
  assert.deepEqual([best.class, runnerUp.class], ["1", "log n"])
  assert.equal(fitComplexity(along([4, 8], (n) => 100 + n)).best.class, "log n")
})

test("between two classes is undecided", () => {
  const { best, runnerUp, verdict } = fitComplexity(along(SWEEPS[0], (n) => n * n + 20 * n))
  assert.deepEqual([best.class, runnerUp.class].sort(), ["n log n", "n²"])
  assert.equal(verdict, "undecided")
})

test("a cost of zero at the smallest size does no harm", () => {
  const { best } = fitComplexity(along(SWEEPS[0], (n) => (n - 1) * (n - 2)))
  assert.equal(best.class, "n²")
})

test("points out of range are refused", () => {
  for (const point of [
    { x: 0, y: 1 },
    { x: 2, y: -1 },
    { x: 2, y: Number.NaN },
  ]) {
    assert.throws(() => fitComplexity([point]), /needs points/)
  }
  assert.throws(() => fitComplexity([]), /needs points/)
})

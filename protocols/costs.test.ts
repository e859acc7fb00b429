import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type Formula, type Growth, growthOf, valueAt } from "./costs.ts"

const FORMULAS: readonly (readonly [Formula, (n: number) => number, Growth])[] = [
  ["0", () => 0, "1"],
  ["12", () => 12, "1"],
  ["n", (n) => n, "n"],
  ["2n", (n) => 2 * n, "n"],
  ["n − 1", (n) => n - 1, "n"],
  ["4n + 1", (n) => 4 * n + 1, "n"],
  ["n²", (n) => n ** 2, "n²"],
  ["0.5n² − 0.5n", (n) => (n * (n - 1)) / 2, "n²"],
  ["n² + 3", (n) => n ** 2 + 3, "n²"],
  ["n² − 3n + 2", (n) => (n - 1) * (n - 2), "n²"],
  ["13n² + 2n − 3", (n) => 13 * n ** 2 + 2 * n - 3, "n²"],
]

for (const [formula, by, growth] of FORMULAS) {
  test(`${formula} computes as it is written, and grows as ${growth}`, () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1024 }), (n) => valueAt(formula, n) === by(n)))
    assert.equal(growthOf(formula), growth)
  })
}

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { holm } from "./holm.ts"

const assertNear = (actual: readonly number[], expected: readonly number[]): void => {
  assert.equal(actual.length, expected.length)
  for (const [index, value] of actual.entries())
    assert.ok(Math.abs(value - (expected[index] as number)) < 1e-12)
}

test("the worked example of textbooks: four hypotheses, two rejected at 5 %", () => {
  assertNear(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
})

test('as R\'s p.adjust(method = "holm")', () => {
  assertNear(holm([0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09])
  assertNear(holm([0.5, 0.9, 0.001]), [1, 1, 0.003])
  assertNear(holm([]), [])
})

test("no p-value falls, their order stays, and a family of one is left as it is", () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(probability, { minLength: 1, maxLength: 20 }), (pValues) => {
      const adjusted = holm(pValues)
      for (const [i, p] of pValues.entries()) {
        assert.ok((adjusted[i] as number) >= p && (adjusted[i] as number) <= 1)
        for (const [j, q] of pValues.entries())
          assert.ok(p > q || (adjusted[i] as number) <= (adjusted[j] as number))
      }
    }),
  )
  assertNear(holm([0.04]), [0.04])
})

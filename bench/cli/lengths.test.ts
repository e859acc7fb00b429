import assert from "node:assert/strict"
import { test } from "node:test"
import { UsageError } from "./failure.ts"
import { lengthInPoints } from "./lengths.ts"

const LIMITS = { from: "60mm", to: "420mm" }
const read = (text: string): number => lengthInPoints("--width", text, LIMITS)

test("the same length in three units", () => {
  assert.equal(read("4in"), 288)
  assert.equal(read("384px"), 288)
  assert.ok(Math.abs(read("101.6mm") - 288) < 1e-9)
  assert.equal(read("60mm"), read("60.0mm"))
})

for (const text of [
  "84",
  "84 mm",
  "84pt",
  "84MM",
  "-84mm",
  "8e1mm",
  ".5in",
  "0x54mm",
  "mm",
  "59mm",
  "421mm",
  "84mm5",
])
  test(`"${text}" is refused, with what is allowed`, () => {
    assert.throws(
      () => read(text),
      new UsageError(`--width "${text}": a number with mm, in or px, such as 84mm, from 60mm to 420mm`),
    )
  })

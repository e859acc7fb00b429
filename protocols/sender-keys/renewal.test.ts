import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { isDue, type RenewalPolicy } from "./renewal.ts"

const policy: RenewalPolicy = { kind: "periodic", messages: 100, seconds: 3600 }

test("without a policy a key is never renewed", () => {
  const usage = fc.record({ messages: fc.nat(), ageSeconds: fc.nat() })
  fc.assert(fc.property(usage, (used) => !isDue({ kind: "never" }, used)))
})

const CASES: readonly (readonly [messages: number, ageSeconds: number, due: boolean])[] = [
  [0, 0, false],
  [99, 3599, false],
  [100, 0, true],
  [101, 0, true],
  [0, 3600, true],
  [0, 99999, true],
  [100, 3600, true],
]
for (const [messages, ageSeconds, due] of CASES) {
  test(`after ${messages} messages and ${ageSeconds} s of 100 and 3600: ${due ? "due" : "not yet"}`, () => {
    assert.equal(isDue(policy, { messages, ageSeconds }), due)
  })
}

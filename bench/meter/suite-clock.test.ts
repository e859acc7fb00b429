import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { clockedSuites } from "./suite-clock.ts"

test("a suite's clock runs while one of its operations does, and at no other time", () => {
  let now = 0
  const { createSuite, suiteClock } = clockedSuites(createNativeSuite, () => now++)
  const suite = createSuite((length) => new Uint8Array(length).fill(1))
  now += 1000
  const pair = suite.keyPair()
  suite.verify(pair.public, pair.public, suite.sign(pair.secret, pair.public))
  now += 1000
  assert.equal(suiteClock(), 3) // one tick in each call
})

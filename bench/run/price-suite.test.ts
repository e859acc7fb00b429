import assert from "node:assert/strict"
import { test } from "node:test"
import { callBytes } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { SUITE_OPERATIONS } from "../../protocols/crypto/suite.ts"
import { PRICED_OPERATIONS } from "../../results/measured-prices.ts"
import { chargedSuite } from "./fixture.ts"
import { priceSuite } from "./price-suite.ts"

const SHORT = { warmUpMs: 0, pricingMs: 0 }

test("a price that rises with the bytes is found again: a part for the call and one for each byte", () => {
  const { createSuite, clock } = chargedSuite(createNativeSuite, (call) => 1000 + 20 * callBytes(call))
  const prices = priceSuite(createSuite, clock, SHORT)
  for (const operation of SUITE_OPERATIONS) {
    const { fixedNs, perByteNs } = prices[operation]
    const sized = /^(dh|keyPair|publicKey|edKeyPair)$/.test(operation) ? 0 : 20
    assert.ok(Math.abs(fixedNs - 1000) < 1e-6 && Math.abs(perByteNs - sized) < 1e-9, operation)
  }
})

test("what gets cheaper with size by noise has no price for a byte, and none below nothing", () => {
  const { createSuite, clock } = chargedSuite(createNativeSuite, (call) => 1e6 - 10 * callBytes(call))
  const { hmac } = priceSuite(createSuite, clock, SHORT)
  assert.deepEqual([hmac.fixedNs, hmac.perByteNs], [1e6 - 10, 0])
})

test("a price list has every operation of a suite", () => {
  assert.deepEqual([...PRICED_OPERATIONS].toSorted(), [...SUITE_OPERATIONS].toSorted())
})

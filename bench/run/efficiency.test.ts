import assert from "node:assert/strict"
import { test } from "node:test"
import type { SuiteCall } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { registry } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import { efficiencyOf } from "./efficiency.ts"
import { chargedSuite, recordingOf, replayOf } from "./fixture.ts"
import { measure } from "./time.ts"

/** Dear enough for one call to be a batch, and no two alike. */
const PRICES_NS = {
  random: 110_000,
  keyPair: 230_000,
  dh: 310_000,
  sign: 470_000,
  verify: 590_000,
  hmac: 130_000,
  hkdf: 170_000,
  encryptCbc: 190_000,
  decryptCbc: 290_000,
}
const priceNs = ({ operation }: SuiteCall): number => PRICES_NS[operation]

/** A cell in which nothing takes time but the suite's operations. */
function allCryptography(name: string, operation: Operation) {
  return replayOf(name, recordingOf(name, operation, 4), chargedSuite(createNativeSuite, priceNs))
}

for (const { name } of registry) {
  for (const operation of ["create", "message", "add", "update", "heal"] as const) {
    test(`${name} ${operation}: where cryptography is all that takes time, the efficiency is 1`, () => {
      const replay = allCryptography(name, operation)
      const { groupNs } = measure(replay, 0)
      assert.ok(Math.abs(efficiencyOf(replay, createNativeSuite, groupNs) - 1) < 1e-9)
    })
  }
}

test("where nothing is called, the efficiency is 0", () => {
  assert.equal(efficiencyOf(allCryptography("pairwise", "remove"), createNativeSuite, 1000), 0)
})

test("where it takes a quarter of the time, the efficiency is a quarter", () => {
  const replay = allCryptography("sender-keys", "heal")
  const { groupNs } = measure(replay, 0)
  assert.ok(Math.abs(efficiencyOf(replay, createNativeSuite, 4 * groupNs) - 0.25) < 1e-9)
})

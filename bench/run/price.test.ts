import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import { chargedSuite } from "./fixture.ts"
import { type Call, priceCalls } from "./price.ts"

const draws = (...lengths: number[]): Call[] =>
  lengths.map((length) => ({ operation: "random", args: [length] }))
const hmac: Call = { operation: "hmac", args: [new Uint8Array(32), new Uint8Array(1)] }

/** Draws as many nanoseconds as bytes, every other call what is said; each reading of the clock costs nothing. */
function laboratory(hmacNs: () => number) {
  const { createSuite, clock } = chargedSuite(createNativeSuite, (call) =>
    call.operation === "random" ? call.args[0] : hmacNs(),
  )
  return { suite: createSuite(seededRandom(seedRandom(1, "price"))), clock }
}

test("a price is what a call takes, list by list, in nanoseconds", () => {
  const { suite, clock } = laboratory(() => 3000)
  assert.deepEqual(priceCalls(suite, [draws(500), [hmac]], clock, 1), [500, 3000])
})

test("a batch goes through its whole list: every call has its part in the price", () => {
  const { suite, clock } = laboratory(() => 1)
  const [price = 0] = priceCalls(suite, [draws(1000, 2000, 3000, 4000)], clock, 10)
  assert.ok(Math.abs(price - 2500) < 50, `${price}`)
})

test("an operation too slow for a batch is still called several times, each call once", () => {
  const { suite, clock } = laboratory(() => 1)
  assert.deepEqual(priceCalls(suite, [draws(9e6, 1e6, 2e6, 6e6)], clock, 0), [2e6])
})

test("one slow moment does not move a price", () => {
  let calls = 0
  const { suite, clock } = laboratory(() => (++calls === 500 ? 50e6 : 2000))
  assert.deepEqual(priceCalls(suite, [[hmac]], clock, 100), [2000])
  assert.ok(calls > 500)
})

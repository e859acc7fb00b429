import assert from "node:assert/strict"
import { test } from "node:test"
import type { Suite } from "../../protocols/crypto/suite.ts"
import { type Call, priceCalls } from "./price.ts"

const draws = (...lengths: number[]): Call[] =>
  lengths.map((length) => ({ operation: "random", args: [length] }))
const hmac: Call = { operation: "hmac", args: [new Uint8Array(32), new Uint8Array(1)] }

/** A suite that does nothing but take time: a draw as many nanoseconds as bytes, a code what is said. */
function laboratory(hmacNs: () => number) {
  let now = 0
  const take = (ns: number) => {
    now += ns
  }
  const suite: unknown = { random: take, hmac: () => take(hmacNs()) }
  return { suite: suite as Suite, clock: () => now }
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

test("a clock too coarse to see a call gives a price of nothing, and ends", () => {
  const { suite } = laboratory(() => 1)
  assert.deepEqual(
    priceCalls(suite, [[hmac]], () => 0, 0),
    [0],
  )
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { key32, toHex } from "./bytes.ts"
import { countingSuite, noOperations } from "./crypto/counting.ts"
import { createNativeSuite } from "./crypto/native.ts"
import { hasCode } from "./errors.ts"
import {
  type Chain,
  findMessageSeed,
  LAST_INDEX,
  MAX_AHEAD,
  messageSeed,
  type ReceivingChain,
  requireNext,
  step,
} from "./hash-ratchet.ts"
import { assertRefused } from "./vectors/refusal.ts"

const suite = createNativeSuite(() => assert.fail("nothing here is random"))
const KEPT = 2000

const start = (index = 0): ReceivingChain => ({
  chainKey: key32(new Uint8Array(32).fill(1)),
  index,
})

/** The seeds that a sender would use, from the start of the chain. */
function seedsOf(count: number): string[] {
  const chain: Chain = start()
  return Array.from({ length: count }, () => {
    const seed = toHex(messageSeed(suite, chain))
    step(suite, chain)
    return seed
  })
}

function take(chain: ReceivingChain, index: number): string {
  const { seed, commit } = findMessageSeed(suite, chain, index, MAX_AHEAD)
  commit()
  return toHex(seed)
}

const seeds = seedsOf(KEPT + 10)

test("a step is HMAC under 2, a message seed HMAC under 1", () => {
  const chain = start()
  const { chainKey } = chain
  assert.deepEqual(messageSeed(suite, chain), suite.hmac(chainKey, Uint8Array.of(1)))
  step(suite, chain)
  assert.deepEqual([chain.chainKey, chain.index], [suite.hmac(chainKey, Uint8Array.of(2)), 1])
})

test("in any order each seed is found once, and is the sender's", () => {
  const order = fc.array(fc.nat(40), { maxLength: 60 })
  fc.assert(
    fc.property(order, (indices) => {
      const chain = start()
      const used = new Set<number>()
      for (const index of indices) {
        if (used.has(index)) assertRefused(chain, () => take(chain, index), "duplicate")
        else assert.equal(take(chain, index), seeds[index])
        used.add(index)
      }
    }),
  )
})

test("nothing changes before the commit, and nothing that was opened stays", () => {
  const chain = start()
  const before = structuredClone(chain)
  const { commit } = findMessageSeed(suite, chain, 3, MAX_AHEAD)
  assert.deepEqual(chain, before)
  commit()
  assert.deepEqual([...(chain.skipped?.keys() ?? [])], [0, 1, 2])
  assert.equal(chain.index, 4)

  const stored = findMessageSeed(suite, chain, 1, MAX_AHEAD)
  assert.deepEqual([...(chain.skipped?.keys() ?? [])], [0, 1, 2])
  stored.commit()
  assert.deepEqual([...(chain.skipped?.keys() ?? [])], [0, 2])
  const held = [chain.chainKey, ...(chain.skipped?.values() ?? [])].map(toHex)
  for (const index of [1, 3]) assert.ok(!held.includes(seeds[index] as string))
})

test("exactly 25000 ahead is found, 25001 is not", () => {
  const chain = start(7)
  assertRefused(chain, () => take(chain, 7 + 25001), "invalid-message", { detail: "too-far-ahead" })
  take(chain, 7 + 25000)
  assert.equal(chain.index, 7 + 25001)
})

test("2000 seeds are kept, the oldest go first", () => {
  const jump = start()
  take(jump, KEPT + 1)
  assert.deepEqual([jump.skipped?.size, jump.skipped?.has(0), jump.skipped?.has(1)], [KEPT, false, true])
  assert.equal(take(jump, 1), seeds[1])

  const twice = start()
  take(twice, KEPT)
  assert.equal(twice.skipped?.size, KEPT)
  take(twice, KEPT + 3)
  assert.equal(twice.skipped?.size, KEPT)
  assert.deepEqual([twice.skipped?.has(1), twice.skipped?.has(2)], [false, true])
  assertRefused(twice, () => take(twice, 0), "duplicate")
})

test("the last index cannot be used", () => {
  requireNext(LAST_INDEX - 1)
  assert.throws(
    () => requireNext(LAST_INDEX),
    (error) => hasCode(error, "chain-exhausted"),
  )
  const chain = start(LAST_INDEX - 1)
  assertRefused(chain, () => take(chain, LAST_INDEX), "chain-exhausted")
  take(chain, LAST_INDEX - 1)
  assertRefused(chain, () => take(chain, LAST_INDEX), "chain-exhausted")
  assertRefused(chain, () => take(chain, LAST_INDEX - 1), "duplicate")
})

test("of a jump, only the seeds that will be kept are derived", () => {
  const counts = noOperations()
  findMessageSeed(countingSuite(suite, counts), start(), 5000, MAX_AHEAD).commit()
  assert.equal(counts.hmac, 5001 + KEPT + 1)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { exampleCount, exampleHeader, examplePrices } from "./example.ts"
import { predict } from "./predict.ts"

const PRICES = examplePrices()
const { dh, hmac } = PRICES.prices

/** 14 agreements and 20 authenticated messages in the group, of 30 bytes each. */
const { exact } = exampleCount(
  {},
  {
    primitives: {
      group: { dh: 14, hmac: 20 },
      initiator: { dh: 7, hmac: 2 },
      recipientMax: { dh: 1, hmac: 5 },
      recipientMean: { dh: 1, hmac: 2.5 },
      newcomer: { dh: 0, hmac: 1 },
    },
    primitiveBytes: {
      group: { dh: 0, hmac: 600 },
      initiator: { dh: 0, hmac: 60 },
      recipientMax: { dh: 0, hmac: 150 },
      recipientMean: { dh: 0, hmac: 75 },
      newcomer: { dh: 0, hmac: 30 },
    },
  },
)

test("predicted is calls × their price + bytes × theirs, for each part that members play", () => {
  const priceOf = (agreements: number, codes: number, bytes: number) =>
    agreements * dh.fixedNs + codes * hmac.fixedNs + bytes * (hmac.perByteNs ?? 0)
  assert.deepEqual(predict(exact, PRICES), {
    device: PRICES.device,
    initiatorNs: priceOf(7, 2, 60),
    recipientNs: priceOf(1, 2.5, 75),
    newcomerNs: priceOf(0, 1, 30),
    groupNs: priceOf(14, 20, 600),
  })
})

test("bytes cost nothing where the list has no price for them", () => {
  const flat = { ...PRICES, prices: { ...PRICES.prices, hmac: { fixedNs: hmac.fixedNs } } }
  assert.equal(predict(exact, flat)?.groupNs, 14 * dh.fixedNs + 20 * hmac.fixedNs)
})

test("an overhead is a share of the whole: with three quarters, everything takes four times as long", () => {
  const bare = predict(exact, PRICES)
  const slow = predict(exact, { ...PRICES, overheadShare: 0.75 })
  assert.equal(slow?.groupNs, 4 * (bare?.groupNs ?? 0))
  assert.equal(slow?.newcomerNs, 4 * (bare?.newcomerNs ?? 0))
})

test("counts without bytes predict nothing", () => {
  const { primitiveBytes: _, ...old } = exact
  assert.equal(predict(old, PRICES), undefined)
})

test("an operation without a price is nothing to a protocol that never calls it; others have no prediction", () => {
  const { hash: _, ...prices } = PRICES.prices
  const calling = (hash: number) => ({
    ...exact,
    primitives: { ...exact.primitives, group: { ...exact.primitives.group, hash } },
  })
  assert.deepEqual(predict(calling(0), { ...PRICES, prices }), predict(exact, PRICES))
  assert.equal(predict(calling(1), { ...PRICES, prices }), undefined)
  assert.notEqual(predict(calling(1), PRICES), undefined)
})

test("a run with a price list has predicted times beside sampled ones, never among them", () => {
  const records = [{ ...exampleHeader({ blocks: 0 }), prices: PRICES }, exampleCount({}, exact)]
  const [cell] = toDocument(records).cells
  assert.equal(cell?.sampled, null)
  assert.deepEqual(cell?.predicted, predict(exact, PRICES))
  const [plain] = toDocument([exampleHeader(), exampleCount({}, exact)]).cells
  assert.equal("predicted" in (plain ?? {}), false)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleHeader, examplePrices } from "./example.ts"
import { foldPrices, listOf, type PriceBlock } from "./measured-prices.ts"
import { parsePriceList } from "./prices.ts"

/** The example's prices, some times as high. */
const block = (factor: number): PriceBlock =>
  Object.fromEntries(
    Object.entries(examplePrices().prices).map(([name, { fixedNs, perByteNs = 0 }]) => [
      name,
      { fixedNs: factor * fixedNs, perByteNs: factor * perByteNs },
    ]),
  ) as PriceBlock

test("each part of a price is a median over blocks with its interval", () => {
  const { prices, blocks, suite } = foldPrices("native", [block(1), block(4), block(2)])
  const { dh } = examplePrices().prices
  assert.deepEqual([blocks, suite, prices.dh.fixedNs.median], [3, "native", 2 * dh.fixedNs])
  assert.ok(prices.dh.fixedNs.low < prices.dh.fixedNs.median && prices.dh.perByteNs.high === 0)
})

test("the list that comes of it is one that can be read again", () => {
  const { environment, startedAt } = exampleHeader()
  const list = listOf(foldPrices("native", [block(1)]), environment, startedAt)
  assert.deepEqual(parsePriceList(JSON.stringify(list)), list)
  assert.deepEqual([list.device, list.suite, list.overheadShare], ["Example CPU", "native", undefined])
  assert.deepEqual(list.prices.hmac, examplePrices().prices.hmac)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { examplePrices } from "./example.ts"
import { parsePriceList } from "./prices.ts"

/** An example as somebody might write it, with some fields changed. */
const written = (change: object): string => JSON.stringify({ ...examplePrices(), ...change })

test("a call's fixed price is all that a list must say of an operation", () => {
  const { prices } = examplePrices()
  const bare = Object.fromEntries(Object.entries(prices).map(([name, { fixedNs }]) => [name, { fixedNs }]))
  assert.deepEqual(parsePriceList(written({ prices: bare })).prices.dh, { fixedNs: prices.dh.fixedNs })
})

test("a list of the first nine operations, as they were before the others, is still read", () => {
  const { publicKey, sealGcm, openGcm, hash, edKeyPair, edSign, edVerify, ...first } = examplePrices().prices
  assert.deepEqual(Object.keys(parsePriceList(written({ prices: first })).prices).length, 9)
})

const { hmac: _, ...withoutHmac } = examplePrices().prices
const REFUSALS: readonly (readonly [what: string, change: object, complaint: RegExp])[] = [
  ["an operation without a price", { prices: withoutHmac }, /^prices\.hmac: .*undefined/],
  ["one that is no operation", { prices: { ...examplePrices().prices, rsa: 1 } }, /^prices: .*"rsa"/],
  [
    "a price in words",
    { prices: { ...examplePrices().prices, dh: { fixedNs: "1 ms" } } },
    /^prices\.dh\.fixedNs: .*number/,
  ],
  [
    "a price below nothing",
    { prices: { ...examplePrices().prices, dh: { fixedNs: 1, perByteNs: -1 } } },
    /^prices\.dh\.perByteNs: .*>=0/,
  ],
  ["no device", { device: undefined }, /^device: /],
  ["no time for cryptography", { overheadShare: 1 }, /^overheadShare: .*<1/],
  ["a misspelt field", { overhead: 0.2 }, /^price list: .*"overhead"/],
  ["another version", { version: 2 }, /^version: .*1/],
  ["results", { kind: "run" }, /^kind: .*"prices"/],
]

for (const [what, change, complaint] of REFUSALS) {
  test(`a list with ${what} is refused in one line that names the field`, () => {
    assert.throws(() => parsePriceList(written(change)), { message: complaint })
    assert.throws(
      () => parsePriceList(written(change)),
      ({ message }: Error) => !message.includes("\n"),
    )
  })
}

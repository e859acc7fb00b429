import assert from "node:assert/strict"
import { test } from "node:test"
import type { Compared } from "../../results/held-out.ts"
import { foldPrices } from "../../results/measured-prices.ts"
import { heldOutTable, priceTable } from "./prices.ts"

const SIZED = { fixedNs: 2500, perByteNs: 1.25 }
const FIXED = { fixedNs: 34_000, perByteNs: 0 }
const BLOCK = {
  random: SIZED,
  keyPair: FIXED,
  dh: FIXED,
  sign: SIZED,
  verify: SIZED,
  hmac: SIZED,
  hkdf: SIZED,
  encryptCbc: SIZED,
  decryptCbc: SIZED,
  publicKey: FIXED,
  sealGcm: SIZED,
  openGcm: SIZED,
  hash: SIZED,
  edKeyPair: FIXED,
  edSign: SIZED,
  edVerify: SIZED,
}

test("prices read as they should", () => {
  const lines = priceTable(foldPrices("native", [BLOCK])).split("\n")
  assert.deepEqual(lines.slice(0, 4), [
    "suite native: median over 1 block [95 % interval], a fresh isolate each",
    "operation    a call  and a byte",
    "random      2.50 µs     1.25 ns",
    "keyPair     34.0 µs           –",
  ])
  assert.equal(lines.length, 2 + 16)
})

test("the check says what was fitted, what was held out, and how wrong it was", () => {
  const cell: Compared = {
    protocol: "pairwise",
    operation: "heal",
    groupSize: 8,
    cryptographyNs: 1e6,
    predictedNs: 1.25e6,
    measuredNs: 1.5e6,
    ratio: 1.25 / 1.5,
  }
  const text = heldOutTable("noble", {
    overheadShare: 0.2,
    fitted: [cell],
    heldOut: [{ ...cell, groupSize: 32 }],
    errors: { cells: 1, median: 0.17, worst: 0.17 },
    errorsWithoutOverhead: { cells: 1, median: 1 / 3, worst: 1 / 3 },
  })
  assert.match(text, /^fitted: one overhead of 20 % of the time/m)
  assert.match(text, /^32 {2}pairwise {2}heal .* 1\.00 ms .* 1\.25 ms .* 1\.50 ms .* 0\.83$/m)
  assert.match(text, /error of 1 held-out cells: median 17 %, worst 17 %; without the overhead: median 33 %/)
})

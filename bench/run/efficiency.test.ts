import assert from "node:assert/strict"
import { test } from "node:test"
import { observedSuite, type SuiteCall } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { registry } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import { efficiencyOf } from "./efficiency.ts"
import { chargedSuite, recordingOf, replayOf } from "./fixture.ts"

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
  publicKey: 230_000,
  sealGcm: 180_000,
  openGcm: 270_000,
  hash: 120_000,
  edKeyPair: 250_000,
  edSign: 370_000,
  edVerify: 530_000,
}
const priceNs = ({ operation }: SuiteCall): number => PRICES_NS[operation]

/** A cell in which nothing takes time but the suite's operations. */
async function allCryptography(name: string, operation: Operation) {
  return replayOf(name, await recordingOf(name, operation, 4), chargedSuite(createNativeSuite, priceNs))
}

for (const { name } of registry) {
  for (const operation of ["create", "message", "add", "update", "heal"] as const) {
    test(`${name} ${operation}: where cryptography is all that takes time, the efficiency is 1`, async () => {
      assert.ok(Math.abs((await efficiencyOf(await allCryptography(name, operation), 0)) - 1) < 1e-9)
    })
  }
}

test("where nothing is called, the efficiency is 0", async () => {
  assert.equal(await efficiencyOf(await allCryptography("pairwise", "remove"), 0), 0)
})

test("where every step takes something besides, the efficiency is what is left", async () => {
  const recording = await recordingOf("sender-keys", "message", 4)
  let [now, reads] = [0, 0]
  // the first of a step's readings and the last have nothing between them but the step
  const clock = () => {
    reads++
    return now
  }
  const charged = chargedSuite(createNativeSuite, priceNs)
  const replay = replayOf("sender-keys", recording, {
    createSuite: (random) =>
      observedSuite(charged.createSuite(random), (call) => {
        now += priceNs(call)
      }),
    clock,
  })
  const slow = {
    ...replay.protocol,
    send: (...args: Parameters<typeof replay.protocol.send>) => {
      now += 1_000_000
      return replay.protocol.send(...args)
    },
  }
  const inSuite = 470_000 + 2 * 130_000 + 170_000 + 190_000 + 110_000 * 0
  const reading = 590_000 + 2 * 130_000 + 170_000 + 290_000
  const expected = (inSuite + 3 * reading) / (inSuite + 3 * reading + 1_000_000)
  assert.ok(Math.abs((await efficiencyOf({ ...replay, protocol: slow }, 0)) - expected) < 1e-9)
  assert.ok(reads > 0)
})

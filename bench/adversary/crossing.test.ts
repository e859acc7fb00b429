/** What crosses in a scenario does so, and which of the two the server gets first does not matter. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { DEFAULT_SETTINGS, everyCompetitor } from "../../protocols/registry.ts"
import { settingOf } from "./claims.ts"
import { deedsIn } from "./deeds-fixture.ts"
import { CROSSING, removalFirst } from "./scenarios/crossing.ts"

test("the victim renews and another removes a third before anybody hears of either", async () => {
  const deeds = await deedsIn(CROSSING.healsAcrossARemoval)
  assert.deepEqual(deeds.slice(0, 3), ["m000 update", "m001 remove", "m001 process"])
  const turned = await deedsIn(removalFirst)
  assert.deepEqual(turned.slice(0, 3), ["m001 remove", "m000 update", "m000 processNotice"])
})

for (const competitor of everyCompetitor)
  test(`${competitor.name}: as much is read where the server gets the removal first`, async () => {
    const options = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1, groupSize: 5 }
    const setting = settingOf(competitor, options)
    assert.deepEqual(await removalFirst(setting), await CROSSING.healsAcrossARemoval(setting))
  })

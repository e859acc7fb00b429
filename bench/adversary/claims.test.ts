/** Every claim both ways, against both adversaries, on both suites; and a false claim does not pass. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { createNobleSuite } from "../../protocols/crypto/noble.ts"
import type { ClaimName, Claims } from "../../protocols/group.ts"
import { type Competitor, DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { type CheckOptions, checkClaims, settingOf } from "./claims.ts"
import { isSound } from "./findings.ts"
import { afterRounds } from "./scenarios/recovery.ts"

const NATIVE_OPTIONS: CheckOptions = {
  settings: DEFAULT_SETTINGS,
  createSuite: createNativeSuite,
  seed: 1,
  groupSize: 4,
}

for (const competitor of registry) {
  describe(competitor.name, () => {
    for (const [suite, options] of Object.entries({
      native: NATIVE_OPTIONS,
      noble: { ...NATIVE_OPTIONS, createSuite: createNobleSuite, groupSize: 3, seed: 2 },
    })) {
      test(`on ${suite}, what is claimed is seen, what is not claimed is seen not to hold, and both agree`, async () => {
        const checks = await checkClaims(competitor, options)
        assert.deepEqual(
          checks.map(({ claim }) => claim),
          [...Object.keys(competitor.claims), "healsByItsRounds", "everyByteIsAccountedFor"],
        )
        for (const check of checks) {
          const { claim, claimed, observed, finding, passed } = check
          assert.equal(observed, claimed, `${claim}: ${JSON.stringify(finding)}`)
          assert.ok(isSound(finding), `${claim}: ${JSON.stringify(finding)}`)
          assert.ok(passed, claim)
        }
      })
    }

    test("each claim turned round fails", async () => {
      const { claims } = competitor
      const turned = Object.fromEntries(Object.entries(claims).map(([claim, claimed]) => [claim, !claimed]))
      const liar: Competitor = { ...competitor, claims: turned as Claims }
      const passed = (await checkClaims(liar, { ...NATIVE_OPTIONS, groupSize: 3 })).filter(
        (check) => check.passed,
      )
      assert.deepEqual(
        passed.map(({ claim }) => claim),
        ["healsByItsRounds", "everyByteIsAccountedFor"],
      )
    })

    test("a heal that leaves out any one of its rounds is seen through by both adversaries", async () => {
      const setting = settingOf(competitor, NATIVE_OPTIONS)
      for (const omitted of competitor.healing.keys()) {
        const healing = competitor.healing.filter((_, index) => index !== omitted)
        const { opened, derivable } = await afterRounds(healing)(setting)
        assert.ok(opened > 0 && derivable > 0, `without round ${omitted + 1}`)
      }
    })
  })
}

test("what the competitors claim differs where the papers say so", () => {
  const claimants = (claim: ClaimName) =>
    registry.filter(({ claims }) => claims[claim]).map(({ name }) => name)
  const all = registry.map(({ name }) => name)
  assert.deepEqual(claimants("forwardSecrecy"), all)
  assert.deepEqual(claimants("joinerCannotReadPast"), all)
  assert.deepEqual(claimants("removedCannotReadFuture"), all)
  assert.deepEqual(claimants("healsAfterChannelStepsThenUpdates"), all)
  assert.deepEqual(claimants("healsAfterChannelSteps"), ["pairwise"])
  assert.deepEqual(claimants("healsInTraffic"), ["periodic-sender-keys", "pairwise"])
  const allBut = (one: string) => all.filter((name) => name !== one)
  assert.deepEqual(claimants("closedBetweenTwoThefts"), allBut("mls"), "E13 of the paper")
  assert.deepEqual(claimants("healsTwoVictimsAtOnce"), ["mls"], "E10")
})

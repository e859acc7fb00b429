/** What an impersonator can still do in its victim's name, by what the group has done since the theft. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import {
  type Competitor,
  competitorNamed,
  DEFAULT_SETTINGS,
  everyCompetitor,
} from "../../protocols/registry.ts"
import { settingOf as settingIn } from "./claims.ts"
import { IMPERSONATION, impersonationAfter } from "./scenarios/impersonation.ts"
import { DEEDS, type Deed, type ForgedFinding, type Scenario, type Setting } from "./scenarios/setting.ts"
import { everyoneSpeaks, updates } from "./scenarios/waves.ts"

const OPTIONS = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1 }

const settingOf = (competitor: Competitor, groupSize = 4): Setting =>
  settingIn(competitor, { ...OPTIONS, groupSize })

/** What members took; no forgery that was refused left a trace. */
async function foundIn(
  scenario: Scenario<ForgedFinding>,
  setting: Setting,
): Promise<ForgedFinding["accepted"]> {
  const { accepted, disturbances } = await scenario(setting)
  assert.equal(disturbances, 0)
  return accepted
}

const deedsIn = async (scenario: Scenario<ForgedFinding>, setting: Setting): Promise<Deed[]> =>
  (await foundIn(scenario, setting)).map(({ deed }) => deed)

/** The server carries out what a member's device asks: nothing cryptographic stands for a roster. */
const ROSTER: readonly Deed[] = ["invites", "removes"]

/** What still works after the victim's own update, after the heal, and after its removal. */
const STILL: readonly {
  readonly of: RegExp
  readonly own: readonly Deed[]
  readonly heal: readonly Deed[]
  readonly removal: readonly Deed[]
}[] = [
  { of: /sender-keys/, own: DEEDS, heal: DEEDS, removal: [] },
  { of: /^pairwise$/, own: DEEDS, heal: DEEDS, removal: [] },
  { of: /^pairwise\/2sm$/, own: ROSTER, heal: ROSTER, removal: [] },
  { of: /^dcgka/, own: [], heal: [], removal: ["removes"] },
  { of: /^mls/, own: ["speaks"], heal: ["speaks"], removal: ["speaks"] },
]

for (const competitor of everyCompetitor) {
  const { name } = competitor
  describe(name, () => {
    test("right after the theft all others take its words, its newcomer and its removal", async () => {
      for (const groupSize of [3, 4]) {
        const found = await foundIn(
          impersonationAfter(() => []),
          settingOf(competitor, groupSize),
        )
        assert.deepEqual(
          found.map(({ deed, members }) => [deed, members]),
          [
            ["speaks", groupSize - 1],
            ["invites", groupSize - 1],
            ["removes", groupSize - 2],
          ],
        )
      }
    })

    test("what others renew and say takes nothing from it: its copies keep up", async () => {
      const reaction = impersonationAfter((victim, others) => [
        updates(others),
        everyoneSpeaks([victim, ...others]),
      ])
      assert.deepEqual(await deedsIn(reaction, settingOf(competitor, 3)), DEEDS)
    })

    test("what still works after each step is known by name", async () => {
      const { own, heal, removal } = STILL.find(({ of }) => of.test(name)) ?? assert.fail(name)
      const setting = settingOf(competitor, 3)
      assert.deepEqual(await deedsIn(IMPERSONATION.impersonationEndsWithOwnUpdate, setting), own)
      assert.deepEqual(await deedsIn(IMPERSONATION.impersonationEndsWithHeal, setting), heal)
      assert.deepEqual(await deedsIn(IMPERSONATION.impersonationEndsWithRemoval, setting), removal)
    })
  })
}

describe("mls", () => {
  test("one commit by anybody after the victim's own, or after its removal, ends it", async () => {
    const setting = settingOf(competitorNamed("mls"))
    for (const next of [0, 1]) {
      const own = impersonationAfter((victim, others) => [
        updates([victim]),
        updates([[victim, ...others][next] as string]),
      ])
      assert.deepEqual(await deedsIn(own, setting), [])
    }
    const removal = impersonationAfter((victim, [first = "", second = ""]) => [
      { actions: [[first, { kind: "remove", member: victim }]] },
      updates([second]),
    ])
    assert.deepEqual(await deedsIn(removal, setting), [])
  })
})

describe("dcgka", () => {
  test("one who renewed before it was removed leaves nothing behind", async () => {
    const setting = settingOf(competitorNamed("dcgka"))
    const reaction = impersonationAfter((victim, [first = ""]) => [
      updates([victim]),
      { actions: [[first, { kind: "remove", member: victim }]] },
    ])
    assert.deepEqual(await deedsIn(reaction, setting), [])
  })
})

describe("sender keys over 2sm", () => {
  test("the fifth renewal of the victim drops the key that was stolen; the roster stays the server's", async () => {
    const renewals = (count: number) =>
      impersonationAfter((victim) => Array.from({ length: count }, () => updates([victim])))
    const setting = settingOf(competitorNamed("sender-keys/2sm"))
    assert.deepEqual(await deedsIn(renewals(4), setting), DEEDS)
    assert.deepEqual(await deedsIn(renewals(5), setting), ROSTER)
  })
})

describe("pairwise over Double Ratchets", () => {
  test("it is the stolen identity that goes on speaking, over fresh sessions", async () => {
    const setting = settingOf(competitorNamed("pairwise"))
    const turns = impersonationAfter((victim, others) =>
      Array.from({ length: 6 }, () => [everyoneSpeaks([victim]), everyoneSpeaks(others)]).flat(),
    )
    const [speaks] = await foundIn(turns, setting)
    assert.deepEqual(
      [speaks?.deed, speaks?.way],
      ["speaks", "the copy as it was stolen, over fresh sessions"],
    )
  })
})

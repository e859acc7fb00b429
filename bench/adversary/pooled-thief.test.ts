/** What copies of two devices open together, for every protocol, and what either of them opens alone. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { type Pick, seededPick, shuffled } from "../plan/seeded-pick.ts"
import type { Action } from "../sim/step.ts"
import { settingOf } from "./claims.ts"
import { PooledThief } from "./pooled-thief.ts"
import type { Setting } from "./scenarios/setting.ts"
import { copiedStage } from "./scenarios/stage.ts"
import { betweenTwoThefts, TWO_COPIES } from "./scenarios/two-copies.ts"
import { speaks } from "./scenarios/waves.ts"

const BOTH = { kind: "read", opened: 10, derivable: 10 }
const NONE = { kind: "read", opened: 0, derivable: 0 }

/** Of a group in which two devices are copied, one at the beginning and the other in the middle. */
const [STEPS, COPIED_EVERY] = [12, 6]

for (const competitor of registry) {
  const at = (groupSize: number, seed = 1): Setting =>
    settingOf(competitor, { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed, groupSize })
  const isMls = competitor.name.startsWith("mls")

  describe(competitor.name, () => {
    test(`what was said between two thefts: both copies open ${isMls ? "all ten" : "nothing"}, either alone nothing`, async () => {
      for (const groupSize of [3, 5, 9]) {
        const setting = at(groupSize)
        const together = await betweenTwoThefts((first, second) => [first, second])(setting)
        assert.deepEqual(together, isMls ? BOTH : NONE, `${groupSize} members`)
        assert.deepEqual(await betweenTwoThefts((first) => [first])(setting), NONE)
        assert.deepEqual(await betweenTwoThefts((_first, second) => [second])(setting), NONE)
      }
    })

    test("the order in which the copies are held makes no difference", async () => {
      const setting = at(4)
      const { closedBetweenTwoThefts } = TWO_COPIES
      const turned = betweenTwoThefts((first, second) => [second, first])
      assert.deepEqual(await turned(setting), await closedBetweenTwoThefts(setting))
    })

    test("both adversaries agree on the copies of two devices, whatever happened before and between", async () => {
      let read = 0
      for (let seed = 1; seed <= 12; seed++) read += await agreedOn(at(4, seed), seededPick(seed, "order"))
      assert.ok(read > 0)
    })
  })
}

test("two victims that renew at once: under DCGKA over 2sm all n are read, under MLS nobody", async () => {
  for (const [name, readOf] of [
    ["dcgka", (n: number) => n],
    ["mls", () => 0],
  ] as const) {
    const competitor = registry.find((known) => known.name === name) ?? assert.fail()
    for (const groupSize of [3, 5, 9]) {
      const options = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1, groupSize }
      const read = readOf(groupSize)
      const found = await TWO_COPIES.healsTwoVictimsAtOnce(settingOf(competitor, options))
      assert.deepEqual(found, { kind: "read", opened: read, derivable: read }, name)
    }
  }
})

const UPDATE: Action = { kind: "update" }

/**
 * Members renew and speak, two are copied on the way, and the attacker tries all that went over the wire from the first
 * copy on. @returns how many messages were read
 */
async function agreedOn(setting: Setting, pick: Pick): Promise<number> {
  const { group, log, wire } = await copiedStage(setting)
  wire.length = 0
  const start = log.encryptions
  const [copies, messages] = [[] as unknown[], new Set<Packet>()]
  const anyone = () => group.roster[pick(group.roster.length)] as MemberId
  const victims = shuffled(group.roster, pick)
  for (let step = 0; step < STEPS; step++) {
    if (step % COPIED_EVERY === 0) copies.push(structuredClone(group.member(victims.pop() as MemberId).state))
    const before = wire.length
    const speaker = pick(2) === 0 ? anyone() : undefined
    await (speaker === undefined ? group.act(anyone(), UPDATE) : group.perform(speaks(speaker)))
    if (speaker !== undefined) for (const packet of wire.slice(before)) messages.add(packet)
  }
  const attacker = await PooledThief.steal(setting.pooling, setting.createSuite, copies)
  let opened = 0
  for (const packet of wire) if ((await attacker.hears(packet)) && messages.has(packet)) opened++
  assert.equal(opened, log.readable(copies, start, log.encryptions))
  return opened
}

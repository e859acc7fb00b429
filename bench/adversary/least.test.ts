/** The heals that are published are the least that heal: with any one step fewer both adversaries go on reading. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { HealingRound } from "../../protocols/group.ts"
import { DEFAULT_SETTINGS, everyCompetitor } from "../../protocols/registry.ts"
import { healingWave, INITIATOR, membersOf } from "../sim/operations.ts"
import type { Action, Wave } from "../sim/step.ts"
import { settingOf } from "./claims.ts"
import { afterTheft } from "./scenarios/recovery.ts"

const OPTIONS = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1 }

/** The rounds without one step: one member's renewal, or what it does on its channel with one other. */
function withoutEach(rounds: readonly HealingRound[], groupSize: number): (readonly [string, Wave[]])[] {
  const waves = rounds.map((round) => healingWave(round, INITIATOR, membersOf(groupSize)))
  return waves.flatMap((wave, round) =>
    shortened(wave, rounds[round] === "period-passes").map(([step, shorter]) => [
      `round ${round + 1}: ${step}`,
      waves.with(round, shorter),
    ]),
  )
}

/** What a schedule does is done by all or, if the period is yet to pass, by none. */
function shortened(wave: Wave, isScheduled: boolean): (readonly [string, Wave])[] {
  if (isScheduled) return [["nobody renews", { actions: [] }]]
  return wave.actions.flatMap(([member, action], index) =>
    lesser(action).map(([what, left]) => [
      `${member} ${what}`,
      { ...wave, actions: wave.actions.toSpliced(index, 1, ...left.map((one) => [member, one] as const)) },
    ]),
  )
}

function lesser(action: Action): (readonly [string, readonly Action[]])[] {
  if (action.kind !== "ratchet-channels" && action.kind !== "leave-channels")
    return [[`does not ${action.kind}`, []]]
  return action.peers.map((peer) => [
    `does not ${action.kind} with ${peer}`,
    [{ ...action, peers: action.peers.filter((other) => other !== peer) }],
  ])
}

for (const competitor of everyCompetitor) {
  const ways = Object.entries({ healing: competitor.healing, afresh: competitor.healingAfresh ?? [] })
  for (const [way, rounds] of ways.filter(([, { length }]) => length > 0)) {
    describe(`${competitor.name}, ${way}`, () => {
      for (const size of [3, 5, 9, 17]) {
        test(`heals a group of ${size} in the eyes of both adversaries`, async () => {
          const setting = settingOf(competitor, { ...OPTIONS, groupSize: size })
          const whole = rounds.map((round) => healingWave(round, INITIATOR, membersOf(size)))
          const { opened, derivable } = await afterTheft(() => whole)(setting)
          assert.deepEqual([opened, derivable], [0, 0])
        })
      }

      test("does not heal with any one step fewer", async () => {
        for (const size of [3, 5]) {
          const setting = settingOf(competitor, { ...OPTIONS, groupSize: size })
          for (const [step, waves] of withoutEach(rounds, size)) {
            const { opened, derivable } = await afterTheft(() => waves)(setting)
            assert.ok(opened > 0, `n = ${size}, ${step}`)
            assert.equal(derivable, opened, `n = ${size}, ${step}`)
          }
        }
      })
    })
  }
}

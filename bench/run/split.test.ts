/** A count comes out the same however it was split, and as a plain group over real channels gives it. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { type Competitor, competitorNamed, DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import { NATIVE } from "../sim/fixture.ts"
import { operationsOf } from "../sim/operations.ts"
import { type Counted, countAll } from "./count.ts"
import { countPlainly, healPlainly, restPlainly } from "./plain-fixture.ts"

const PAYLOAD = new Uint8Array(32)

type Split = {
  readonly parts?: number
  readonly recipientsTimed?: number
  readonly operations?: readonly Operation[]
}

async function counted(
  competitor: Competitor,
  groupSize: number,
  { parts = 1, recipientsTimed = 2, operations = operationsOf(competitor) }: Split = {},
) {
  const { createSuite, seed } = NATIVE
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, seed, createSuite, recipientsTimed }
  return await countAll(laboratory, { groupSize, operations, payload: PAYLOAD }, parts)
}

/** All but the recordings, which are those of other members when others are timed. */
const verdicts = (all: ReadonlyMap<string, Counted>) =>
  [...all].map(([operation, { exact, healing }]) => [operation, exact, healing])

for (const competitor of [
  ...registry,
  ...["pairwise/2sm", "mls/blank", "mls/churned"].map(competitorNamed),
]) {
  const five = await counted(competitor, 5)
  const resting = await restPlainly(competitor, 5)

  describe(competitor.name, () => {
    for (const operation of operationsOf(competitor)) {
      test(`${operation}: every exact measure is that of a plain group, whose every suite call was seen`, async () => {
        const task = { operation, groupSize: 5, payload: PAYLOAD }
        assert.deepEqual(five.get(operation)?.exact, await countPlainly(competitor, resting, task))
      })
    }

    test("the verdict on a heal, and on one that was cut short, is that of a thief that hears everything", async () => {
      for (const skipped of [0, 1]) {
        const healing = competitor.healing.slice(skipped)
        const task = { operation: "heal", groupSize: 4, payload: PAYLOAD } as const
        const counts = await counted({ ...competitor, healing }, 4, { operations: ["heal"] })
        const { judged: _judged, derivable: _derivable, ...found } = counts.get("heal")?.healing ?? {}
        assert.deepEqual(found, await healPlainly({ ...competitor, healing }, task))
      }
    })

    test("into however many parts the channels are cut, all comes out the same, recordings too", async () => {
      for (const [groupSize, parts] of [
        [2, 2],
        [3, 3],
        [5, 7],
      ] as const) {
        const whole = groupSize === 5 ? five : await counted(competitor, groupSize)
        assert.deepEqual(await counted(competitor, groupSize, { parts }), whole, `${parts}`)
      }
    })

    test("whichever devices have their channels at once, counts and verdict are the same", async () => {
      for (const [groupSize, operations] of [
        [3, operationsOf(competitor)],
        [9, ["create", "heal"]],
      ] as const) {
        const all = await counted(competitor, groupSize, { recipientsTimed: groupSize, operations })
        const victimOnly = await counted(competitor, groupSize, { recipientsTimed: 0, operations, parts: 7 })
        assert.deepEqual(verdicts(victimOnly), verdicts(all), `${groupSize}`)
      }
    })
  })
}

/** Claimed costs over other channels than the usual ones; those are held against their counts in `bench/run/count.test.ts`. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { DEFAULT_SETTINGS, everyCompetitor, registry } from "../../protocols/registry.ts"
import { differencesIn } from "../../results/theory.ts"
import { countAll } from "../run/count.ts"
import { NATIVE } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { operationsOf } from "../sim/operations.ts"
import { theoryOf } from "./theory.ts"

const SIZES = [2, 3, 5, 8]

for (const competitor of everyCompetitor.filter((other) => !registry.includes(other))) {
  const { name: protocol, channel } = competitor

  test(`${protocol} takes as many messages, rounds and public-key calls as it claims`, async () => {
    const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 2 }
    const cells = await inTurn(SIZES, async (groupSize) => {
      const payload = new Uint8Array(32)
      const all = await countAll(laboratory, { groupSize, operations: operationsOf(competitor), payload })
      return [...all].map(([operation, { exact }]) => ({ protocol, channel, operation, groupSize, exact }))
    })
    assert.deepEqual(differencesIn(cells.flat(), theoryOf(DEFAULT_SETTINGS)), [])
  })
}

import assert from "node:assert/strict"
import { test } from "node:test"
import { type Campaign, competitorsIn, runCampaign } from "./coordinator.ts"
import { COMPETITORS, SCENARIOS } from "./rows.ts"

const CAMPAIGN: Campaign = {
  blocks: 3,
  seed: 1,
  warmUp: { milliseconds: 300, leastPasses: 20 },
  budget: { milliseconds: 50, leastPasses: 5 },
}

/** Who was asked for what, in order, and what was kept of it. */
async function played(campaign: Campaign) {
  const asked: { scenario: string; competitor: string; milliseconds: number }[] = []
  const progress: number[] = []
  const records = await runCampaign(
    async (competitor, scenario, { milliseconds }) => {
      asked.push({ scenario, competitor, milliseconds })
      return { elapsedNs: { [scenario]: asked.length } }
    },
    campaign,
    (block) => progress.push(block),
  )
  return { asked, progress, records }
}

const turns = SCENARIOS.flatMap((scenario) => competitorsIn(scenario)).length

test("each block asks everybody for everything once; the warm-up comes first and is not kept", async () => {
  const { asked, progress, records } = await played(CAMPAIGN)
  assert.deepEqual(progress, [0, 1, 2, 3])
  assert.equal(asked.length, 4 * turns)
  assert.deepEqual([...new Set(asked.slice(0, turns).map(({ milliseconds }) => milliseconds))], [300])
  assert.deepEqual([...new Set(asked.slice(turns).map(({ milliseconds }) => milliseconds))], [50])
  assert.equal(records.length, 3 * turns)
  assert.equal(
    Math.min(...records.map(({ elapsedNs, scenario }) => elapsedNs[scenario] as number)),
    turns + 1,
  )
  const keys = records.map(({ block, competitor, scenario }) => `${block} ${competitor} ${scenario}`)
  assert.equal(new Set(keys).size, keys.length)
})

test("those who are compared run one after the other", async () => {
  const { asked } = await played(CAMPAIGN)
  let at = 0
  while (at < asked.length) {
    const [first] = asked.slice(at)
    const scenario = SCENARIOS.find((name) => name === first?.scenario) ?? assert.fail()
    const side = asked.slice(at, at + competitorsIn(scenario).length)
    assert.deepEqual(side.map(({ competitor }) => competitor).toSorted(), competitorsIn(scenario).toSorted())
    assert.ok(side.every((turn) => turn.scenario === scenario))
    at += side.length
  }
})

test("both orders, of scenarios and of competitors, differ from block to block and repeat from the seed", async () => {
  const { asked } = await played({ ...CAMPAIGN, blocks: 8 })
  const blocks = Array.from({ length: 8 }, (_, index) =>
    asked.slice((index + 1) * turns, (index + 2) * turns),
  )
  const scenarios = blocks.map((block) => [...new Set(block.map(({ scenario }) => scenario))].join())
  const pingPong = blocks.map((block) => block.filter(({ scenario }) => scenario === "ping-pong"))
  const competitors = pingPong.map((block) => block.map(({ competitor }) => competitor).join())
  assert.ok(new Set(scenarios).size > 4)
  assert.ok(new Set(competitors).size > 2)
  assert.deepEqual((await played({ ...CAMPAIGN, blocks: 8 })).asked, asked)
  assert.notDeepEqual((await played({ ...CAMPAIGN, blocks: 8, seed: 2 })).asked, asked)
})

test("sessions of another version than ours are asked of nobody", () => {
  assert.deepEqual(competitorsIn("distribution"), COMPETITORS)
  assert.deepEqual(competitorsIn("set-up"), ["native", "noble", "libsignal-x3dh"])
})

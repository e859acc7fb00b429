/** The channels of several groups, played together. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { observedSuite } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { memberId } from "../../protocols/ids.ts"
import { type Competitor, competitorNamed, DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import { type ChannelWork, countChannels } from "../run/count.ts"
import { GroupCounter, type Theft } from "../run/count-group.ts"
import { NATIVE, NO_PAYLOAD, restingGroup } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { operationsOf } from "../sim/operations.ts"
import type { Calls } from "./calls.ts"

const SIZE = 4
const WHOLE = { index: 0, of: 1 }

/** What a group asks of its channels in all operations. */
async function workOf(competitor: Competitor, payload = NO_PAYLOAD): Promise<ChannelWork> {
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 1 }
  const programme = { groupSize: SIZE, operations: operationsOf(competitor), payload }
  const counter = new GroupCounter(laboratory, programme)
  const { forming } = await counter.form()
  const operations = new Map<Operation, Calls>()
  const thefts = new Map<Operation, Theft>()
  for (const operation of programme.operations.filter((other) => other !== "create")) {
    const { calls, part } = await counter.perform(operation)
    operations.set(operation, calls)
    if (part.theft !== undefined) thefts.set(operation, part.theft)
  }
  return { channel: competitor.channel, forming, operations, thefts }
}

const works = await inTurn(
  registry.filter(({ channel }) => channel === "signal"), // channels of another kind are played by themselves
  (competitor) => workOf(competitor),
)
const play = (played: readonly ChannelWork[], createSuite: CreateSuite = createNativeSuite) =>
  countChannels({ seed: NATIVE.seed, createSuite }, SIZE, played, WHOLE)

test("groups whose channels are played together come out as each by itself, in whatever order", () => {
  const alone = works.flatMap((work) => play([work]))
  assert.deepEqual(play(works), alone)
  assert.deepEqual(play(works.toReversed()), alone.toReversed())
})

test("groups that form alike and then differ in one content, or in what the thief knows, come out as each by itself", async () => {
  const pairwise = competitorNamed("pairwise")
  const protocol = pairwise.protocol(DEFAULT_SETTINGS)
  const leak = protocol.channelsIn((await restingGroup(protocol, SIZE)).member(memberId(2)).state)
  const work = await workOf(pairwise)
  const leaking = (theft: Theft): Theft => ({
    ...theft,
    loots: theft.loots.map(() => ({ stolen: leak, live: leak })),
  })
  const thefts = new Map(Array.from(work.thefts, ([name, theft]) => [name, leaking(theft)]))
  const alike = [work, await workOf(pairwise, new Uint8Array(50)), { ...work, thefts }]
  const alone = alike.flatMap((one) => play([one]))
  assert.notDeepEqual(alone[1], alone[0])
  assert.notDeepEqual(alone[2], alone[0])
  assert.deepEqual(play(alike), alone)
})

test("where two groups ask the same of their channels it is played once", () => {
  const encryptions = (played: readonly ChannelWork[]): number => {
    let count = 0
    const createSuite: CreateSuite = (random) =>
      observedSuite(createNativeSuite(random), ({ operation }) => {
        if (operation === "encryptCbc") count++
      })
    play(played, createSuite)
    return count
  }
  const [work] = works as [ChannelWork]
  const once = encryptions([work])
  assert.ok(once > 0)
  assert.equal(encryptions([work, work]), once)
})

test("of nothing comes nothing", () => assert.deepEqual(play([]), []))

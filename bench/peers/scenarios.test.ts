import assert from "node:assert/strict"
import { test } from "node:test"
import { countingSuite, noOperations, type OperationCounts } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { loadCompetitor } from "./competitor.ts"
import { competitorsIn } from "./coordinator.ts"
import { here } from "./here.ts"
import { COMPETITORS, rowsOf, SCENARIOS, type ScenarioName } from "./rows.ts"
import { type Implementation, prepare, type Stopwatch } from "./scenarios.ts"

const ONE_PASS = { milliseconds: 0, leastPasses: 1 }
const unclocked: Stopwatch = async (_part, work) => await work()

for (const competitor of COMPETITORS) {
  test(`${competitor} reads all that it wrote, and every row gets a time`, async () => {
    const contestant = await loadCompetitor(competitor)
    for (const scenario of SCENARIOS.filter((name) => competitorsIn(name).includes(competitor))) {
      const { elapsedNs } = await contestant(scenario, ONE_PASS)
      assert.deepEqual(
        Object.keys(elapsedNs),
        rowsOf(scenario).map(({ name }) => name),
      )
      for (const [row, ns] of Object.entries(elapsedNs)) assert.ok(ns > 0, row)
    }
  })
}

test("today's libsignal has no sessions that could be compared", async () => {
  const contestant = await loadCompetitor("libsignal-current")
  await assert.rejects(contestant("chain", ONE_PASS), /version 4/)
})

/** What a pass asks of the suites, after a first one has brought all chains to rest. */
async function operationsOf(scenario: ScenarioName): Promise<OperationCounts> {
  const counts = noOperations()
  const pass = await prepare(
    here((random) => countingSuite(createNativeSuite(random), counts)),
    scenario,
  )
  await pass(unclocked)
  Object.assign(counts, noOperations())
  await pass(unclocked)
  return counts
}

test("a group message costs one signature and one verification", async () => {
  const { sign, verify, dh } = await operationsOf("group-message-32")
  assert.deepEqual({ sign, verify, dh }, { sign: 1, verify: 1, dh: 0 })
})

test("within a chain there is no agreement, and every message of a ping-pong has one at each end and a new key", async () => {
  const [chain, pingPong] = [await operationsOf("chain"), await operationsOf("ping-pong")]
  assert.deepEqual([chain.dh, chain.keyPair], [0, 0])
  assert.deepEqual([pingPong.dh, pingPong.keyPair], [4, 2])
})

test("a set-up uses a one-time prekey: four agreements at each end, and three root steps", async () => {
  const { dh, verify } = await operationsOf("set-up")
  assert.deepEqual([dh, verify], [4 + 4 + 3, 1])
})

/** Ours, but the last bit of every plaintext comes out wrong. */
const misreading = (implementation: Implementation): Implementation => {
  const wrong = async (opened: Uint8Array | Promise<Uint8Array>) => {
    const bytes = await opened
    return bytes.with(-1, (bytes.at(-1) as number) ^ 1)
  }
  return {
    senderAndReceiver() {
      const members = implementation.senderAndReceiver()
      return { ...members, decrypt: (message) => wrong(members.decrypt(message)) }
    },
    strangers() {
      const strangers = implementation.strangers()
      const { bob } = strangers
      return { ...strangers, bob: { ...bob, decrypt: (sent) => wrong(bob.decrypt(sent)) } }
    },
  }
}

test("a plaintext that comes out wrong ends every scenario", async () => {
  for (const scenario of SCENARIOS) {
    const run = async () => (await prepare(misreading(here(createNativeSuite)), scenario))(unclocked)
    await assert.rejects(run, /differs from what was encrypted/, scenario)
  }
})

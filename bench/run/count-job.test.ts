/** Jobs that count, over a store in memory. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { competitorNamed } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import type { ChannelsJob, GroupJob } from "../plan/job.ts"
import { NATIVE } from "../sim/fixture.ts"
import { type Assembled, Assembly } from "./assembly.ts"
import { countAll, type Whole } from "./count.ts"
import { runChannels, runGroup } from "./count-job.ts"
import { callsName, type JobStore, recordingName } from "./run-job.ts"

const PROTOCOLS = ["sender-keys", "pairwise"]
const OPERATIONS = ["create", "message", "heal"] as const
const COMMON = { groupSize: 4, seed: NATIVE.seed, payloadBytes: 8, periodMessages: 100, parts: 2 }

const groupJob = (protocol: string): GroupJob => ({
  kind: "group",
  protocol,
  operations: OPERATIONS,
  ...COMMON,
})
const channelsJob = (part: number): ChannelsJob => ({
  kind: "channels",
  channel: "signal",
  protocols: PROTOCOLS,
  part,
  ...COMMON,
})

function storeInMemory() {
  const kept = new Map<string, unknown>()
  const store: JobStore = {
    read(name) {
      if (!kept.has(name)) throw new Error(`there is no ${name}`)
      return structuredClone(kept.get(name))
    },
    write: (name, value) => void kept.set(name, structuredClone(value)),
  }
  return { kept, store }
}

test("jobs that share a store come to what is counted all at once, and leave the recordings", async () => {
  const { kept, store } = storeInMemory()
  const assembly = new Assembly()
  for (const protocol of PROTOCOLS) {
    const job = groupJob(protocol)
    assert.deepEqual(assembly.group(job, await runGroup(job, store)), [])
  }
  const cells: Assembled[] = []
  for (const part of [1, 0]) {
    const job = channelsJob(part)
    cells.push(...assembly.channels(job, await runChannels(job, store)))
  }
  assert.equal(cells.length, PROTOCOLS.length * OPERATIONS.length)
  for (const protocol of PROTOCOLS) {
    const laboratory = {
      competitor: competitorNamed(protocol),
      settings: COMMON,
      ...NATIVE,
      recipientsTimed: 2,
    }
    const payload = new Uint8Array(COMMON.payloadBytes).fill(0x61)
    const programme = { groupSize: COMMON.groupSize, operations: OPERATIONS, payload }
    for (const [operation, { exact, healing, recording }] of await countAll(laboratory, programme)) {
      const cell = cells.find((one) => one.protocol === protocol && one.operation === operation)
      assert.deepEqual((cell as { whole: Whole }).whole, { exact, healing })
      assert.deepEqual(kept.get(recordingName(groupJob(protocol), operation)), recording)
    }
  }
})

test("what is missing of one protocol's channels does not cost another its own", async () => {
  const { kept, store } = storeInMemory()
  for (const protocol of PROTOCOLS) await runGroup(groupJob(protocol), store)
  kept.delete(callsName("sender-keys", COMMON, 1))
  const { tallies } = await runChannels(channelsJob(1), store)
  assert.match(String(tallies.get("sender-keys")), /there is no calls-sender-keys-4-1/)
  const pairwise = tallies.get("pairwise")
  assert.ok(typeof pairwise === "object")
  assert.deepEqual([...pairwise.operations.keys()] satisfies string[] as Operation[], ["message", "heal"])
})

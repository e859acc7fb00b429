import assert from "node:assert/strict"
import { test } from "node:test"
import { runThroughput, type Threads, type ThroughputOutcome } from "./campaign.ts"
import { JOB } from "./fixture.ts"
import type { FormedGroup } from "./form.ts"
import type { ThroughputJob } from "./jobs.ts"
import type { Measured } from "./thread.ts"

const GROUP: FormedGroup = { speakers: [], members: [], now: 0 }
const MEASURED: Measured = {
  messages: 5,
  opened: 15,
  twoParty: 0,
  broadcasts: 5,
  elapsedNs: 1e9,
  transcript: new Map([[0, "aa"]]),
}
const JOBS: readonly ThroughputJob[] = [0, 1, 2].map((block) => ({ ...JOB, block }))

const working: Threads = { form: async () => GROUP, measure: async () => MEASURED }

async function recordsOf(threads: Partial<Threads>, signal = new AbortController().signal) {
  const records: ThroughputOutcome["record"][] = []
  for await (const { record } of runThroughput(JOBS, { ...working, ...threads }, signal)) records.push(record)
  return records
}

const reasonsOf = async (threads: Partial<Threads>) =>
  (await recordsOf(threads)).map((record) => (record.kind === "throughput" ? "done" : record.reason))

/** What the second measurement is unlike. */
const second = (measured: Partial<Measured>): Partial<Threads> => ({
  measure: async ({ block }) => (block === 1 ? { ...MEASURED, ...measured } : MEASURED),
})

test("one record for each measurement, on a group that was formed once", async () => {
  let formed = 0
  const form = async () => {
    formed++
    return GROUP
  }
  const [first, ...others] = await recordsOf({ form })
  assert.deepEqual(first, {
    kind: "throughput",
    protocol: "sender-keys",
    channel: "signal",
    suite: "native",
    groupSize: 4,
    threads: 1,
    block: 0,
    messages: 5,
    deliveries: 15,
    twoParty: 0,
    broadcasts: 5,
    elapsedNs: 1e9,
  })
  assert.deepEqual([others.length, formed], [2, 1])
})

test("a measurement that dies costs itself alone", async () => {
  const measure = async ({ block }: ThroughputJob) => {
    if (block === 1) throw new Error("a thread ended with code 3")
    return MEASURED
  }
  assert.deepEqual(await reasonsOf({ measure }), ["done", "a thread ended with code 3", "done"])
})

test("a group that cannot be formed fails each of its measurements", async () => {
  const form = () => Promise.reject(new Error("out of memory"))
  assert.deepEqual(await reasonsOf({ form }), ["out of memory", "out of memory", "out of memory"])
})

test("nothing is counted unless everybody opened everything", async () => {
  const reasons = await reasonsOf(second({ opened: 14 }))
  assert.deepEqual(reasons, ["done", "14 of 15 deliveries were opened", "done"])
})

test("a turn with other bytes than in an earlier measurement fails; a longer talk does not", async () => {
  const transcript = (...digests: string[]) => ({ transcript: new Map(digests.entries()) })
  assert.deepEqual(await reasonsOf(second(transcript("aa", "bb"))), ["done", "done", "done"])
  const reasons = await reasonsOf(second(transcript("ab")))
  assert.deepEqual(reasons, ["done", "other bytes in turn 0 than in an earlier measurement", "done"])
})

test("an abort ends the run, whatever the threads die of meanwhile", async () => {
  const interruption = new AbortController()
  const measure = () => {
    interruption.abort()
    return Promise.reject(new Error("killed"))
  }
  await assert.rejects(recordsOf({ measure }, interruption.signal), { name: "AbortError" })
})

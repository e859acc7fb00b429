import assert from "node:assert/strict"
import { test } from "node:test"
import { workId } from "../../results/document.ts"
import type { RunHeader } from "../../results/schema.ts"
import { jobId, type TimeJob } from "../plan/job.ts"
import { type Campaign, cellOf, type Finished, remaining, runCampaign } from "./campaign.ts"
import type { Executor, Outcome } from "./executor.ts"
import { IDLE_TIMES } from "./halves-fixture.ts"

const PLAN: RunHeader["plan"] = {
  protocols: ["pairwise"],
  sizes: [4],
  operations: ["heal"],
  suites: ["native"],
  blocks: 2,
  payloadBytes: 32,
  periodMessages: 100,
  warmUpMs: 1,
  measureMs: 1,
  twins: "one-per-operation",
}
const { samples: _samples, ...TIMES } = IDLE_TIMES
const CELL = cellOf({ protocol: "pairwise", operation: "heal", groupSize: 4 }, "native")
const NOTHING: Finished = { has: () => false, count: () => undefined }

/** Counts nothing; one timed job dies. */
const executor: Executor = {
  async *count() {},
  async *time(jobs: readonly TimeJob[]): AsyncGenerator<Outcome> {
    for (const job of jobs) {
      if (jobId(job) === "pairwise-heal-4-native-1-twin") yield { job, failure: "it died" }
      else yield { job, result: { kind: "time", times: IDLE_TIMES, fastestProbeNs: 1 } }
    }
  },
  async close() {},
}

test("a cell and its twin leave a record each, and fail each for itself", async () => {
  const campaign: Campaign = {
    run: { plan: PLAN, seed: 1 },
    finished: NOTHING,
    executor,
    signal: new AbortController().signal,
  }
  const records = []
  for await (const progressed of runCampaign(campaign, remaining(campaign)))
    records.push(...progressed.records)
  const expected = [
    { kind: "block", ...CELL, block: 0, ...TIMES },
    { kind: "block", ...CELL, block: 0, twin: true, ...TIMES },
    { kind: "block", ...CELL, block: 1, ...TIMES },
    { kind: "failure", ...CELL, block: 1, twin: true, reason: "it died" },
  ]
  const byText = (all: readonly object[]) => all.map((record) => JSON.stringify(record)).toSorted()
  assert.deepEqual(byText(records), byText(expected))
})

test("what is left of a cell and of its twin is told apart", () => {
  const all = [0, 1].flatMap((block) => [{ block }, { block, twin: true as const }])
  for (const lost of all) {
    const done = new Set(
      all.filter((timing) => timing !== lost).map((timing) => workId({ ...CELL, ...timing })),
    )
    const finished: Finished = { ...NOTHING, has: (cell, timing) => done.has(workId({ ...cell, ...timing })) }
    const { timed } = remaining({ run: { plan: PLAN, seed: 1 }, finished })
    assert.deepEqual(
      timed.map(({ block, twin }) => ({ block, ...(twin === undefined ? {} : { twin }) })),
      [lost],
    )
  }
})

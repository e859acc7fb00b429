import assert from "node:assert/strict"
import { test } from "node:test"
import type { RunHeader } from "../../results/schema.ts"
import { type ThroughputJob, throughputJobs } from "./jobs.ts"

const PLAN: RunHeader["plan"] = {
  protocols: ["sender-keys", "pairwise"],
  sizes: [2, 8],
  operations: [],
  suites: ["noble", "native"],
  threads: [1, 2, 4],
  blocks: 3,
  payloadBytes: 32,
  periodMessages: 100,
  warmUpMs: 1,
  measureMs: 2,
}

const jobs = throughputJobs({ plan: PLAN, seed: 1 })
const nameOf = ({ protocol, suite, groupSize, threads }: ThroughputJob): string =>
  `${protocol} ${suite} ${groupSize} ${threads}`

test("each block measures every cell once, with no more threads than members", () => {
  for (const block of [0, 1, 2]) {
    const own = jobs.filter((job) => job.block === block).map(nameOf)
    assert.equal(own.length, 2 * 2 * (2 + 3))
    assert.equal(new Set(own).size, own.length)
  }
  assert.ok(jobs.every(({ threads, groupSize }) => threads <= groupSize))
})

test("blocks follow one another, and within a block what is compared stands side by side", () => {
  const runs = jobs.filter(({ block, groupSize }, index) => {
    const last = jobs[index - 1]
    return last?.block !== block || last.groupSize !== groupSize
  })
  assert.equal(runs.length, 3 * 2)
})

test("the order is another in each block, and the same for the same seed", () => {
  const order = (block: number) => jobs.filter((job) => job.block === block).map(nameOf)
  assert.notDeepEqual(order(0), order(1))
  assert.deepEqual(throughputJobs({ plan: PLAN, seed: 1 }), jobs)
  assert.notDeepEqual(throughputJobs({ plan: PLAN, seed: 2 }), jobs)
})

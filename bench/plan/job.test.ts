import assert from "node:assert/strict"
import { test } from "node:test"
import type { RunHeader } from "../../results/schema.ts"
import { countJobs, type Job, jobId, type TimeJob, timeJobs } from "./job.ts"

const PLAN: RunHeader["plan"] = {
  protocols: ["sender-keys", "pairwise", "periodic-sender-keys"],
  sizes: [4, 8],
  operations: ["create", "message", "heal"],
  suites: ["noble", "native"],
  blocks: 3,
  payloadBytes: 100,
  periodMessages: 7,
  warmUpMs: 20,
  measureMs: 30,
}
const RUN = { plan: PLAN, seed: 5 }
/** Protocols on suites: what is compared with one another. */
const COMPARED = 6
const COMPARISONS = 6

function chunks<T>(items: readonly T[], size: number): T[][] {
  const starts = items.flatMap((_, index) => (index % size === 0 ? [index] : []))
  return starts.map((start) => items.slice(start, start + size))
}

const distinct = (values: readonly unknown[]): number => new Set(values).size
const ids = (jobs: readonly Job[]): string[] => jobs.map(jobId)
const byBlock = (jobs: readonly TimeJob[]): TimeJob[][] => chunks(jobs, COMPARED * COMPARISONS)

test("every cell is timed once in each block, block after block", () => {
  const jobs = timeJobs(RUN)
  assert.equal(jobs.length, COMPARED * COMPARISONS * PLAN.blocks)
  assert.deepEqual(
    jobs.map(({ block }) => block),
    jobs.map((_, index) => Math.floor(index / (COMPARED * COMPARISONS))),
  )
  for (const block of byBlock(jobs)) {
    assert.equal(distinct(ids(block)), COMPARED * COMPARISONS)
  }
})

test("within a block, all that is compared stands side by side", () => {
  for (const comparison of chunks(timeJobs(RUN), COMPARED)) {
    assert.equal(distinct(comparison.map(({ operation, groupSize }) => `${operation} ${groupSize}`)), 1)
    assert.equal(distinct(comparison.map(({ protocol, suite }) => `${protocol} ${suite}`)), COMPARED)
  }
})

test("blocks are shuffled anew: comparisons among one another, and each within", () => {
  const blocks = byBlock(timeJobs(RUN)).map((block) => chunks(block, COMPARED))
  const comparisonsOf = (block: readonly TimeJob[][]) =>
    block.map(([job]) => `${job?.operation} ${job?.groupSize}`).join()
  assert.equal(distinct(blocks.map(comparisonsOf)), PLAN.blocks)
  const orders = blocks.flat().map((jobs) => jobs.map(({ protocol, suite }) => `${protocol} ${suite}`).join())
  assert.ok(distinct(orders) > orders.length / 2)
})

test("no competitor always goes first", () => {
  const jobs = timeJobs({ plan: { ...PLAN, blocks: 50 }, seed: 1 })
  const first = chunks(jobs, COMPARED).map(([job]) => `${job?.protocol} ${job?.suite}`)
  for (const competitor of new Set(first)) {
    const share = first.filter((other) => other === competitor).length / first.length
    assert.ok(share > 0.08 && share < 0.26, `${competitor} goes first in ${share} of the comparisons`)
  }
})

test("of each operation and suite one cell has a twin beside it, the same in every block", () => {
  const run = { ...RUN, plan: { ...PLAN, twins: "one-per-operation" } as const }
  const all = timeJobs(run)
  const withoutBlock = ({ block: _, ...job }: TimeJob) => JSON.stringify(job)
  const twinsOf = (block: number) =>
    all
      .filter((job) => job.twin && job.block === block)
      .map(withoutBlock)
      .toSorted()
  assert.equal(distinct(twinsOf(0)), PLAN.operations.length * PLAN.suites.length)
  for (const block of [1, 2]) assert.deepEqual(twinsOf(block), twinsOf(0))
  const perComparison = COMPARED + 2
  for (const [at, { twin, ...job }] of all.entries()) {
    if (twin === undefined) continue
    const first = all.findIndex((other) => other.twin === undefined && jobId(other) === jobId(job))
    assert.ok(first !== -1 && Math.abs(at - first) < perComparison)
  }
  assert.deepEqual(ids(all.filter(({ twin }) => !twin)).toSorted(), ids(timeJobs(RUN)).toSorted())
})

test("where no group is small enough for a suite it has no twins", () => {
  const twins = "one-per-operation"
  const jobs = timeJobs({ plan: { ...PLAN, nobleUpTo: 2, twins }, seed: 1 })
  assert.ok(jobs.every(({ suite }) => suite === "native"))
  assert.equal(jobs.filter(({ twin }) => twin).length, PLAN.operations.length * PLAN.blocks)
})

test("the order repeats from the seed and differs with it", () => {
  const order = ids(timeJobs(RUN))
  assert.deepEqual(ids(timeJobs(RUN)), order)
  const other = ids(timeJobs({ ...RUN, seed: 6 }))
  assert.notDeepEqual(other, order)
  assert.deepEqual(other.toSorted(), order.toSorted())
})

test("a group is formed once for each protocol and size, with all that is measured on it, not once a suite", () => {
  for (const operations of [["create"], ["heal"], ["create", "heal"]] as const) {
    const { groups } = countJobs({ ...RUN, plan: { ...PLAN, operations: [...operations] } })
    assert.equal(distinct(ids(groups)), PLAN.protocols.length * PLAN.sizes.length)
    for (const group of groups) assert.deepEqual(group.operations, operations)
  }
})

test("only what is wanted is counted, and a group of which nothing is wanted is not formed", () => {
  const { groups, channels } = countJobs(RUN, (protocol, groupSize) =>
    protocol === "pairwise" && groupSize === 4 ? ["heal"] : [],
  )
  assert.deepEqual(ids(groups), ["pairwise-group-4"])
  assert.deepEqual(groups[0]?.operations, ["heal"])
  assert.deepEqual(
    channels.map(({ protocols, groupSize }) => [protocols, groupSize]),
    [[["pairwise"], 4]],
  )
})

test("the channels of all protocols of one size are played together, in parts of up to 64 devices", () => {
  const { groups, channels } = countJobs({ ...RUN, plan: { ...PLAN, sizes: [64, 65, 1024] } })
  for (const [groupSize, parts] of [
    [64, 1],
    [65, 2],
    [1024, 16],
  ] as const) {
    const own = channels.filter((job) => job.groupSize === groupSize)
    assert.deepEqual(
      own.map(({ part }) => part),
      Array.from({ length: parts }, (_, part) => part),
    )
    for (const job of own) assert.deepEqual([job.parts, job.protocols], [parts, PLAN.protocols])
    for (const group of groups.filter((job) => job.groupSize === groupSize)) assert.equal(group.parts, parts)
  }
})

test("large groups are counted first", () => {
  for (const jobs of Object.values(countJobs(RUN))) {
    const sizes = jobs.map(({ groupSize }) => groupSize)
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
    )
  }
})

test("jobs are plain JSON that carries the settings of their run", () => {
  const { groups, channels } = countJobs(RUN)
  const jobs: Job[] = [...groups, ...channels, ...timeJobs(RUN)]
  assert.deepEqual(JSON.parse(JSON.stringify(jobs)), jobs)
  for (const job of jobs) {
    assert.equal(job.seed, 5)
    assert.equal(job.payloadBytes, 100)
    assert.equal(job.periodMessages, 7)
    if (job.kind === "time") assert.deepEqual([job.warmUpMs, job.measureMs], [20, 30])
  }
})

test("different jobs have different names, equal ones the same", () => {
  const { groups, channels } = countJobs(RUN)
  const jobs: Job[] = [...groups, ...channels, ...timeJobs(RUN)]
  assert.equal(distinct(ids(jobs)), jobs.length)
  assert.deepEqual(ids(jobs.map((job) => ({ ...job }))), ids(jobs))
})

test("a plan of a thousand sizes is laid out within a second", () => {
  const sizes = Array.from({ length: 1000 }, (_, index) => index + 2)
  const start = process.cpuUsage()
  assert.equal(timeJobs({ plan: { ...PLAN, sizes }, seed: 1 }).length, 54_000)
  assert.ok(process.cpuUsage(start).user < 1e6) // of this process, whatever else the machine does
})

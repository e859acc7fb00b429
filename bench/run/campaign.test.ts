import assert from "node:assert/strict"
import { test } from "node:test"
import type { CellKey, CountRecord, ResultRecord, RunHeader } from "../../results/schema.ts"
import { type CountJob, type GroupJob, type Job, jobId } from "../plan/job.ts"
import {
  type Campaign,
  cellOf,
  DifferentBytesError,
  type Finished,
  remaining,
  runCampaign,
} from "./campaign.ts"
import type { Executor, Outcome } from "./executor.ts"
import { IDLE_TIMES, idleChannels, idlePart } from "./halves-fixture.ts"
import type { CountResult, GroupOutcome } from "./run-job.ts"

const PLAN: RunHeader["plan"] = {
  protocols: ["sender-keys", "pairwise"],
  sizes: [4, 8],
  operations: ["create", "heal"],
  suites: ["noble", "native"],
  blocks: 2,
  payloadBytes: 32,
  periodMessages: 100,
  warmUpMs: 1,
  measureMs: 1,
}

/** Does every job at once, except for those it is told to fail; so may one operation of a group. */
function fakeExecutor(failing: readonly string[] = []) {
  const jobs: Job[] = []
  async function* outcomes(asked: readonly Job[]): AsyncGenerator<Outcome> {
    for (const job of asked) {
      jobs.push(job)
      if (failing.includes(jobId(job))) yield { job, failure: "it died" }
      else if (job.kind === "time")
        yield { job, result: { kind: "time", times: IDLE_TIMES, fastestProbeNs: 1 } }
      else yield { job, result: counted(job, failing) }
    }
  }
  const executor: Executor = { count: outcomes, time: outcomes, close: async () => {} }
  return { executor, jobs }
}

function counted(job: CountJob, failing: readonly string[]): CountResult {
  if (job.kind === "group") return { kind: "group", outcomes: groupOutcomes(job, failing) }
  const { protocols, groupSize } = job
  const tallies = idleChannels({ groupSize, operations: PLAN.operations })
  return { kind: "channels", tallies: new Map(protocols.map((protocol) => [protocol, tallies])) }
}

const groupOutcomes = ({ protocol, groupSize, operations }: GroupJob, failing: readonly string[]) =>
  operations.map(
    (operation): GroupOutcome =>
      failing.includes(`${protocol}-${operation}-${groupSize}`)
        ? { operation, failure: "it died" }
        : { operation, part: idlePart(groupSize, operation) },
  )

const nameOf = ({ protocol, operation, groupSize, suite }: CellKey, block?: number): string =>
  [protocol, operation, groupSize, suite, ...(block === undefined ? [] : [block])].join("-")

function finishedWith(records: readonly ResultRecord[]): Finished {
  const done = new Map<string, ResultRecord>()
  for (const record of records) {
    if (record.kind === "count") done.set(nameOf(record), record)
    if (record.kind === "block") done.set(nameOf(record, record.block), record)
  }
  return {
    has: (cell, timing) => done.has(nameOf(cell, timing?.block)),
    count: (cell) => done.get(nameOf(cell)) as CountRecord | undefined,
  }
}

type Trial = { plan?: Partial<typeof PLAN>; failing?: string[]; onFile?: readonly ResultRecord[] }

async function conduct({ plan = {}, failing = [], onFile = [] }: Trial = {}) {
  const { executor, jobs } = fakeExecutor(failing)
  const campaign: Campaign = {
    run: { plan: { ...PLAN, ...plan }, seed: 1 },
    finished: finishedWith(onFile),
    executor,
    signal: new AbortController().signal,
  }
  const records: ResultRecord[] = []
  for await (const progressed of runCampaign(campaign, remaining(campaign)))
    records.push(...progressed.records)
  return { records, jobs, done: jobs.map(jobId) }
}

const ofKind = <Kind extends ResultRecord["kind"]>(records: readonly ResultRecord[], kind: Kind) =>
  records.filter((record): record is Extract<ResultRecord, { kind: Kind }> => record.kind === kind)

const isHealOfPairwise4 = (record: ResultRecord): boolean =>
  "operation" in record && nameOf(record).startsWith("pairwise-heal-4")

test("a run forms each group and plays its channels once for all suites, then times each block of each", async () => {
  const { records, done } = await conduct()
  assert.equal(done.length, 4 + 2 + 2 * 16)
  assert.equal(ofKind(records, "count").length, 16)
  assert.equal(ofKind(records, "block").length, 32)
  assert.equal(
    records.findLastIndex(({ kind }) => kind === "count"),
    15,
  )
})

test("each suite gets the record of the one count", async () => {
  const { records } = await conduct({ plan: { protocols: ["pairwise"], sizes: [4], operations: ["heal"] } })
  const counts = ofKind(records, "count")
  assert.deepEqual(
    counts.map(({ suite }) => suite),
    ["noble", "native"],
  )
  const [{ exact, healing }] = counts as [CountRecord]
  assert.equal(healing?.healed, true)
  const cell = { protocol: "pairwise", operation: "heal", groupSize: 4 } as const
  for (const record of counts) {
    assert.deepEqual(record, { kind: "count", ...cellOf(cell, record.suite), exact, healing })
  }
})

test("a group formed for the sake of others leaves no record", async () => {
  const { records, done } = await conduct({ plan: { operations: ["heal"] } })
  assert.ok(done.includes("pairwise-group-4"))
  assert.ok(records.every((record) => "operation" in record && record.operation === "heal"))
})

/** Whose channels were played at a size. */
const playedAt = (groupSize: number, jobs: readonly Job[]) =>
  jobs.flatMap((job) => (job.kind === "channels" && job.groupSize === groupSize ? job.protocols : []))

test("a group that could not be formed takes its cells along, and they say why", async () => {
  const { records, jobs, done } = await conduct({ failing: ["pairwise-group-4"] })
  assert.ok(!done.some((id) => /^pairwise-(heal|create)-4-/.test(id)))
  assert.deepEqual(playedAt(4, jobs), ["sender-keys"])
  assert.deepEqual(
    ofKind(records, "failure").map((failure) => [nameOf(failure, failure.block), failure.reason]),
    ["create-4-noble", "create-4-native", "heal-4-noble", "heal-4-native"].map((cell) => [
      `pairwise-${cell}`,
      "its group could not be formed: it died",
    ]),
  )
  assert.equal(ofKind(records, "block").length, 24)
})

test("why a group could not be formed is told even where forming is not measured", async () => {
  const { records } = await conduct({ plan: { operations: ["heal"] }, failing: ["pairwise-group-4"] })
  assert.deepEqual(
    ofKind(records, "failure").map(({ operation, reason }) => `${operation}: ${reason}`),
    Array(2).fill("heal: its group could not be formed: it died"),
  )
})

test("where no group was formed no channel is played", async () => {
  const { done } = await conduct({ failing: ["pairwise-group-4", "sender-keys-group-4"] })
  assert.ok(!done.includes("signal-channels-4-1of1") && done.includes("signal-channels-8-1of1"))
})

test("a cell that was not counted is not timed", async () => {
  const { records, done } = await conduct({ failing: ["pairwise-heal-4"] })
  assert.ok(!done.some((id) => id.startsWith("pairwise-heal-4-")))
  assert.equal(ofKind(records, "failure").length, 2)
  assert.equal(ofKind(records, "block").length, 28)
})

test("channels that could not be played cost the cells of their size and no other", async () => {
  const { records, done } = await conduct({ failing: ["signal-channels-4-1of1"] })
  const failures = ofKind(records, "failure")
  assert.deepEqual(
    new Set(failures.map(({ groupSize, reason }) => `${groupSize}: ${reason}`)),
    new Set(["4: it died"]),
  )
  assert.equal(failures.length, 8)
  assert.ok(!done.some((id) => /-4-(noble|native)-/.test(id)))
  assert.equal(ofKind(records, "block").length, 16)
})

test("a timed job that fails costs its block and no other", async () => {
  const { records } = await conduct({ failing: ["pairwise-heal-4-native-0"] })
  const [failure, second] = ofKind(records, "failure")
  assert.ok(failure !== undefined && second === undefined)
  assert.equal(nameOf(failure, failure.block), "pairwise-heal-4-native-0")
  assert.equal(ofKind(records, "block").length, 31)
})

test("a run that has everything does nothing", async () => {
  const { records } = await conduct()
  assert.deepEqual(await conduct({ onFile: records }), { records: [], jobs: [], done: [] })
})

/** The jobs that count it. */
const HEAL_OF_PAIRWISE_4 = ["pairwise-group-4", "signal-channels-4-1of1"]

test("a missing block is timed, after its count is made again, and nothing else is", async () => {
  const { records } = await conduct()
  const lost = ofKind(records, "block").find((block) => isHealOfPairwise4(block) && block.block === 1)
  const onFile = records.filter((record) => record !== lost)
  const again = await conduct({ onFile })
  assert.deepEqual(again.done, [...HEAL_OF_PAIRWISE_4, `pairwise-heal-4-${lost?.suite}-1`])
  const [group] = again.jobs
  assert.ok(group?.kind === "group")
  assert.deepEqual(group.operations, ["heal"])
  assert.deepEqual(playedAt(4, again.jobs), ["pairwise"])
  assert.deepEqual(again.records, [lost])
})

test("a missing count is made again and its group formed; what was timed stays", async () => {
  const { records } = await conduct()
  const onFile = records.filter((record) => record.kind === "block" || !isHealOfPairwise4(record))
  const again = await conduct({ onFile })
  assert.deepEqual(again.done, HEAL_OF_PAIRWISE_4)
  assert.equal(ofKind(again.records, "count").length, 2)
})

test("what failed is tried again", async () => {
  const { records } = await conduct({ failing: ["pairwise-heal-4"] })
  const again = await conduct({ onFile: records })
  assert.deepEqual(again.done.slice(0, 2), HEAL_OF_PAIRWISE_4)
  assert.equal(ofKind(again.records, "block").length, 4)
})

test("a count that differs from the one on file ends the run", async () => {
  const { records } = await conduct()
  const onFile = ofKind(records, "count").map((record) =>
    isHealOfPairwise4(record)
      ? { ...record, exact: { ...record.exact, transcript: "cd".repeat(32) } }
      : record,
  )
  await assert.rejects(
    conduct({ onFile }),
    (error) => error instanceof DifferentBytesError && /^pairwise heal at 4: other bytes/.test(error.message),
  )
})

for (const lost of ["pairwise-group-4", "pairwise-heal-4", "signal-channels-4-1of1"]) {
  test(`when ${lost} cannot be repeated its count stays on file, and the missing blocks say why`, async () => {
    const { records } = await conduct()
    const onFile = ofKind(records, "count")
    const again = await conduct({ onFile, failing: [lost] })
    const failures = ofKind(again.records, "failure").filter(isHealOfPairwise4)
    assert.deepEqual(failures.map(({ block }) => block).toSorted(), [0, 0, 1, 1])
    for (const { reason } of failures) assert.match(reason, /^it could not be counted again: .*it died$/)
    const isOnFile = finishedWith(onFile)
    for (const failure of ofKind(again.records, "failure")) {
      assert.ok(!isOnFile.has(failure, failure), "a failure must not contradict a success on file")
    }
  })
}

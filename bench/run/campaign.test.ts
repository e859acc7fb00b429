import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleCount } from "../../results/example.ts"
import type { CellKey, CountRecord, ResultRecord, RunHeader } from "../../results/schema.ts"
import { type Job, jobId } from "../plan/job.ts"
import {
  type Campaign,
  cellOf,
  DifferentBytesError,
  type Finished,
  remaining,
  runCampaign,
} from "./campaign.ts"
import type { Executor, Outcome } from "./executor.ts"

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

const { exact, healing } = exampleCount()
const TIMES = { initiatorNs: 1, recipientNs: 1, groupNs: 1, iterations: 1, recipients: 3, recipientsTimed: 2 }

/** Does every job at once, except for those it is told to fail. */
function fakeExecutor(failing: readonly string[] = []) {
  const done: string[] = []
  async function* outcomes(jobs: readonly Job[]): AsyncGenerator<Outcome> {
    for (const job of jobs) {
      done.push(jobId(job))
      if (failing.includes(jobId(job))) yield { job, failure: "it died" }
      else if (job.kind === "count") yield { job, result: { kind: "count", exact, healing } }
      else yield { job, result: { kind: "time", times: TIMES } }
    }
  }
  const executor: Executor = { count: outcomes, time: outcomes, close: async () => {} }
  return { executor, done }
}

const nameOf = ({ protocol, operation, groupSize, suite }: CellKey, block?: number): string =>
  [protocol, operation, groupSize, suite, ...(block === undefined ? [] : [block])].join("-")

function finishedWith(records: readonly ResultRecord[]): Finished {
  const done = new Map<string, ResultRecord>()
  for (const record of records) {
    if (record.kind === "count") done.set(nameOf(record), record)
    if (record.kind === "block") done.set(nameOf(record, record.block), record)
  }
  return {
    has: (cell, block) => done.has(nameOf(cell, block)),
    count: (cell) => done.get(nameOf(cell)) as CountRecord | undefined,
  }
}

type Trial = { plan?: Partial<typeof PLAN>; failing?: string[]; onFile?: readonly ResultRecord[] }

async function conduct({ plan = {}, failing = [], onFile = [] }: Trial = {}) {
  const { executor, done } = fakeExecutor(failing)
  const campaign: Campaign = {
    run: { plan: { ...PLAN, ...plan }, seed: 1 },
    finished: finishedWith(onFile),
    executor,
    signal: new AbortController().signal,
  }
  const records: ResultRecord[] = []
  for await (const progressed of runCampaign(campaign, remaining(campaign)))
    records.push(...progressed.records)
  return { records, done }
}

const ofKind = <Kind extends ResultRecord["kind"]>(records: readonly ResultRecord[], kind: Kind) =>
  records.filter((record): record is Extract<ResultRecord, { kind: Kind }> => record.kind === kind)

const isHealOfPairwise4 = (record: ResultRecord): boolean =>
  "operation" in record && nameOf(record).startsWith("pairwise-heal-4")

test("a run counts every cell once for all suites, then times each block of each", async () => {
  const { records, done } = await conduct()
  assert.equal(done.length, 8 + 2 * 16)
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
  for (const record of counts) {
    assert.deepEqual(record, { kind: "count", ...cellOf(healJob, record.suite), exact, healing })
  }
})

const healJob: Job = {
  kind: "count",
  protocol: "pairwise",
  groupSize: 4,
  operation: "heal",
  seed: 1,
  payloadBytes: 32,
  periodMessages: 100,
}

test("a group formed for the sake of others leaves no record", async () => {
  const { records, done } = await conduct({ plan: { operations: ["heal"] } })
  assert.ok(done.includes("pairwise-create-4"))
  assert.ok(records.every((record) => "operation" in record && record.operation === "heal"))
})

test("a group that could not be formed takes its cells along, and they say why", async () => {
  const { records, done } = await conduct({ failing: ["pairwise-create-4"] })
  assert.ok(!done.some((id) => /^pairwise-(heal|create)-4-/.test(id) || id === "pairwise-heal-4"))
  assert.deepEqual(
    ofKind(records, "failure").map((failure) => [nameOf(failure, failure.block), failure.reason]),
    [
      ["pairwise-create-4-noble", "it died"],
      ["pairwise-create-4-native", "it died"],
      ["pairwise-heal-4-noble", "its group could not be formed: it died"],
      ["pairwise-heal-4-native", "its group could not be formed: it died"],
    ],
  )
  assert.equal(ofKind(records, "block").length, 24)
})

test("why a group could not be formed is told even where forming is not measured", async () => {
  const { records } = await conduct({ plan: { operations: ["heal"] }, failing: ["pairwise-create-4"] })
  assert.deepEqual(
    ofKind(records, "failure").map(({ operation, reason }) => `${operation}: ${reason}`),
    Array(2).fill("heal: its group could not be formed: it died"),
  )
})

test("a cell that was not counted is not timed", async () => {
  const { records, done } = await conduct({ failing: ["pairwise-heal-4"] })
  assert.ok(!done.some((id) => id.startsWith("pairwise-heal-4-")))
  assert.equal(ofKind(records, "failure").length, 2)
  assert.equal(ofKind(records, "block").length, 28)
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
  assert.deepEqual(await conduct({ onFile: records }), { records: [], done: [] })
})

test("a missing block is timed, after its count is made again, and nothing else is", async () => {
  const { records } = await conduct()
  const lost = ofKind(records, "block").find((block) => isHealOfPairwise4(block) && block.block === 1)
  const onFile = records.filter((record) => record !== lost)
  const again = await conduct({ onFile })
  assert.deepEqual(again.done, ["pairwise-create-4", "pairwise-heal-4", `pairwise-heal-4-${lost?.suite}-1`])
  assert.deepEqual(again.records, [lost])
})

test("a missing count is made again and its group formed; what was timed stays", async () => {
  const { records } = await conduct()
  const onFile = records.filter((record) => record.kind === "block" || !isHealOfPairwise4(record))
  const again = await conduct({ onFile })
  assert.deepEqual(again.done, ["pairwise-create-4", "pairwise-heal-4"])
  assert.equal(ofKind(again.records, "count").length, 2)
})

test("what failed is tried again", async () => {
  const { records } = await conduct({ failing: ["pairwise-heal-4"] })
  const again = await conduct({ onFile: records })
  assert.deepEqual(again.done.slice(0, 2), ["pairwise-create-4", "pairwise-heal-4"])
  assert.equal(ofKind(again.records, "block").length, 4)
})

test("a count that differs from the one on file ends the run", async () => {
  const { records } = await conduct()
  const onFile = ofKind(records, "count").map((record) =>
    isHealOfPairwise4(record) ? { ...record, exact: { ...exact, transcript: "cd".repeat(32) } } : record,
  )
  await assert.rejects(
    conduct({ onFile }),
    (error) => error instanceof DifferentBytesError && /^pairwise heal at 4: other bytes/.test(error.message),
  )
})

for (const lost of ["pairwise-create-4", "pairwise-heal-4"]) {
  test(`when ${lost} cannot be repeated its count stays on file, and the missing blocks say why`, async () => {
    const { records } = await conduct()
    const onFile = ofKind(records, "count")
    const again = await conduct({ onFile, failing: [lost] })
    const failures = ofKind(again.records, "failure").filter(isHealOfPairwise4)
    assert.deepEqual(failures.map(({ block }) => block).toSorted(), [0, 0, 1, 1])
    for (const { reason } of failures) assert.match(reason, /^it could not be counted again: .*it died$/)
    const isOnFile = finishedWith(onFile)
    for (const failure of ofKind(again.records, "failure")) {
      assert.ok(!isOnFile.has(failure, failure.block), "a failure must not contradict a success on file")
    }
  })
}

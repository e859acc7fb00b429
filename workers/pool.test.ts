import assert from "node:assert/strict"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import type { CountJob, TimeJob } from "../bench/plan/job.ts"
import type { Executor, Outcome } from "../bench/run/executor.ts"
import { createPool, type PoolOptions } from "./pool.ts"
import type { Observation, Span } from "./probe-entry.ts"

const PROBE = new URL("./probe-entry.js", import.meta.url)
const SETTINGS = {
  groupSize: 4,
  operation: "create",
  seed: 1,
  payloadBytes: 32,
  periodMessages: 100,
} as const
/** Well below the time for which a probe hangs. */
const PROMPT_MS = 4000
const never = new AbortController().signal

const countJob = (protocol: string): CountJob => ({ kind: "count", protocol, ...SETTINGS })
const timeJob = (protocol: string, block = 0): TimeJob => {
  return { ...countJob(protocol), kind: "time", suite: "native", block, warmUpMs: 1, measureMs: 1 }
}

/** A pool whose files lie in a folder of the test's own. */
function poolIn(t: TestContext, options: Partial<PoolOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "pool-"))
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  const pool = createPool({ threads: 2, ...options })
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  t.after(async () => {
    await pool.close()
    rmSync(folder, { recursive: true })
  })
  return { pool, folder }
}

async function all(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const list: Outcome[] = []
  for await (const outcome of outcomes) list.push(outcome)
  return list
}

const failureOf = (outcome: Outcome): string | undefined =>
  "failure" in outcome ? outcome.failure : undefined

function observed(outcome: Outcome): Observation {
  assert.ok("result" in outcome, failureOf(outcome))
  return outcome.result as unknown as Observation
}

const overlap = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1]

test("a job is counted, then timed from what the counting left", async (t) => {
  const { pool } = poolIn(t)
  const [counted] = await all(pool.count([countJob("pairwise")], never))
  assert.ok(counted !== undefined && "result" in counted && counted.result.kind === "count")
  assert.equal(counted.result.exact.deliveries, counted.result.exact.twoParty)
  const [timed] = await all(pool.time([timeJob("pairwise")], never))
  assert.ok(timed !== undefined && "result" in timed && timed.result.kind === "time")
  assert.ok(timed.result.times.iterations >= 1 && timed.result.times.groupNs > 0)
})

test("a job that was not counted cannot be timed, and says what is missing", async (t) => {
  const { pool } = poolIn(t)
  const [timed] = await all(pool.time([timeJob("pairwise")], never))
  assert.match(failureOf(timed as Outcome) ?? "", /ENOENT.*recording-pairwise-create-4/)
})

test("each timed job has an isolate that never did anything else", async (t) => {
  const { pool } = poolIn(t, { entry: PROBE })
  const timed = await all(pool.time([timeJob("a"), timeJob("b")], never))
  assert.deepEqual(
    timed.map(observed).map(({ calls }) => calls),
    [3, 3],
  )
})

test("counting jobs run as many at once as there are threads", async (t) => {
  for (const threads of [1, 2]) {
    const { pool } = poolIn(t, { entry: PROBE, threads })
    const counted = (await all(pool.count(["a", "b", "c", "d"].map(countJob), never))).map(observed)
    const spans = counted.map((observation) => observation.spans.count as Span)
    const most = Math.max(
      ...spans.map(([now]) => spans.filter(([begin, end]) => begin <= now && now < end).length),
    )
    assert.ok(most <= threads, `${most} at once on ${threads} threads`)
    assert.equal(counted.length, 4)
  }
})

test("while a job is measured nothing else runs, not even the next one's preparation", async (t) => {
  const { pool } = poolIn(t, { entry: PROBE })
  const jobs = [0, 1, 2, 3].map((block) => timeJob("a", block))
  const outcomes = await all(pool.time(jobs, never))
  assert.deepEqual(
    outcomes.map(({ job }) => job),
    jobs,
  )
  const spans = outcomes.map((outcome) => Object.entries(observed(outcome).spans))
  for (const [index, own] of spans.entries()) {
    const measured = own.find(([part]) => part === "measure")?.[1] as Span
    for (const [part, span] of spans.filter((_, other) => other !== index).flat()) {
      assert.ok(!overlap(measured, span), `${part} of another job while job ${index} was measured`)
    }
  }
})

const DEATHS: readonly (readonly [behaviour: string, reason: RegExp])[] = [
  ["throws", /thrown on purpose/],
  ["exits", /exited|exit code|code: 3/],
  ["hoards", /memory/],
]

for (const [behaviour, reason] of DEATHS) {
  test(`a worker that ${behaviour} while it counts costs its job and no other`, async (t) => {
    const { pool } = poolIn(t, { entry: PROBE, threads: 1, heapLimitMb: 32 })
    const outcomes = await all(pool.count([countJob("a"), countJob(behaviour), countJob("b")], never))
    const [first, dead, last] = outcomes.map(failureOf)
    assert.deepEqual([first, last], [undefined, undefined])
    assert.match(dead ?? "", reason)
  })
}

for (const part of ["prepare", "warm-up", "measure"]) {
  for (const [behaviour, reason] of DEATHS.filter(([name]) => name !== "hoards")) {
    test(`a worker that ${behaviour} in ${part} costs its job and no other`, async (t) => {
      const { pool } = poolIn(t, { entry: PROBE })
      const jobs = [timeJob("a"), timeJob(`${behaviour}@${part}`), timeJob("b")]
      const [first, dead, last] = (await all(pool.time(jobs, never))).map(failureOf)
      assert.deepEqual([first, last], [undefined, undefined])
      assert.match(dead ?? "", reason)
    })
  }
}

async function abortedAfter(
  t: TestContext,
  start: (pool: Executor, signal: AbortSignal) => AsyncIterable<Outcome>,
) {
  const { pool, folder } = poolIn(t, { entry: PROBE })
  assert.equal(readdirSync(folder).length, 1)
  const interruption = new AbortController()
  const outcomes = all(start(pool, interruption.signal))
  setTimeout(() => interruption.abort(), 300)
  const asked = performance.now()
  await assert.rejects(outcomes, { name: "AbortError" })
  await pool.close()
  assert.ok(performance.now() - asked < PROMPT_MS)
  assert.ok(existsSync(folder))
  assert.deepEqual(readdirSync(folder), [])
}

test("an abort ends counting jobs in the middle of their work and leaves no file", (t) =>
  abortedAfter(t, (pool, signal) => pool.count(["hangs", "hangs", "a"].map(countJob), signal)))

for (const part of ["prepare", "warm-up", "measure"]) {
  test(`an abort ends a timed job in ${part} and leaves no file`, (t) =>
    abortedAfter(t, (pool, signal) => pool.time([timeJob(`hangs@${part}`), timeJob("a")], signal)))
}

test("whoever stops asking for outcomes ends the jobs that are under way", async (t) => {
  const { pool } = poolIn(t, { entry: PROBE })
  const asked = performance.now()
  for await (const { job } of pool.count(["a", "hangs", "b"].map(countJob), never)) {
    assert.equal(job.protocol, "a")
    break
  }
  assert.ok(performance.now() - asked < PROMPT_MS)
})

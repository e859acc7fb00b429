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
const SETTINGS = { groupSize: 4, seed: 1, payloadBytes: 32, periodMessages: 100 } as const
/** Well below the time for which a probe hangs. */
const PROMPT_MS = 4000
const never = new AbortController().signal

/** Done in a process of its own. */
const groupJob = (protocol: string): CountJob => {
  return { kind: "group", protocol, ...SETTINGS, operations: ["create"], parts: 2 }
}
/** Done in a thread that others use too. */
const channelsJob = (protocol: string, part = 0): CountJob => {
  return { kind: "channels", channel: "signal", protocols: [protocol], ...SETTINGS, part, parts: 2 }
}
const timeJob = (protocol: string, block = 0): TimeJob => {
  const cell = { protocol, ...SETTINGS, operation: "create", suite: "native", block } as const
  return { kind: "time", ...cell, warmUpMs: 1, measureMs: 1 }
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

test("a group is counted, its channels are played from what it left, and it is timed from what it left", async (t) => {
  const { pool } = poolIn(t)
  const [group] = await all(pool.count([groupJob("pairwise")], never))
  assert.ok(group !== undefined && "result" in group && group.result.kind === "group")
  assert.ok((group.result.peakRssBytes ?? 0) > 1e6, "of a process of its own")
  const [outcome] = group.result.outcomes
  assert.ok(outcome !== undefined && "part" in outcome)
  assert.equal(outcome.part.tally.deliveries, outcome.part.tally.twoParty)
  const channels = await all(pool.count([channelsJob("pairwise", 0), channelsJob("pairwise", 1)], never))
  const bundles = channels.map((played) => {
    assert.ok("result" in played && played.result.kind === "channels")
    const tallies = played.result.tallies.get("pairwise")
    return typeof tallies === "object" ? tallies.forming.prekeyBundles : undefined
  })
  assert.deepEqual(
    bundles.toSorted(),
    [2, 4],
    "of 6 channels, those of device 2, and those of devices 1 and 3",
  )
  const [timed] = await all(pool.time([timeJob("pairwise")], never))
  assert.ok(timed !== undefined && "result" in timed && timed.result.kind === "time")
  assert.ok(timed.result.times.iterations >= 1 && timed.result.times.groupNs > 0)
})

test("channels of which nobody wrote down what they were asked are not played, and it is said of which", async (t) => {
  const { pool } = poolIn(t)
  const [played] = await all(pool.count([channelsJob("pairwise", 1)], never))
  assert.ok(played !== undefined && "result" in played && played.result.kind === "channels")
  assert.match(String(played.result.tallies.get("pairwise")), /ENOENT.*calls-pairwise-4-1/)
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

test("each is told the fastest probe of those before it, and the first one none", async (t) => {
  const { pool } = poolIn(t, { entry: PROBE })
  const timed = await all(
    pool.time(
      [0, 4, 2].map((block) => timeJob("a", block)),
      never,
    ),
  )
  assert.deepEqual(
    timed.map(observed).map(({ knownProbeNs }) => knownProbeNs),
    [undefined, 100, 96],
  )
})

test("counting jobs run as many at once as there are threads, in processes and threads together", async (t) => {
  for (const threads of [1, 2]) {
    const { pool } = poolIn(t, { entry: PROBE, threads })
    const jobs = [groupJob("a"), channelsJob("a"), channelsJob("b"), groupJob("b")]
    const counted = (await all(pool.count(jobs, never))).map(observed)
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
  for (const [what, countJob] of [
    ["process", groupJob],
    ["thread", channelsJob],
  ] as const) {
    test(`a ${what} that ${behaviour} while it counts costs its job and no other`, async (t) => {
      const { pool } = poolIn(t, { entry: PROBE, threads: 1, heapLimitMb: 32 })
      const outcomes = await all(pool.count([countJob("a"), countJob(behaviour), countJob("b")], never))
      const [first, dead, last] = outcomes.map(failureOf)
      assert.deepEqual([first, last], [undefined, undefined])
      assert.match(dead ?? "", reason)
    })
  }
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
  abortedAfter(t, (pool, signal) =>
    pool.count([groupJob("hangs"), channelsJob("hangs"), groupJob("a")], signal),
  ))

for (const part of ["prepare", "warm-up", "measure"]) {
  test(`an abort ends a timed job in ${part} and leaves no file`, (t) =>
    abortedAfter(t, (pool, signal) => pool.time([timeJob(`hangs@${part}`), timeJob("a")], signal)))
}

test("whoever stops asking for outcomes ends the jobs that are under way", async (t) => {
  const { pool } = poolIn(t, { entry: PROBE })
  const asked = performance.now()
  for await (const { job } of pool.count([groupJob("a"), groupJob("hangs"), channelsJob("hangs")], never)) {
    assert.deepEqual(job, groupJob("a"))
    break
  }
  assert.ok(performance.now() - asked < PROMPT_MS)
})

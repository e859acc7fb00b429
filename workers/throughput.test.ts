import assert from "node:assert/strict"
import { test } from "node:test"
import type { FormedGroup } from "../bench/throughput/form.ts"
import type { ThroughputJob } from "../bench/throughput/jobs.ts"
import { workerThreads } from "./throughput.ts"

const JOB: ThroughputJob = {
  protocol: "pairwise",
  suite: "native",
  groupSize: 4,
  threads: 2,
  block: 0,
  seed: 1,
  payloadBytes: 32,
  periodMessages: 100,
  warmUpMs: 100,
  measureMs: 30,
}
const never = new AbortController().signal

/** A thread that is not woken would wait for ever. */
const PATIENCE = { timeout: 20_000 }

test("threads of their own read everything, and send the same bytes as one", PATIENCE, async (t) => {
  const group = await workerThreads.form(JOB, never)

  await t.test("one thread and two", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((threads) => workerThreads.measure({ ...JOB, threads }, group, never)),
    )
    assert.ok(one && two)
    for (const { messages, opened, elapsedNs } of [one, two]) {
      assert.ok(messages > 0 && elapsedNs >= 30e6)
      assert.equal(opened, messages * 3)
    }
    const turns = Math.min(one.transcript.size, two.transcript.size)
    assert.ok(turns > 0)
    for (let turn = 0; turn < turns; turn++) assert.equal(one.transcript.get(turn), two.transcript.get(turn))
  })

  await t.test("a member with another's state misreads, and its thread takes the other along", async () => {
    const [first, second, ...others] = group.members
    assert.ok(first && second)
    const strange = { ...group, members: [first, { ...second, state: first.state }, ...others] as const }
    await assert.rejects(workerThreads.measure(JOB, strange, never), /^Error: m00\d .* turn \d/)
  })

  await t.test("an abort ends threads in the middle of their talk", async () => {
    const interruption = new AbortController()
    const measured = workerThreads.measure({ ...JOB, warmUpMs: 60_000 }, group, interruption.signal)
    setTimeout(() => interruption.abort(), 150)
    const asked = performance.now()
    await assert.rejects(measured, { name: "AbortError" })
    assert.ok(performance.now() - asked < 5000)
  })
})

test("a group that cannot be formed is refused with its reason", async () => {
  const formed: Promise<FormedGroup> = workerThreads.form({ ...JOB, protocol: "nope" }, never)
  await assert.rejects(formed, /^Error: unknown protocol "nope"/)
})

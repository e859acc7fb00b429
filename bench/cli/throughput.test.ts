import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { dcgkaBench, documentOf, endAfter, linesOf, resultLines, temporaryFolder } from "./spawned.ts"

const TALK = [
  "throughput",
  "--suite",
  "native",
  "--sizes",
  "2",
  "--protocols",
  "pairwise",
  "--seconds",
  "0.05",
]

test("throughput --json prints one document, and leaves records and a figure", async (t) => {
  const folder = temporaryFolder(t)
  const { throughput, throughputFailures, cells, run } = await documentOf([
    ...TALK,
    ...["--threads", "1,2", "--blocks", "1", "--json", "--out", folder],
  ])
  assert.deepEqual([throughputFailures, cells], [[], []])
  assert.deepEqual(
    throughput.map(({ threads }) => threads),
    [1, 2],
  )
  for (const { messages, deliveries, twoParty, broadcasts } of throughput) {
    assert.ok(messages > 0)
    assert.deepEqual([deliveries, twoParty, broadcasts], [messages, messages, 0])
  }
  assert.ok((throughput[1]?.speedUp?.median ?? 0) > 0)
  assert.deepEqual([run.plan.threads, run.plan.measureMs], [[1, 2], 50])
  assert.equal(resultLines(folder).length, 1 + 2 + 1)
  assert.ok(existsSync(join(folder, "charts", "throughput.svg")))
})

test("Ctrl-C ends throughput with one line and code 130, and keeps what was finished", async (t) => {
  const folder = temporaryFolder(t)
  const args = [...TALK, "--threads", "2", "--blocks", "1000", "--out", folder]
  const { code, stdout, stderr } = await dcgkaBench(args, { whileRunning: endAfter(2, folder, "SIGINT") })
  assert.deepEqual([code, stdout], [130, ""])
  assert.deepEqual(linesOf(stderr), [
    `dcgka-bench: interrupted; what was finished is in ${join(folder, "results.jsonl")}`,
  ])
  assert.ok(resultLines(folder).length >= 2)
})

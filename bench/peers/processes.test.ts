import assert from "node:assert/strict"
import { test } from "node:test"
import { CompetitorError, CompetitorProcesses } from "./processes.ts"
import type { Competitor } from "./rows.ts"

const ONE_PASS = { milliseconds: 0, leastPasses: 1 }

test("a competitor answers from a process of its own, block after block", async (t) => {
  const processes = new CompetitorProcesses()
  t.after(() => processes.end())
  const first = await processes.ask("native", "ping-pong", ONE_PASS)
  const second = await processes.ask("native", "ping-pong", ONE_PASS)
  for (const { elapsedNs, primitivesShare } of [first, second]) {
    assert.ok((elapsedNs["ping-pong"] as number) > 0)
    const share = primitivesShare?.["ping-pong"] as number
    assert.ok(share > 0 && share < 1, `${share}`)
  }
})

test("one that cannot, or is gone, is named in one line", async (t) => {
  const processes = new CompetitorProcesses()
  t.after(() => processes.end())
  const ask = () => processes.ask("nobody" as Competitor, "chain", ONE_PASS)
  await assert.rejects(ask, failing(/^nobody, chain: unhandled case: "nobody"$/))
  processes.end()
  await assert.rejects(ask, failing(/^nobody, chain: its process has ended$/))
  await assert.rejects(ask, failing(/^nobody, chain: its process has ended$/))
})

const failing = (line: RegExp) => (error: unknown) =>
  error instanceof CompetitorError && line.test(error.message)

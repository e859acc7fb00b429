import assert from "node:assert/strict"
import { test } from "node:test"
import { Progress } from "./progress.ts"

/** Ten jobs of equal cost, one in each `intervalMs`. */
function tenJobs({ isTTY, intervalMs }: { isTTY: boolean; intervalMs: number }): string[] {
  const written: string[] = []
  let now = 0
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, () => now)
  for (let job = 0; job < 10; job++) progress.expect(5)
  for (let job = 0; job < 10; job++) {
    now += intervalMs
    progress.done(5, `job-${job}`)
  }
  progress.end()
  return written
}

test("elsewhere than on a terminal, a plain line comes every ten seconds", () => {
  const lines = tenJobs({ isTTY: false, intervalMs: 5000 })
  assert.equal(lines.length, 5)
  assert.match(lines[0] ?? "", /^ 20 % {2}about 40 s left +job-1\n$/)
  assert.match(lines.at(-1) ?? "", /^100 % .* job-9\n$/)
})

test("a longer time is told in minutes, and none before a twentieth is done", () => {
  const lines: string[] = []
  let now = 0
  const progress = new Progress({ isTTY: false, write: (text) => lines.push(text) }, () => now)
  progress.expect(100)
  for (const cost of [4, 16]) {
    now += 60_000
    progress.done(cost, "job")
  }
  assert.match(lines[0] ?? "", /^ {2}4 % +job\n$/)
  assert.match(lines[1] ?? "", /^ 20 % {2}about 8 min left +job\n$/)
})

test("a run that is over at once says nothing", () => {
  assert.deepEqual(tenJobs({ isTTY: false, intervalMs: 100 }), [])
})

test("on a terminal one line is repainted, and wiped in the end", () => {
  const painted = tenJobs({ isTTY: true, intervalMs: 1000 })
  assert.equal(painted.length, 11)
  for (const text of painted) assert.ok(text.startsWith("\r\u001b[K") && !text.includes("\n"))
  assert.equal(painted.at(-1), "\r\u001b[K")
})

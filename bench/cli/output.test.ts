import assert from "node:assert/strict"
import type { ChildProcess } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { registry } from "../../protocols/registry.ts"
import { exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import type { ResultRecord } from "../../results/schema.ts"
import {
  dcgkaBench,
  dcgkaBenchEach,
  type Ended,
  linesOf,
  resultLines,
  TINY_RUN,
  temporaryFolder,
} from "./spawned.ts"

const folder = mkdtempSync(join(tmpdir(), "cli-"))
after(() => rmSync(folder, { recursive: true }))

function resultsIn(file: string, records: readonly ResultRecord[]): string {
  mkdirSync(join(folder, file, ".."), { recursive: true })
  writeFileSync(join(folder, file), records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  return join(folder, file)
}

const drawable = resultsIn("any.jsonl", [exampleHeader(), exampleCount(), exampleBlock(0)])
for (const id of ["one", "two"])
  resultsIn(`published/${id}.jsonl`, [
    { ...exampleHeader(), id },
    exampleCount({ protocol: "pairwise", channel: "signal" }),
  ])
const site = join(folder, "site")

const [listed, listedForPeople, verified, drawn, published] = (await dcgkaBenchEach([
  ["list", "--json"],
  ["list"],
  ["verify", "--json", "--protocols", "pairwise", "--size", "3,5"],
  ["charts", drawable, "--out", join(folder, "elsewhere")],
  ["publish", join(folder, "published"), "--out", site],
])) as [Ended, Ended, Ended, Ended, Ended]

test("list --json names every protocol with its claims, every operation and suite", () => {
  const { code, stdout, stderr } = listed
  assert.deepEqual([code, stderr], [0, ""])
  const { protocols, operations, suites } = JSON.parse(stdout)
  assert.deepEqual(
    protocols.map(({ name, channel, claims }: (typeof registry)[number]) => [name, channel, claims]),
    registry.map(({ name, channel, claims }) => [name, channel, claims]),
  )
  assert.deepEqual(operations, ["create", "message", "add", "remove", "update", "heal", "heal-fresh"])
  assert.deepEqual(suites, ["noble", "native"])
})

test("list prints every protocol for people", () => {
  const { code, stdout } = listedForPeople
  assert.equal(code, 0)
  for (const { name } of registry) assert.ok(linesOf(stdout).includes(name))
  assert.ok(!stdout.includes("\u001b"))
})

test("verify --json prints a verdict on every claim", () => {
  const { code, stdout, stderr } = verified
  assert.deepEqual([code, stderr], [0, ""])
  const { checks, groupSize, groupSizes, suite } = JSON.parse(stdout)
  assert.deepEqual([groupSize, groupSizes, suite], [5, [3, 5], "native"])
  const playedIn = (size: number) => checks.filter((check: { groupSize: number }) => check.groupSize === size)
  assert.ok(playedIn(3).length >= 5)
  assert.equal(playedIn(5).length, playedIn(3).length)
  assert.ok(checks.every(({ passed }: { passed: boolean }) => passed))
})

test("charts draws what a run left, where it is told to", () => {
  const { code, stdout } = drawn
  assert.deepEqual([code, stdout], [0, `${join(folder, "elsewhere", "charts", "index.html")}\n`])
  assert.ok(existsSync(stdout.trim()))
})

test("publish writes a site of every results file in a folder, with what is known of their protocols", () => {
  const { code, stdout } = published
  assert.deepEqual([code, stdout], [0, `${join(site, "index.html")}\n`])
  for (const id of ["one", "two"]) assert.ok(existsSync(join(site, "data", id, "results.jsonl")), id)
  const page = readFileSync(join(site, "protocols", "pairwise.html"), "utf8")
  assert.match(page, /The compromised member alone renews<.*>no<.*as claimed/)
})

test("a reader that leaves early (| head -1) does not end the run, nor in a stack trace", async (t) => {
  const out = temporaryFolder(t)
  const args = [...TINY_RUN, "--blocks", "1", "--out", out]
  const whileRunning = (child: ChildProcess) => child.stdout?.destroy()
  const { code, stderr } = await dcgkaBench(args, { whileRunning })
  assert.equal(code, 0, stderr)
  assert.doesNotMatch(stderr, /Error|EPIPE/)
  assert.match(resultLines(out).at(-1) ?? "", /"kind":"end"/)
  assert.ok(existsSync(join(out, "charts", "index.html")))
})

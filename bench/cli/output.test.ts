import assert from "node:assert/strict"
import type { ChildProcess } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { registry } from "../../protocols/registry.ts"
import { exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import { dcgkaBench, linesOf, resultLines, TINY_RUN, temporaryFolder } from "./spawned.ts"

test("list --json names every protocol with its claims, every operation and suite", async () => {
  const { code, stdout, stderr } = await dcgkaBench(["list", "--json"])
  assert.deepEqual([code, stderr], [0, ""])
  const { protocols, operations, suites } = JSON.parse(stdout)
  assert.deepEqual(
    protocols.map(({ name, channel, claims }: (typeof registry)[number]) => [name, channel, claims]),
    registry.map(({ name, channel, claims }) => [name, channel, claims]),
  )
  assert.deepEqual(operations, ["create", "message", "add", "remove", "update", "heal"])
  assert.deepEqual(suites, ["noble", "native"])
})

test("list prints every protocol for people", async () => {
  const { code, stdout } = await dcgkaBench(["list"])
  assert.equal(code, 0)
  for (const { name } of registry) assert.ok(linesOf(stdout).includes(name))
  assert.ok(!stdout.includes("\u001b"))
})

test("verify --json prints a verdict on every claim", async () => {
  const { code, stdout, stderr } = await dcgkaBench([
    "verify",
    "--json",
    "--protocols",
    "pairwise",
    "--size",
    "3",
  ])
  assert.deepEqual([code, stderr], [0, ""])
  const { checks, groupSize, suite } = JSON.parse(stdout)
  assert.deepEqual([groupSize, suite], [3, "native"])
  assert.ok(checks.length >= 5)
  assert.ok(checks.every(({ passed }: { passed: boolean }) => passed))
})

test("charts draws what a run left, where it is told to", async (t) => {
  const folder = temporaryFolder(t)
  const records = [exampleHeader(), exampleCount(), exampleBlock(0)]
  writeFileSync(join(folder, "any.jsonl"), records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  const args = ["charts", join(folder, "any.jsonl"), "--out", join(folder, "elsewhere")]
  const { code, stdout } = await dcgkaBench(args)
  assert.deepEqual([code, stdout], [0, `${join(folder, "elsewhere", "charts", "index.html")}\n`])
  assert.ok(existsSync(stdout.trim()))
})

test("publish writes a site of every results file in a folder, with what is known of their protocols", async (t) => {
  const folder = temporaryFolder(t)
  const count = exampleCount({ protocol: "pairwise", channel: "signal" })
  for (const id of ["one", "two"]) {
    const records = [{ ...exampleHeader(), id }, count]
    writeFileSync(
      join(folder, `${id}.jsonl`),
      records.map((record) => `${JSON.stringify(record)}\n`).join(""),
    )
  }
  const site = join(folder, "site")
  const { code, stdout } = await dcgkaBench(["publish", folder, "--out", site])
  assert.deepEqual([code, stdout], [0, `${join(site, "index.html")}\n`])
  for (const id of ["one", "two"]) assert.ok(existsSync(join(site, "data", id, "results.jsonl")), id)
  const page = readFileSync(join(site, "protocols", "pairwise.html"), "utf8")
  assert.match(page, /The victim alone renews<.*>no<.*as claimed/)
})

test("a reader that leaves early (| head -1) does not end the run, nor in a stack trace", async (t) => {
  const folder = temporaryFolder(t)
  const args = [...TINY_RUN, "--blocks", "1", "--out", folder]
  const whileRunning = (child: ChildProcess) => child.stdout?.destroy()
  const { code, stderr } = await dcgkaBench(args, { whileRunning })
  assert.equal(code, 0, stderr)
  assert.doesNotMatch(stderr, /Error|EPIPE/)
  assert.match(resultLines(folder).at(-1) ?? "", /"kind":"end"/)
  assert.ok(existsSync(join(folder, "charts", "index.html")))
})

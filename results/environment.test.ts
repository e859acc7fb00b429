import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { pathToFileURL } from "node:url"
import { takeEnvironment, takeTool } from "./environment.ts"
import { exampleHeader } from "./example.ts"
import { parseRecord } from "./schema.ts"

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "environment-"))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const asRoot = (folder: string): URL => pathToFileURL(`${folder}/`)

function commitAll(folder: string): void {
  const git = (...args: string[]): unknown => execFileSync("git", args, { cwd: folder, stdio: "ignore" })
  git("init")
  git("add", ".")
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-m", "first")
}

test("what is taken here passes the check of a results file", () => {
  const record = { ...exampleHeader(), environment: takeEnvironment(), tool: takeTool() }
  assert.deepEqual(parseRecord(record), record)
  assert.equal(record.tool.name, "dcgka-bench")
  assert.match(record.environment.dependencies.zod ?? "", /^\d+\.\d+\.\d+/)
})

test("a folder with nothing in it gives unknown, not an error", (t) => {
  const root = asRoot(temporary(t))
  assert.deepEqual(takeTool(root), { name: "unknown", version: "unknown", commit: "unknown" })
  assert.deepEqual(takeEnvironment(root).dependencies, {})
})

test("how the machine is set and how busy it is stands in the record, and nothing that the system does not say", (t) => {
  const root = asRoot(temporary(t))
  const cpu = "/sys/devices/system/cpu"
  const files: Record<string, string> = {
    [`${cpu}/online`]: "0",
    [`${cpu}/cpu0/cpufreq/scaling_governor`]: "performance",
    [`${cpu}/cpufreq/boost`]: "0",
    "/proc/loadavg": "0.25 0 0",
  }
  const { governor, turbo, loadAverage1m, ...rest } = takeEnvironment(root, (path) => files[path])
  assert.deepEqual([governor, turbo, loadAverage1m], ["performance", "off", 0.25])
  for (const name of ["smt", "isVirtual", "cpuPressureShare", "lockfileHash"])
    assert.ok(!(name in rest), name)
})

test("the hash of the lockfile changes with any package in it", (t) => {
  const folder = temporary(t)
  const hashOf = (text: string) => {
    writeFileSync(join(folder, "package-lock.json"), text)
    return takeEnvironment(asRoot(folder)).lockfileHash
  }
  // echo -n '{}' | sha256sum
  assert.equal(hashOf("{}"), "44136fa355b3678a")
  assert.notEqual(hashOf("{ }"), "44136fa355b3678a")
})

test("a broken package.json gives unknown too", (t) => {
  const folder = temporary(t)
  for (const text of ["{", "null", "[]", '{"dependencies": 3, "version": 1}']) {
    writeFileSync(join(folder, "package.json"), text)
    assert.equal(takeTool(asRoot(folder)).version, "unknown")
    assert.deepEqual(takeEnvironment(asRoot(folder)).dependencies, {})
  }
})

test("a dependency may be installed in a folder above, or not at all", (t) => {
  const folder = temporary(t)
  const inner = join(folder, "node_modules", "dcgka-bench")
  mkdirSync(join(folder, "node_modules", "@scope", "a"), { recursive: true })
  mkdirSync(inner)
  writeFileSync(join(folder, "node_modules", "@scope", "a", "package.json"), '{"version": "1.2.3"}')
  writeFileSync(join(inner, "package.json"), '{"dependencies": {"@scope/a": "^1", "absent": "1"}}')
  assert.deepEqual(takeEnvironment(asRoot(inner)).dependencies, { "@scope/a": "1.2.3", absent: "unknown" })
})

test("a clean checkout gives its commit, a changed one says so", (t) => {
  const folder = temporary(t)
  writeFileSync(join(folder, "package.json"), '{"name": "x", "version": "1.0.0"}')
  commitAll(folder)
  assert.match(takeTool(asRoot(folder)).commit, /^[0-9a-f]{7,}$/)
  writeFileSync(join(folder, "new"), "")
  assert.match(takeTool(asRoot(folder)).commit, /^[0-9a-f]{7,}\+dirty$/)
})

test("installed inside somebody else's checkout, their commit is not ours", (t) => {
  const folder = temporary(t)
  mkdirSync(join(folder, "node_modules"))
  writeFileSync(join(folder, "file"), "")
  commitAll(folder)
  assert.equal(takeTool(asRoot(join(folder, "node_modules"))).commit, "unknown")
})

test("without git on the path the commit is unknown", (t) => {
  const path = process.env.PATH
  t.after(() => {
    process.env.PATH = path
  })
  process.env.PATH = ""
  assert.equal(takeTool().commit, "unknown")
})

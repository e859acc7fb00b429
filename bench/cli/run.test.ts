import assert from "node:assert/strict"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { isHeal, type ResultDocument } from "../../results/schema.ts"
import {
  dcgkaBench,
  dcgkaBenchEach,
  documentIn,
  type Ended,
  linesOf,
  resultLines,
  temporaryFolder,
} from "./spawned.ts"

const QUICK = ["run", "--json", "--quick", "--blocks", "1"]
const NATIVE = [...QUICK, "--suite", "native"]

test("run --json prints one document with the names that are promised, and nothing else", async (t) => {
  const folder = temporaryFolder(t)
  const plan = ["--protocols", "sender-keys,pairwise", "--sizes", "4,8", "--operations", "create,heal"]
  const { code, stdout, stderr } = await dcgkaBench([...NATIVE, ...plan, "--out", folder])
  assert.equal(code, 0, stderr)
  const document = JSON.parse(stdout)
  assert.deepEqual(Object.keys(document), [
    "run",
    "cells",
    "timeExponents",
    "failures",
    "throughput",
    "throughputFailures",
  ])
  for (const name of ["id", "seed", "startedAt", "finishedAt", "environment"]) assert.ok(name in document.run)
  assert.deepEqual(Object.keys(document.run.tool), ["name", "version", "commit"])
  assert.equal(document.cells.length, 8)
  for (const cell of document.cells) assertPromised(cell)
  assert.equal(
    linesOf(stderr)
      .filter((line) => !/^( *\d+ %|results: |charts: )/.test(line))
      .join("\n"),
    "",
  )
  assertCounted(document.cells)
  assertWithoutSecrets(folder)
})

const SAMPLED = ["initiatorNs", "recipientNs", "groupNs"]
const EXACT = [
  "twoParty",
  "broadcasts",
  "deliveries",
  "rounds",
  "bytesUploaded",
  "bytesDelivered",
  "stateBytesMax",
  "stateBytesMean",
]

type AnyCell = ResultDocument["cells"][number]

function assertPromised(cell: AnyCell): void {
  for (const name of ["protocol", "channel", "suite", "operation"] as const) {
    assert.equal(typeof cell[name], "string", name)
  }
  for (const name of EXACT) assert.equal(typeof { ...cell.exact }[name as "rounds"], "number", name)
  assert.match(cell.exact.transcript, /^[0-9a-f]{64}$/)
  const { primitives, primitiveBytes } = cell.exact
  assert.deepEqual(Object.keys(primitiveBytes ?? {}), Object.keys(primitives))
  for (const whose of ["group", "initiator", "recipientMax"] as const) {
    assert.ok(Object.values(primitives[whose]).every(Number.isInteger), whose)
  }
  for (const name of SAMPLED) {
    const { median, low, high } = { ...cell.sampled }[name as "groupNs"] as NonNullable<
      AnyCell["sampled"]
    >["groupNs"]
    assert.ok(0 < low && low <= median && median <= high, name)
  }
  assert.ok(cell.sampled !== null && "messagesPerSecond" in cell.sampled)
  assert.ok((cell.sampled.efficiency?.median ?? 0) > 0)
  assert.equal(cell.blocks, 1)
  assert.equal("healing" in cell, isHeal(cell.operation))
}

/** Forming: every member to every other. Healing: the victim to all, all to it; then as forming. */
function assertCounted(cells: readonly AnyCell[]): void {
  for (const { protocol, operation, groupSize: n, exact, healing } of cells) {
    if (operation === "heal")
      assert.deepEqual([healing?.healed, typeof healing?.firstSafeRound], [true, "number"])
    if (protocol !== "sender-keys") continue
    assert.equal(exact.twoParty, operation === "create" ? n * (n - 1) : n * (n - 1) + 2 * (n - 1))
  }
}

/** A run leaves three things behind, and members' keys are in none: every long text is a known one. */
function assertWithoutSecrets(folder: string): void {
  assert.deepEqual(readdirSync(folder).toSorted(), ["charts", "results.jsonl", "results.samples.csv.gz"])
  assert.ok(statSync(join(folder, "charts", "index.html")).size > 0)
  for (const line of resultLines(folder)) {
    const rest = line.replace(/"transcript":"[0-9a-f]{64}"/, "")
    assert.doesNotMatch(rest, /[0-9a-f]{32}|"(secret|state|random|key|chain)[^"]*":("|\{|\[)/i)
  }
}

const CREATE = ["--protocols", "pairwise", "--sizes", "4", "--operations", "create"]

test("run decides what is sent by its seed alone, and does nothing when it is dry", async (t) => {
  const [folder, cwd] = [temporaryFolder(t), temporaryFolder(t)]
  const settings = (seed: string, suite: string) => [
    ...["--seed", seed, "--suite", suite],
    ...["--out", join(folder, seed)],
  ]
  const [seven, eight, dry] = (await dcgkaBenchEach(
    [
      [...QUICK, ...CREATE, ...settings("7", "noble,native")],
      [...QUICK, ...CREATE, ...settings("8", "native")],
      [...NATIVE, ...CREATE, "--dry-run"],
    ],
    cwd,
  )) as [Ended, Ended, Ended]

  await t.test("both suites give one transcript for one seed, and another for another seed", () => {
    const transcripts = (ended: Ended) => documentIn(ended).cells.map(({ exact }) => exact.transcript)
    const [first, ...others] = transcripts(seven)
    assert.deepEqual(others, [first])
    assert.notDeepEqual(transcripts(eight), [first])
  })

  await t.test("--dry-run --json lists the jobs and leaves nothing behind", () => {
    assert.deepEqual([dry.code, dry.stderr], [0, ""])
    const { jobs, plan, seed } = JSON.parse(dry.stdout)
    assert.deepEqual(
      jobs.map(({ kind }: { kind: string }) => kind),
      ["group", "channels", "time"],
    )
    assert.deepEqual([plan.sizes, seed], [[4], 1])
    assert.deepEqual(readdirSync(cwd), [])
  })
})

test("a plain run prints a table and where its files are, without colour codes", async (t) => {
  const cwd = temporaryFolder(t)
  const args = NATIVE.filter((arg) => arg !== "--json")
  const { code, stdout, stderr } = await dcgkaBench([...args, ...CREATE], { cwd })
  assert.equal(code, 0, stderr)
  const [file] = /(?<=^results: ).*$/m.exec(stdout) ?? []
  assert.match(file ?? "", /^out\/\d{8}T\d{6}-\d+\/results.jsonl$/)
  assert.equal(linesOf(readFileSync(join(cwd, file as string), "utf8")).length, 4)
  assert.match(stdout, /pairwise/)
  assert.ok(!`${stdout}${stderr}`.includes("\u001b"))
  assert.ok(
    linesOf(stderr).every((line) => /^ *\d+ %/.test(line)),
    stderr,
  )
})

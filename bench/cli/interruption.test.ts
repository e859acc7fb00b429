import assert from "node:assert/strict"
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { readSamples } from "../../results/sample-store.ts"
import { parseSamples } from "../../results/samples.ts"
import { readResults } from "../../results/store.ts"
import {
  dcgkaBench,
  dcgkaBenchEach,
  documentIn,
  documentOf,
  type Ended,
  endAfter,
  exactPartsOf,
  linesOf,
  resultLines,
  TINY_RUN,
  temporaryFolder,
} from "./spawned.ts"

const PLAN = ["--operations", "create,heal", "--blocks", "2"]
const RUN = [...TINY_RUN.slice(0, -2), ...PLAN, "--json"]
const RECORDS = 1 + 2 + 2 * 2 + 1

/** Every iteration that a block speaks of is in the file of raw samples, once. */
function assertSampled(folder: string): void {
  const records = readResults(folder)
  const samples = parseSamples(readSamples(join(folder, "results.jsonl"), records))
  const blocks = records.filter((record) => record.kind === "block")
  for (const block of blocks) {
    const own = samples.filter((row) => row.operation === block.operation && row.block === block.block)
    assert.deepEqual(
      own.map(({ iteration }) => iteration),
      own.map((_, index) => index),
    )
    assert.equal(own.length, block.iterations)
  }
  assert.equal(blocks.length, 4)
}

/** The exact parts of the whole run, and a copy of its file to break. */
async function uninterrupted(t: TestContext) {
  const folder = temporaryFolder(t)
  const whole = join(folder, "whole")
  const exactParts = exactPartsOf(await documentOf([...RUN, "--out", whole]))
  assert.equal(resultLines(whole).length, RECORDS)
  return { folder, whole, exactParts }
}

test("an interrupted or killed run is resumed, and ends as if nothing had happened", async (t) => {
  const { folder, whole, exactParts } = await uninterrupted(t)
  const lines = resultLines(whole)

  const out = join(folder, "interrupted")
  await t.test("Ctrl-C keeps what was finished and says how to go on", async () => {
    const temporary = join(folder, "temporary")
    mkdirSync(temporary)
    process.env.TMPDIR = temporary
    const whileRunning = endAfter(4, out, "SIGINT")
    const { code, stdout, stderr } = await dcgkaBench([...RUN, "--out", out], { whileRunning })
    delete process.env.TMPDIR
    assert.deepEqual([code, stdout], [130, ""])
    const said = linesOf(stderr).filter((line) => line.startsWith("dcgka-bench: "))
    assert.deepEqual(said, [
      `dcgka-bench: interrupted; what was finished is in ${join(out, "results.jsonl")}; go on with --resume ${out}`,
    ])
    assert.doesNotMatch(stderr, /Error|^ +at /m)
    assert.deepEqual(readdirSync(temporary), [])
  })
  const kept = resultLines(out)
  assert.ok(kept.length >= 4 && kept.length < RECORDS)

  const last = lines.at(-2) as string
  const tornText = [...lines.slice(0, -2), last.slice(0, last.length / 2)].join("\n")
  const torn = copyWith("torn", tornText)
  const looked = copyWith("looked", tornText)
  const uncounted = lines.filter((line) => !/"kind":"(block|end)"/.test(line))
  const changed = uncounted.map((line) => line.replace(/"transcript":"[0-9a-f]{4}/, '"transcript":"0000'))
  const other = copyWith("other", `${changed.join("\n")}\n`)

  function copyWith(name: string, text: string): string {
    const copy = join(folder, name)
    cpSync(whole, copy, { recursive: true })
    writeFileSync(join(copy, "results.jsonl"), text)
    return copy
  }

  const resume = (from: string, ...more: string[]): string[] => ["run", "--resume", from, ...more]
  const [afterInterruption, dry, afterTear, afterAll, afterChange] = (await dcgkaBenchEach([
    resume(out, "--json"),
    resume(looked, "--dry-run", "--json"),
    resume(torn, "--json"),
    resume(whole, "--json"),
    resume(other),
  ])) as [Ended, Ended, Ended, Ended, Ended]

  await t.test("an interrupted run goes on with what was kept", () => {
    const resumed = documentIn(afterInterruption)
    assert.deepEqual(exactPartsOf(resumed), exactParts)
    assert.deepEqual(resultLines(out).slice(0, kept.length), kept)
    assert.equal(resultLines(out).length, RECORDS)
    assert.notEqual(resumed.run.finishedAt, null)
    assertSampled(out)
  })

  await t.test("a torn last line is done again", () => {
    assert.deepEqual(
      JSON.parse(dry.stdout)
        .jobs.map(({ kind }: { kind: string }) => kind)
        .toSorted(),
      ["channels", "group", "time"],
    )
    assert.equal(readFileSync(join(looked, "results.jsonl"), "utf8"), tornText, "--dry-run changes nothing")
    assert.deepEqual(exactPartsOf(documentIn(afterTear)), exactParts)
    assert.equal(resultLines(torn).length, RECORDS)
    assertSampled(torn)
  })

  await t.test("a run that is complete stays as it is", () => {
    assert.deepEqual(exactPartsOf(documentIn(afterAll)), exactParts)
    assert.deepEqual(resultLines(whole), lines)
  })

  await t.test("a run made by other code is not mixed with ours: one line, code 1", () => {
    const { code, stdout, stderr } = afterChange
    assert.deepEqual([code, stdout], [1, ""])
    const said = linesOf(stderr).filter((line) => !/^ *\d+ %/.test(line))
    assert.match(
      said.join("\n"),
      /^dcgka-bench: pairwise \w+ at 4: other bytes than in the run .*begin a new run$/,
    )
    assert.deepEqual(resultLines(other), changed)
  })
})

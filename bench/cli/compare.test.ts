import assert from "node:assert/strict"
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { exampleBlock, exampleCount, exampleHeader } from "../../results/example.ts"
import type { ResultRecord } from "../../results/schema.ts"
import { type BaselineOptions, baseline } from "./baseline.ts"
import { type CompareOptions, compare } from "./compare.ts"
import { EXIT, UsageError } from "./failure.ts"
import { dcgkaBench, temporaryFolder } from "./spawned.ts"

const linesOf = (records: readonly ResultRecord[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("")

/** Eight blocks that differ by a thousandth, unless told otherwise, each with its twin. */
function run(
  groupNs: number,
  { drift = (block: number) => 1 + block / 1000, twoParty = 7, seed = 1 } = {},
): string {
  const blocks = Array.from({ length: 8 }, (_, block) =>
    exampleBlock(block, {}, { initiatorNs: 0, recipientNs: 0, groupNs: groupNs * drift(block) }),
  )
  const twins = blocks.map((block) => ({ ...block, twin: true as const }))
  return linesOf([{ ...exampleHeader(), seed }, exampleCount({}, { twoParty }), ...blocks, ...twins])
}

const RUNS: Readonly<Record<string, string>> = {
  base: run(1000),
  slow: run(1100),
  chatty: run(1000, { twoParty: 8 }),
  noisy: run(1000, { drift: (block) => 4 ** ((block % 3) - 1) }),
  untimed: linesOf([exampleHeader(), exampleCount()]),
  reseeded: run(1000, { seed: 7 }),
}

/** A working directory with runs to compare. */
function workIn(t: TestContext): string {
  const [folder, before] = [temporaryFolder(t), process.cwd()]
  process.chdir(folder)
  t.after(() => process.chdir(before))
  for (const [name, text] of Object.entries(RUNS)) {
    mkdirSync(name)
    writeFileSync(join(name, "results.jsonl"), text)
  }
  return folder
}

/** What a command that returns at once wrote on a stream. */
function capturing<T>(t: TestContext, stream: "stdout" | "stderr", command: () => T): [T, string] {
  let text = ""
  const write = t.mock.method(process[stream], "write", (part: string) => {
    text += part
    return true
  })
  try {
    return [command(), text]
  } finally {
    write.mock.restore()
  }
}

const OPTIONS: Omit<CompareOptions, "base"> = {
  head: undefined,
  between: undefined,
  reference: undefined,
  detect: undefined,
  failOn: undefined,
  json: true,
}

/** Exit code and complaint. */
function judged(t: TestContext, head: string, failOn: string): [code: number, complaint: string] {
  const options = { ...OPTIONS, base: "base", head, failOn }
  const [[code], complaint] = capturing(t, "stderr", () => capturing(t, "stdout", () => compare(options)))
  return [code, complaint]
}

test("gates: 3 for what is slower or counts otherwise, 4 for noise, and each for what it was asked alone", (t) => {
  workIn(t)
  const trials: readonly (readonly [head: string, gates: string, code: number, complaint: RegExp])[] = [
    ["base", "regression,counts,noise", EXIT.done, /^$/],
    ["slow", "regression", EXIT.regression, /: 1 times are slower\n$/],
    ["slow", "counts,noise", EXIT.done, /^$/],
    ["chatty", "counts", EXIT.regression, /: 1 counts differ\n$/],
    ["chatty", "regression,noise", EXIT.done, /^$/],
    ["noisy", "noise", EXIT.noisy, /: 1 times are too noisy for a verdict\n$/],
    ["noisy", "regression,counts", EXIT.done, /^$/],
    ["untimed", "noise", EXIT.noisy, /: there are no times to compare\n$/],
  ]
  for (const [head, gates, code, complaint] of trials) {
    const [ended, said] = judged(t, head, gates)
    assert.equal(ended, code, `${head}, ${gates}`)
    assert.match(said, complaint)
  }
})

test("a message more is found by counts alone, without a single time", (t) => {
  workIn(t)
  writeFileSync("chatty/results.jsonl", linesOf([exampleHeader(), exampleCount({}, { twoParty: 8 })]))
  const [[code], said] = capturing(t, "stderr", () =>
    capturing(t, "stdout", () => compare({ ...OPTIONS, base: "untimed", head: "chatty", failOn: "counts" })),
  )
  assert.deepEqual([code, said], [EXIT.regression, "dcgka-bench: 1 counts differ\n"])
})

const refusedCompare: readonly (readonly [Partial<CompareOptions>, RegExp])[] = [
  [{ failOn: "regression" }, /^--fail-on is for two runs: compare <base> <head>$/],
  [{ head: "slow", failOn: "nope" }, /^--fail-on "nope": allowed are regression, counts, noise$/],
  [{ head: "reseeded", failOn: "counts" }, /^--fail-on counts: runs of different seeds/],
  [{ head: "slow", between: "suites" }, /^--between is for one run/],
  [{ between: "suites", reference: "dcgka" }, /^--reference "dcgka": suites are compared with the first/],
  [{ between: "suites" }, /has one suite, noble/],
  [{ reference: "nope" }, /^--reference "nope": run 20261123-0001 has dcgka$/],
  [{ detect: "0" }, /^--detect "0": per cent, above 0 and at most 100$/],
  [{ detect: "5%" }, /^--detect "5%": per cent/],
  [{ head: "nothing" }, /^nothing: no such file or folder, nor a baseline; none are saved in .dcgka-bench/],
]

test("what cannot be compared is refused with one line that says what is allowed", (t) => {
  workIn(t)
  for (const [options, complaint] of refusedCompare) {
    assert.throws(
      () => compare({ ...OPTIONS, base: "base", ...options }),
      (error) => error instanceof UsageError && complaint.test(error.message),
      JSON.stringify(options),
    )
  }
})

const keeping = (options: Partial<BaselineOptions>): number =>
  baseline({ action: "list", name: undefined, results: undefined, json: true, ...options })

test("a run is kept, listed, compared with by its name, and forgotten", (t) => {
  workIn(t)
  const listed = () => JSON.parse(capturing(t, "stdout", () => keeping({}))[1]).baselines
  assert.deepEqual(listed(), [])
  keeping({ action: "save", name: "before", results: "base" })
  keeping({ action: "save", name: "after", results: "slow/results.jsonl" })
  assert.deepEqual(
    listed().map(({ name, run, isFinished }: Record<string, unknown>) => [name, run, isFinished]),
    [
      ["after", "20261123-0001", false],
      ["before", "20261123-0001", false],
    ],
  )
  const options = { ...OPTIONS, base: "before", head: "after" }
  const [, text] = capturing(t, "stdout", () => compare(options))
  assert.equal(JSON.parse(text).rows[0].verdict, "slower")
  keeping({ action: "remove", name: "after" })
  assert.deepEqual(readdirSync(".dcgka-bench/baselines"), ["before"])
})

test("the name of a baseline goes before that of a folder", (t) => {
  workIn(t)
  keeping({ action: "save", name: "slow", results: "base" })
  const verdictOn = (head: string) =>
    JSON.parse(capturing(t, "stdout", () => compare({ ...OPTIONS, base: "base", head }))[1]).rows[0].verdict
  assert.deepEqual([verdictOn("slow"), verdictOn("./slow")], ["same", "slower"])
})

test("a baseline is refused when its name is none, taken, or unknown, and when the run is broken", (t) => {
  workIn(t)
  keeping({ action: "save", name: "main", results: "base" })
  writeFileSync("broken.jsonl", "garbage\n")
  const refusals: readonly (readonly [Partial<BaselineOptions>, RegExp])[] = [
    [{ action: "save", name: "../x", results: "base" }, /^baseline "..\/x": letters, digits, /],
    [{ action: "save", name: "main", results: "slow" }, /^baseline "main" exists already; remove it first/],
    [{ action: "save", name: "other", results: "broken.jsonl" }, /^broken.jsonl/],
    [{ action: "save", name: "other" }, /^baseline save <name> <results>: an argument is missing$/],
    [{ action: "remove", name: "other" }, /^no baseline "other"; saved are main$/],
    [{ action: "remove" }, /^baseline remove <name>: an argument is missing$/],
    [{ name: "main" }, /^"main" is too much: baseline list$/],
  ]
  for (const [options, complaint] of refusals) {
    assert.throws(
      () => keeping(options),
      (error) => error instanceof UsageError && complaint.test(error.message),
      JSON.stringify(options),
    )
  }
  assert.deepEqual(readdirSync(".dcgka-bench/baselines"), ["main"])
})

test("--json prints one document, and the exit code is that of the gate", async (t) => {
  const cwd = workIn(t)
  const args = ["compare", "base", "slow", "--fail-on", "regression", "--json"]
  const { code, stdout, stderr } = await dcgkaBench(args, { cwd })
  assert.deepEqual([code, stderr], [3, "dcgka-bench: 1 times are slower\n"])
  const { method, rows, counts, floors, detect } = JSON.parse(stdout)
  assert.deepEqual([method, detect, counts.compared, floors[0].pairs], ["unpaired", 0.1, 1, 8])
  assert.deepEqual([rows[0].protocol, rows[0].competitor, rows[0].measure], ["dcgka", "dcgka", "groupNs"])
})

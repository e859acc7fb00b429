import assert from "node:assert/strict"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { exampleBlock, exampleCount, exampleHeader, examplePrices } from "../../results/example.ts"
import { dcgkaBench, dcgkaBenchEach, type Ended, linesOf, temporaryFolder } from "./spawned.ts"

type Refusal = readonly [args: readonly string[], complaint: RegExp]

/** Each of them, by a process that has refused others before. */
async function assertRefused(t: TestContext, cwd: string, refusals: readonly Refusal[]): Promise<void> {
  const ended = await dcgkaBenchEach(
    refusals.map(([args]) => args),
    cwd,
  )
  for (const [index, [args, complaint]] of refusals.entries())
    await t.test(["dcgka-bench", ...args].join(" "), () => assertComplaint(ended[index] as Ended, complaint))
}

function assertComplaint({ code, stdout, stderr }: Ended, complaint: RegExp): void {
  assert.equal(stdout, "")
  assert.equal(linesOf(stderr).length, 1, stderr)
  assert.match(stderr, /^dcgka-bench: \S.*\n$/)
  assert.match(stderr, complaint)
  assert.doesNotMatch(stderr, /\bat .*:\d+:\d+|Error:|NaN|undefined|\[object/)
  assert.equal(code, 2)
}

const run = (...args: string[]): string[] => ["run", ...args]
const NUMBERS: readonly (readonly [option: string, limits: string, wrong: readonly string[]])[] = [
  ["--blocks", "1 to 1000", ["0", "x", "1001", "1.5"]],
  ["--seed", "0 to 4294967295", ["-1", "4294967296", "0x10"]],
  ["--payload", "0 to 1048576", ["-5", "1048577"]],
  ["--period", "1 to 1000000", ["0"]],
  ["--budget", "1 to 60000", ["0", "0.5"]],
  ["--threads", "1 to 64", ["0", "65"]],
]

const BAD_ARGUMENTS: readonly Refusal[] = [
  ...NUMBERS.flatMap(([option, limits, wrong]) =>
    wrong.map((text): Refusal => {
      return [run(option, text), RegExp(`${option} "${text}": a whole number from ${limits}\n`)]
    }),
  ),
  [run("--sizes", "0"), /--sizes "0": a group has 2 to 1024 devices/],
  [run("--sizes", "8..4"), /--sizes "8..4": write 8, 2..128x2/],
  [run("--protocols", "nope"), /"nope".*sender-keys.*pairwise/],
  [run("--protocols", "pairwise,,"), /--protocols "pairwise,,": write names separated by commas/],
  [run("--channel", "nope"), /sender-keys does not run over "nope"; known: signal/],
  [run("--tree", "nope"), /--tree "nope": allowed are full, blank, churned/],
  [
    run("--protocols", "mls,dcgka", "--operations", "heal-fresh"),
    /--operations heal-fresh: mls, dcgka cannot leave sessions behind/,
  ],
  [run("--operations", "nope"), /"nope": allowed are create, message, add, remove, update, heal/],
  [run("--suite", "nope"), /"nope": allowed are noble, native/],
  [run("--seed", ""), /--seed "": it needs a value/],
  [run("--out", ""), /--out "": it needs a value/],
  [run("--seed"), /Not enough arguments following: seed/],
  [run("--seed", "1", "--seed", "2"), /--seed "1", "2": give it once/],
  [run("--suite", "noble", "--suite", "native"), /--suite "noble", "native": give it once/],
  [run("--sizes.a", "4"), /Unknown argument: sizes.a/],
  [run("--nope"), /Unknown argument: nope/],
  [run("--no-quick"), /no-quick/],
  [run("list"), /list/],
  [run("--", "list"), /"list": one command at a time/],
  [run("--out", "a", "--resume", "b"), /resume and out/],
  [run("--resume", "a", "--seed", "2"), /resume and seed/],
  [run("--resume", "nothing"), /nothing: no such file or folder; give a folder that holds results.jsonl/],
  [run("--resume", "."), /holds no results.jsonl/],
  [
    ["nope"],
    /Unknown command: nope \(commands: run, throughput, compare, baseline, charts, complexity, crossover, story, export, publish, verify, prices, doctor, list, schema\)/,
  ],
  [
    [],
    /a command is missing: run, throughput, compare, baseline, charts, complexity, crossover, story, export, publish, verify, prices, doctor, list, schema/,
  ],
  [["verify", "--size", "2"], /--size "2": 3 to 64 devices/],
  [["verify", "--size", "5,65"], /--size "65": 3 to 64 devices/],
  [["verify", "--size", "3,"], /--size "3,": write 8, /],
  [["verify", "--suite", "x"], /--suite "x": allowed are noble, native/],
  [["verify", "--suite", "noble,native"], /--suite "noble,native": one of noble, native/],
  [["throughput", "--threads", "1..x"], /--threads "1..x": write 8, 2..128x2/],
  [["throughput", "--threads", "4", "--sizes", "2,3"], /--threads "4": a group takes no more threads/],
  [["throughput", "--seconds", "0"], /--seconds "0": a number above 0, at most 3600/],
  [["list", "--nope"], /Unknown argument: nope/],
  [run("--predict", "p.json", "--suite", "native"), /predict and suite/],
  [run("--predict", "p.json", "--resume", "a"), /resume and predict/],
  [
    run("--predict", "nothing.json"),
    /nothing.json: .*no such file.*; a price list is what prices --out writes/,
  ],
  [["prices", "--out", "p.json"], /--out p.json: a price list is of one suite; add --suite/],
  [["prices", "--blocks", "0"], /--blocks "0": a whole number from 1 to 1000/],
  [["compare"], /got 0, need at least 1/],
  [["baseline", "nope"], /Given: "nope", Choices: "save", "list", "remove"/],
  [["story", "--format", "pdf"], /--format "pdf": one of html, markdown/],
  [["story", "--seed", "x"], /--seed "x": a whole number/],
  [["charts"], /got 0, need at least 1/],
  [
    ["charts", ".", "--published", "nope"],
    /unknown published series "nope"; known: dcgka-prototype, dcgka-rerun, openmls/,
  ],
  [["charts", ".", "--published", "openmls,"], /--published "openmls,": write names separated by commas/],
  [["charts", ".", "--width", "84mm"], /Implications failed: width -> figure/],
  [["charts", "/nonexistent"], /\/nonexistent: no such file or folder/],
  [["export", "x"], /Missing required argument: format/],
  [["export", "x", "--format", "xml"], /--format "xml": allowed are csv, json, markdown, latex/],
  [["export", "x", "--format", "csv", "--table", "x"], /--table "x": allowed are cells, samples/],
  [["export", "x", "--format", "latex", "--table", "samples"], /--table samples: as csv or json, not latex/],
  [["export", "/nonexistent", "--format", "csv"], /\/nonexistent: no such file or folder/],
  [["publish"], /results\/data: no such file or folder/],
  [["publish", "."], /\.: holds no file \*\.jsonl; give results files, or folders/],
  [["publish", ".", "--out", "a", "--out", "b"], /--out "a", "b": give it once/],
]

test("bad arguments end with one line that says what is allowed, and code 2", async (t) => {
  const cwd = temporaryFolder(t)
  await assertRefused(t, cwd, BAD_ARGUMENTS)
  assert.deepEqual(readdirSync(cwd), [], "a refused command leaves no files")
})

const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`
const [HEADER, COUNT, BLOCK] = [exampleHeader(), exampleCount(), exampleBlock(0)].map(lineOf) as [
  string,
  string,
  string,
]
const BROKEN_FILES: readonly (readonly [what: string, content: string, complaint: RegExp])[] = [
  ["garbage in the middle", `${HEADER}${COUNT}garbage {\n${BLOCK}`, /, line 3: not JSON/],
  ["another schema version", HEADER.replace('"schema":2', '"schema":99') + COUNT, /, line 1: schema: .*2/],
  ["an empty file", "", /must begin with a run record/],
  [
    "a count of fractions",
    HEADER + COUNT.replace('"twoParty":7', '"twoParty":7.5'),
    /, line 2: exact.twoParty/,
  ],
  ["no run record", COUNT + BLOCK, /, line 1: .*must be of kind run/],
  ["a cell counted twice", HEADER + COUNT + COUNT, /, line 3: a second record/],
  ["binary data", "\u0000\u0001\u0002\n\u0003\n", /, line 1: not JSON/],
]

test("broken results are refused by charts and by --resume, with the line", async (t) => {
  const cwd = temporaryFolder(t)
  const refusals = BROKEN_FILES.flatMap(([what, content, complaint]): Refusal[] => {
    const folder = what.replaceAll(" ", "-")
    mkdirSync(join(cwd, folder))
    writeFileSync(join(cwd, folder, "results.jsonl"), content)
    return [
      [["charts", folder], complaint],
      [run("--resume", folder), complaint],
    ]
  })
  await assertRefused(t, cwd, refusals)
})

test("files in the way are named, and stay as they are", async (t) => {
  const cwd = temporaryFolder(t)
  writeFileSync(join(cwd, "file"), "")
  mkdirSync(join(cwd, "taken"))
  const unknown = lineOf(exampleHeader({ protocols: ["from-the-future"] }))
  writeFileSync(join(cwd, "taken", "results.jsonl"), unknown)
  writeFileSync(join(cwd, "prices.json"), JSON.stringify({ ...examplePrices(), overheadShare: "much" }))
  writeFileSync(join(cwd, "talk.jsonl"), lineOf(exampleHeader({ operations: [], threads: [1] })))
  const refusals: readonly Refusal[] = [
    [run("--out", "file/folder"), /file\/folder: cannot make the folder: a part of the path is a file/],
    [run("--out", "taken"), /taken\/results.jsonl: .*exists already; choose another folder, or resume/],
    [run("--resume", "taken"), /unknown protocol "from-the-future"/],
    [run("--resume", "talk.jsonl", "--dry-run"), /a run of throughput is not resumed; begin a new one/],
    [run("--resume", "taken", "--dry-run"), /unknown protocol "from-the-future"/],
    [run("--predict", "file"), /file: not JSON; a price list is/],
    [run("--predict", "prices.json"), /prices.json: overheadShare: .*expected number/],
    [
      ["export", "talk.jsonl", "--format", "csv", "--table", "samples"],
      /talk.jsonl: no block .* raw samples/,
    ],
    [["charts", "taken", "--figure", "bytes", "--format", "gif"], /--format "gif": one of svg, png, pdf/],
    [
      ["charts", "taken", "--figure", "m"],
      /--figure "m": one of healing-messages, fresh-healing-messages, messages, bytes/,
    ],
    [["charts", "taken", "--figure", "healing"], /--figure healing-messages: the run has no data for it/],
    [["story", "--out", "file/folder"], /cannot write the story into file\/folder/],
    [["charts", "taken", "--out", "file/folder"], /cannot write charts into file\/folder\/charts/],
    [["publish", "taken", "--out", "file/folder"], /cannot write the site into file\/folder/],
    [
      ["publish", "taken", "taken/results.jsonl"],
      /holds run \S+, as taken\/results.jsonl does; give each run once/,
    ],
  ]
  await assertRefused(t, cwd, refusals)
  assert.deepEqual(readdirSync(cwd).toSorted(), ["file", "prices.json", "taken", "talk.jsonl"])
  assert.ok(!existsSync(join(cwd, "taken", "charts")))
})

const COMMANDS =
  "run,throughput,compare,baseline,charts,complexity,crossover,story,export,publish,verify,prices,doctor,list,schema".split(
    ",",
  )

test("each command explains itself with examples", async (t) => {
  const ended = await dcgkaBenchEach(
    COMMANDS.map((command) => [command, "--help"]),
    temporaryFolder(t),
  )
  for (const [index, command] of COMMANDS.entries()) {
    const { code, stdout, stderr } = ended[index] as Ended
    assert.deepEqual([code, stderr], [0, ""])
    assert.match(stdout, RegExp(`^dcgka-bench ${command}.*Examples:\n  dcgka-bench ${command} `, "s"))
  }
})

test("--help names the commands and exit codes, --version the version", async () => {
  const { code, stdout } = await dcgkaBench(["--help"])
  assert.equal(code, 0)
  for (const command of COMMANDS) assert.match(stdout, RegExp(`dcgka-bench ${command}( [<[].*)? `))
  assert.match(stdout, /Exit codes: 0 done.*130 interrupted/)
  assert.match((await dcgkaBench(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/)
})

import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import fc from "fast-check"
import { EXAMPLE_CELL, exampleBlock, exampleCount, exampleFailure, exampleHeader } from "./example.ts"
import type { ResultRecord } from "./schema.ts"
import { createResults, openResults, ResultsError, readResults } from "./store.ts"

const END: ResultRecord = { kind: "end", finishedAt: "2026-11-23T13:00:00.000Z" }
const RECORDS = [exampleHeader(), exampleCount(), exampleBlock(0), exampleFailure({ block: 1 }), END]
const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`
const TEXT = RECORDS.map(lineOf).join("")

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "store-"))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function written(t: TestContext, text: string | Uint8Array): string {
  const folder = temporary(t)
  writeFileSync(join(folder, "results.jsonl"), text)
  return folder
}

/** The error's text, after checking that it is ours and one line. */
function complaint(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    assert.ok(error instanceof ResultsError, String(error))
    assert.doesNotMatch(error.message, /\n/)
    return error.message
  }
  return assert.fail("nothing was thrown")
}

test("what is appended is on the disk at once, a line each", (t) => {
  const folder = join(temporary(t), "new", "folder")
  const results = createResults(folder, exampleHeader())
  for (const record of RECORDS.slice(1)) {
    results.append(record)
    assert.deepEqual(readResults(folder).at(-1), record)
  }
  results.close()
  assert.equal(readFileSync(results.file, "utf8").split("\n").length, RECORDS.length + 1)
  assert.deepEqual(readResults(results.file), RECORDS)
  assert.deepEqual(results.records, RECORDS)
})

test("a reopened run knows what it has and goes on", (t) => {
  const results = openResults(written(t, TEXT))
  assert.deepEqual(results.records, RECORDS)
  assert.ok(results.has(EXAMPLE_CELL) && results.has(EXAMPLE_CELL, 0))
  assert.ok(!results.has(EXAMPLE_CELL, 1) && !results.has({ ...EXAMPLE_CELL, groupSize: 9 }))
  results.append(exampleBlock(1))
  results.append(END)
  results.close()
  assert.deepEqual(readResults(results.file), [...RECORDS, exampleBlock(1), END])
})

test("a second success of one key is refused, a failure may be repeated and made good", (t) => {
  const results = openResults(written(t, TEXT))
  results.append(exampleFailure({ block: 1 }))
  results.append(exampleBlock(1))
  const twin = { ...exampleBlock(0), twin: true } as const
  results.append(twin)
  for (const record of [
    exampleCount(),
    exampleBlock(0),
    twin,
    exampleBlock(1),
    exampleFailure({ block: 1 }),
  ]) {
    assert.throws(() => results.append(record), /a second record .* is written once/)
  }
  assert.throws(() => results.append(exampleHeader()), /second run record/)
  results.close()
  assert.equal(readResults(results.file).length, RECORDS.length + 3)
})

test("a record that is not valid is never written", (t) => {
  const folder = written(t, TEXT)
  const results = openResults(folder)
  assert.throws(() => results.append(exampleBlock(3, {}, { groupNs: Number.NaN })), /groupNs/)
  results.close()
  assert.equal(readFileSync(results.file, "utf8"), TEXT)
})

test("cut anywhere after the first line, the whole lines are kept and the run can go on", (t) => {
  const bytes = Buffer.from(TEXT)
  const folder = temporary(t)
  const file = join(folder, "results.jsonl")
  fc.assert(
    fc.property(fc.integer({ min: lineOf(RECORDS[0]).length, max: bytes.length }), (length) => {
      const torn = bytes.subarray(0, length)
      const whole = torn.toString().split("\n").length - 1
      writeFileSync(file, torn)
      assert.deepEqual(readResults(file), RECORDS.slice(0, whole))
      const results = openResults(folder)
      results.append(exampleBlock(7))
      results.close()
      assert.deepEqual(readResults(folder), [...RECORDS.slice(0, whole), exampleBlock(7)])
    }),
  )
})

test("a last line of rubbish is dropped and cut off, also when it is not text", (t) => {
  for (const rubbish of ["{\n", "\0\0\0\n", Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from([0xc3])]) {
    const folder = written(t, Buffer.concat([Buffer.from(TEXT), Buffer.from(rubbish)]))
    assert.deepEqual(readResults(folder), RECORDS)
    openResults(folder).close()
    assert.equal(readFileSync(join(folder, "results.jsonl"), "utf8"), TEXT)
  }
})

const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  [
    "not JSON",
    TEXT.replace('"kind":"count"', "oops"),
    /results\.jsonl, line 2: not JSON; each line must be one run/,
  ],
  [
    "a line torn in the middle of the file",
    TEXT.replace(/(?<="kind":"block".{30}).*\n/, ""),
    /line 3: not JSON/,
  ],
  ["an empty line", `${lineOf(RECORDS[0])}\n${lineOf(RECORDS[1])}`, /line 2: not JSON/],
  ["rubbish before a torn line", `${lineOf(RECORDS[0])}rubbish\n{"ki`, /line 2: not JSON/],
  ["a wrong value", TEXT.replace('"operation":"heal"', '"operation":"hael"'), /line 2: operation: .*"heal"/],
  [
    "an unknown kind",
    TEXT.replace('"kind":"end"', '"kind":"edn"'),
    /line 5: kind: .* count, block, failure, .* or end/,
  ],
  ["another schema", TEXT.replace('"schema":2', '"schema":9'), /line 1: schema: .*another version; .* 2/],
  ["a file of something else", '{"a":1}\n{"b":2}\n', /line 1: kind: /],
  [
    "no run first",
    TEXT.slice(TEXT.indexOf("\n") + 1),
    /line 1: the first record is of kind count; .* kind run/,
  ],
  ["two runs", TEXT + lineOf(RECORDS[0]), /line 6: a second run record/],
  ["a repeated block", TEXT + lineOf(RECORDS[2]), /line 6: a second record \(block\) of .*"dcgka".*8,0\]/],
  ["an empty file", "", /holds no whole line/],
  ["only a torn line", TEXT.slice(0, 20), /holds no whole line/],
  ["only rubbish", "\n", /holds no whole line/],
]

for (const [name, text, expected] of BROKEN) {
  test(`${name} is an error of one line that says where`, (t) => {
    const folder = written(t, text)
    assert.match(
      complaint(() => readResults(folder)),
      expected,
    )
    assert.match(
      complaint(() => openResults(folder)),
      expected,
    )
    assert.equal(readFileSync(join(folder, "results.jsonl"), "utf8"), text)
  })
}

test("what is missing or in the way is named", (t) => {
  const folder = temporary(t)
  const absent = join(folder, "absent")
  const blocked = join(written(t, TEXT), "results.jsonl")
  const over = written(t, TEXT)
  mkdirSync(join(folder, "empty"))
  assert.match(
    complaint(() => readResults(absent)),
    /absent: no such file or folder; give/,
  )
  assert.match(
    complaint(() => openResults(join(folder, "empty"))),
    /empty: holds no results\.jsonl; give/,
  )
  assert.match(
    complaint(() => createResults(over, exampleHeader())),
    /cannot create: .* exists already/,
  )
  assert.match(
    complaint(() => createResults(blocked, exampleHeader())),
    /cannot make the folder/,
  )
  assert.match(
    complaint(() => createResults(join(blocked, "x"), exampleHeader())),
    /a part of the path is a file/,
  )
  assert.match(
    complaint(() => readResults(join(blocked, "x"))),
    /a part of the path is a file|no such file/,
  )
  assert.equal(readFileSync(blocked, "utf8"), TEXT)
})

test("a header that is not valid leaves no file behind", (t) => {
  const folder = temporary(t)
  assert.throws(() => createResults(folder, { ...exampleHeader(), seed: -1 }), /seed/)
  createResults(folder, exampleHeader()).close()
})

test("a slash at the end of the folder's name is no part of it", (t) => {
  const results = createResults(`${temporary(t)}//`, exampleHeader())
  results.close()
  assert.doesNotMatch(results.file, /\/\//)
})

// A limit on the size of files makes the kernel write half a line and then refuse, as a full disk does.
test("a write that fails half-way is clear and costs that line alone", {
  skip: process.platform === "win32",
}, (t) => {
  const folder = temporary(t)
  const script = `
    import { createResults } from ${JSON.stringify(new URL("store.js", import.meta.url).href)}
    import { exampleHeader, exampleBlock } from ${JSON.stringify(new URL("example.js", import.meta.url).href)}
    const results = createResults(${JSON.stringify(folder)}, exampleHeader())
    for (let block = 0; block < 1000; block++) results.append(exampleBlock(block))`
  const command = 'ulimit -f 4 && exec "$0" --input-type=module -e "$1"'
  const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, script], { encoding: "utf8" })
  assert.equal(status, 1)
  assert.match(
    stderr,
    /ResultsError: .*results\.jsonl: cannot write: the file would be larger than is allowed/,
  )
  const file = join(folder, "results.jsonl")
  assert.notEqual(readFileSync(file, "utf8").at(-1), "\n")
  const kept = readResults(folder).length
  assert.ok(kept > 2)
  const results = openResults(folder)
  results.append(exampleBlock(5000))
  results.close()
  assert.equal(readResults(folder).length, kept + 1)
})

test("after a failed write the same file takes the next record", (t) => {
  const folder = written(t, TEXT)
  const results = openResults(folder)
  appendFileSync(results.file, '{"half a li'.repeat(100)) // what a write leaves behind when it fails half-way
  results.append(exampleBlock(1))
  results.close()
  assert.ok(readFileSync(results.file, "utf8").endsWith("}\n"))
  assert.deepEqual(readResults(folder), [...RECORDS, exampleBlock(1)])
})

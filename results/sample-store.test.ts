import assert from "node:assert/strict"
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { gunzipSync, gzipSync } from "node:zlib"
import fc from "fast-check"
import { ResultsError } from "./disk.ts"
import { EXAMPLE_CELL, exampleBlock, exampleHeader } from "./example.ts"
import { openSamples, readSamples } from "./sample-store.ts"
import { parseSamples } from "./samples.ts"
import type { ResultRecord } from "./schema.ts"

const SAMPLES = { initiatorNs: [2, 1], recipientNs: [0.5, 1.25], groupNs: [5.5, 1e9] }
const HEADER =
  "competitor,channel,suite,operation,groupSize,block,twin,iteration,initiatorNs,recipientNs,newcomerNs,groupNs\r\n"
const rowsOf = (block: number) =>
  `dcgka,2sm,noble,heal,8,${block},,0,2,0.5,,5.5\r\ndcgka,2sm,noble,heal,8,${block},,1,1,1.3,,1000000000\r\n`

/** A run with so many blocks: its records, and its files in a folder of their own. */
function runOf(t: TestContext, blocks: number) {
  const folder = mkdtempSync(join(tmpdir(), "samples-"))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, "results.jsonl")
  const records = goOn(file, [exampleHeader()], 0, blocks)
  return { file, samples: join(folder, "results.samples.csv.gz"), records }
}

function goOn(file: string, known: readonly ResultRecord[], first: number, last: number): ResultRecord[] {
  const samples = openSamples(file, known)
  const blocks = Array.from({ length: last - first }, (_, index) => first + index).map((block) =>
    exampleBlock(block, {}, { samplesEnd: samples.append({ ...EXAMPLE_CELL, block }, SAMPLES) }),
  )
  samples.close()
  return [...known, ...blocks]
}

test("every iteration is a row, in the order in which they were timed, to a tenth of a nanosecond", (t) => {
  const { file, records } = runOf(t, 2)
  assert.equal(readSamples(file, records), HEADER + rowsOf(0) + rowsOf(1))
})

test("any reader of gzip sees one file of CSV", (t) => {
  const { samples } = runOf(t, 3)
  assert.equal(gunzipSync(readFileSync(samples)).toString(), HEADER + rowsOf(0) + rowsOf(1) + rowsOf(2))
})

test("rows come back as objects, without what an operation does not have", (t) => {
  const { file, records } = runOf(t, 1)
  const [first] = parseSamples(readSamples(file, records))
  const { protocol: competitor, ...cell } = EXAMPLE_CELL
  assert.deepEqual(first, {
    competitor,
    ...cell,
    ...{ block: 0, iteration: 0, initiatorNs: 2, recipientNs: 0.5, groupNs: 5.5 },
  })
})

test("a twin's rows say that they are one's", (t) => {
  const { file } = runOf(t, 0)
  const samples = openSamples(file, [exampleHeader()])
  const samplesEnd = samples.append({ ...EXAMPLE_CELL, block: 0, twin: true }, SAMPLES)
  samples.close()
  const [first] = parseSamples(readSamples(file, [exampleHeader(), exampleBlock(0, {}, { samplesEnd })]))
  assert.deepEqual([first?.block, first?.twin, first?.iteration], [0, 1, 0])
})

test("samples on the disk before each record: killed at any byte, a run loses no finished block", (t) => {
  const whole = runOf(t, 3)
  const bytes = readFileSync(whole.samples)
  const ends = whole.records.flatMap((record) =>
    record.kind === "block" ? [record.samplesEnd as number] : [],
  )
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length }), (length) => {
      writeFileSync(whole.samples, bytes.subarray(0, length))
      const blocks = ends.filter((end) => end <= length).length
      const records = goOn(whole.file, whole.records.slice(0, 1 + blocks), blocks, 3)
      assert.deepEqual(readFileSync(whole.samples), bytes)
      assert.equal(readSamples(whole.file, records), HEADER + rowsOf(0) + rowsOf(1) + rowsOf(2))
    }),
    { numRuns: 30 },
  )
})

test("what has no record is not read", (t) => {
  const { file, samples, records } = runOf(t, 2)
  appendFileSync(samples, "half a member")
  assert.equal(readSamples(file, records), HEADER + rowsOf(0) + rowsOf(1))
  assert.equal(readSamples(file, records.slice(0, 2)), HEADER + rowsOf(0))
})

test("where samples are lost the file begins anew, and says so", (t) => {
  const { file, samples, records } = runOf(t, 2)
  rmSync(samples)
  const again = openSamples(file, records)
  assert.equal(again.isComplete, false)
  again.close()
  assert.equal(readSamples(file, goOn(file, records, 2, 4)), HEADER + rowsOf(2) + rowsOf(3))
})

test("samples that are lost, cut short or of something else are refused in one line", (t) => {
  const { file, samples, records } = runOf(t, 2)
  const refused = (expected: RegExp) =>
    assert.throws(
      () => readSamples(file, records),
      (error) => error instanceof ResultsError && expected.test(error.message) && !/\n/.test(error.message),
    )
  const whole = readFileSync(samples)
  writeFileSync(
    samples,
    Uint8Array.from(whole, (byte, at) => (at === 60 ? byte ^ 0xff : byte)),
  )
  refused(/samples.csv.gz: not the raw samples of this run: /)
  writeFileSync(samples, Buffer.concat([gzipSync("a,b\r\n"), whole]))
  refused(/not the raw samples of this run/)
  truncateSync(samples, 50)
  refused(/samples.csv.gz: cut short: 50 of \d+ bytes/)
  rmSync(samples)
  refused(/cannot read the raw samples/)
  assert.throws(() => readSamples(file, [exampleHeader(), exampleBlock(0)]), /has kept raw samples/)
})

import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { exampleHeader, exampleThroughput, exampleThroughputFailure } from "./example.ts"
import type { ResultRecord } from "./schema.ts"
import { createResults, readResults } from "./store.ts"

const documentOf = (...records: ResultRecord[]) => toDocument([exampleHeader(), ...records])

test("the blocks of one group on so many threads become one row", () => {
  const blocks = [2e9, 1e9, 4e9].map((elapsedNs, block) => exampleThroughput(block, { elapsedNs }))
  const { throughput, cells } = documentOf(...blocks)
  const [row] = throughput
  assert.deepEqual([throughput.length, cells.length], [1, 0])
  assert.equal(row?.messagesPerSecond.median, 50)
  assert.equal(row?.deliveriesPerSecond.median, 350)
  assert.deepEqual([row?.messages, row?.deliveries, row?.twoParty, row?.broadcasts], [300, 2100, 42, 300])
  assert.equal(row?.blocks, 3)
})

test("the speed-up compares block with block, so that a slow block slows both", () => {
  const slow = (block: number) => 10 ** block
  const records = [0, 1, 2].flatMap((block) => [
    exampleThroughput(block, { elapsedNs: 3e9 * slow(block) }),
    exampleThroughput(block, { threads: 2, elapsedNs: 2e9 * slow(block) }),
  ])
  const [one, two] = documentOf(...records).throughput
  assert.equal(one?.speedUp, null)
  for (const value of Object.values(two?.speedUp ?? {})) assert.ok(Math.abs(value - 1.5) < 1e-9)
  assert.ok(two?.speedUp)
})

test("without one thread in the same block there is no speed-up", () => {
  const rows = documentOf(exampleThroughput(0), exampleThroughput(1, { threads: 2 })).throughput
  assert.deepEqual(
    rows.map(({ speedUp }) => speedUp),
    [null, null],
  )
})

test("rows stand in the order of the plan, then by suite, size and threads", () => {
  const [first, second] = ["sender-keys", "dcgka"]
  const rows = documentOf(
    exampleThroughput(0, { protocol: second, threads: 2 }),
    exampleThroughput(0, { protocol: second }),
    exampleThroughput(0, { protocol: first, groupSize: 16 }),
    exampleThroughput(0, { protocol: first, suite: "native", groupSize: 4 }),
  ).throughput
  assert.deepEqual(
    rows.map(({ protocol, suite, groupSize, threads }) => [protocol, suite, groupSize, threads]),
    [
      [first, "noble", 16, 1],
      [first, "native", 4, 1],
      [second, "noble", 8, 1],
      [second, "noble", 8, 2],
    ],
  )
})

test("a failure is listed until it is made good", () => {
  const failed = [exampleThroughputFailure({ block: 1 }), exampleThroughputFailure({ block: 2 })]
  const { throughputFailures, failures } = documentOf(...failed, exampleThroughput(1))
  assert.deepEqual(
    throughputFailures.map(({ block, reason }) => [block, reason]),
    [[2, "a thread died"]],
  )
  assert.deepEqual(failures, [])
})

test("in a file each measurement is written once, and its failure may be made good", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "throughput-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const [failure, second] = [exampleThroughputFailure({ block: 1 }), exampleThroughput(0, { threads: 2 })]
  const written = [exampleThroughput(0), failure, exampleThroughput(1), second]
  const results = createResults(folder, exampleHeader({ operations: [], threads: [1, 2] }))
  for (const record of written) results.append(record)
  for (const record of [second, failure])
    assert.throws(() => results.append(record), /a second record .* is written once/)
  results.close()
  assert.deepEqual(readResults(folder).slice(1), written)
})

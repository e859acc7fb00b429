import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "../../results/document.ts"
import { exampleHeader, exampleThroughput, exampleThroughputFailure } from "../../results/example.ts"
import type { ResultRecord } from "../../results/schema.ts"
import { throughputTable } from "./throughput-table.ts"

const tableOf = (records: readonly ResultRecord[], width = 120): string[] =>
  throughputTable(toDocument([exampleHeader(), ...records]), { color: "never", width }).split("\n")

const TALKS = [1, 2].flatMap((threads) =>
  [8, 16].flatMap((groupSize) =>
    [0, 1, 2].map((block) =>
      exampleThroughput(block, { threads, groupSize, deliveries: 100 * (groupSize - 1) }),
    ),
  ),
)

test("rates, speed-up and channel packets, by size, protocol and threads", () => {
  assert.deepEqual(tableOf(TALKS).slice(3, 9), [
    "throughput, suite noble: all speak in turn, everybody reads everything",
    " n  protocol  threads  messages/s  deliveries/s  speed-up  two-party/message  messages",
    " 8  dcgka           1       100/s         700/s         –               0.14       300",
    "                    2       200/s       1,400/s     2.00×               0.14       300",
    "16  dcgka           1       100/s       1,500/s         –               0.14       300",
    "                    2       200/s       3,000/s     2.00×               0.14       300",
  ])
})

test("a failure is named with its reason, apart from the rows", () => {
  const lines = tableOf([...TALKS, exampleThroughputFailure({ block: 4, threads: 2 })])
  const at = lines.indexOf("failed (1), not in the tables above")
  assert.equal(lines[at + 1], "suite noble, n = 8, dcgka, threads 2, block 4: a thread died")
})

test("no line of a table is wider than the terminal", () => {
  for (const width of [60, 80, 120])
    assert.ok(
      tableOf(TALKS, width)
        .slice(4)
        .every((line) => line.length <= width),
    )
})

test("a run in which nothing was measured says so", () => {
  assert.equal(tableOf([]).at(-1), "Nothing was measured yet.")
})

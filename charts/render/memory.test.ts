import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "../../results/document.ts"
import { exampleCount, exampleHeader } from "../../results/example.ts"
import type { CountRecord } from "../../results/schema.ts"
import { memorySection } from "./memory.ts"

const cell = (groupSize: number, operation: "update" | "heal", stateBytesMean: number) => ({
  ...exampleCount({ groupSize, operation }, { stateBytesMean, stateBytesMax: 2 * stateBytesMean }),
  peakMemoryBytes: groupSize * 1e6,
})
const section = (records: readonly CountRecord[]) =>
  memorySection(toDocument([exampleHeader(), ...records]), (_, text) => text)

test("a protocol has one row a size: its largest state, that of all members, and the process that held them", () => {
  const lines = section([cell(16, "update", 1000), cell(8, "update", 500), cell(8, "heal", 700)])
  assert.deepEqual(
    lines.slice(2).map((line) => line.trim().split(/ {2,}/)),
    [
      ["8", "dcgka", "700 B", "1.40 kB", "5.60 kB", "8.00 MB"],
      ["16", "dcgka", "1.00 kB", "2.00 kB", "16.0 kB", "16.0 MB"],
    ],
  )
})

test("a run of which no process was measured has no such table", () => {
  assert.deepEqual(section([exampleCount()]), [])
})

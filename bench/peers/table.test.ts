import assert from "node:assert/strict"
import { test } from "node:test"
import type { BlockRecord } from "./coordinator.ts"
import { competitorsIn } from "./coordinator.ts"
import { type Competitor, ROWS, rowsOf, SCENARIOS, type ScenarioName } from "./rows.ts"
import { type PeersDocument, summarize } from "./summary.ts"
import { peersTable } from "./table.ts"

const US = 1000
/** In block 1, of every row; and by how much the machine gets slower for each from block to block. */
const FIRST_NS: Readonly<Record<Competitor, number>> = {
  native: 50 * US,
  noble: 2000 * US,
  "libsignal-current": 100 * US,
  "libsignal-x3dh": 80 * US,
}
const SLOWING = { native: 1.1, noble: 1.2, "libsignal-current": 1.1, "libsignal-x3dh": 1 }

function recordOf(block: number, competitor: Competitor, scenario: ScenarioName): BlockRecord {
  const ns = FIRST_NS[competitor] * SLOWING[competitor] ** (block - 1)
  const rows = rowsOf(scenario).map(({ name }) => name)
  const elapsedNs = Object.fromEntries(rows.map((name) => [name, ns]))
  const share = (name: string) => (name.startsWith("process") ? 0 : 0.88 + block / 100)
  const primitivesShare = Object.fromEntries(rows.map((name) => [name, share(name)]))
  const isOurs = competitor === "native" || competitor === "noble"
  return { block, competitor, scenario, elapsedNs, ...(isOurs && { primitivesShare }) }
}

function recordsOf(blocks: number): BlockRecord[] {
  const numbers = Array.from({ length: blocks }, (_, index) => index + 1)
  return numbers.flatMap((block) =>
    SCENARIOS.flatMap((scenario) =>
      competitorsIn(scenario).map((competitor) => recordOf(block, competitor, scenario)),
    ),
  )
}

const documentOf = (blocks: number): PeersDocument => ({
  tool: { name: "dcgka-bench", version: "0.1.0", commit: "abc1234" },
  environment: {
    node: "20.20.2",
    v8: "11",
    openssl: "3",
    platform: "linux",
    arch: "x64",
    cpu: "Example CPU",
    cores: 2,
    memoryBytes: 1,
    dependencies: {},
  },
  startedAt: "2026-11-23T12:00:00.000Z",
  seed: 1,
  blocks,
  libsignalVersions: { "libsignal-current": "0.103.0", "libsignal-x3dh": "0.72.1" },
  rows: summarize(recordsOf(blocks)),
})

const SHOWN = ["both 32 B", "process distribution", "ping-pong"]

function linesOf(blocks: number): string[] {
  const document = documentOf(blocks)
  return peersTable({ ...document, rows: document.rows.filter(({ row }) => SHOWN.includes(row)) }).split("\n")
}

test("what ran side by side is compared, whatever the machine did from block to block", () => {
  assert.deepEqual(linesOf(6).slice(0, 21), [
    "dcgka-bench 0.1.0 (abc1234) beside libsignal-client from Node, 2026-11-23T12:00:00.000Z, seed 1",
    "Example CPU, 2 cores, Node 20.20.2, linux x64; libsignal 0.103.0 and 0.72.1",
    "Times: median over 6 blocks [95 % interval].",
    "",
    "Sender Keys: time of one round",
    "                                    native                 noble  libsignal 0.103.0  libsignal 0.72.1",
    "both 32 B             63.5 µs [50.0, 80.5]  3.17 ms [2.00, 4.98]  127 µs [100, 161]           80.0 µs",
    "process distribution  63.5 µs [50.0, 80.5]  3.17 ms [2.00, 4.98]  127 µs [100, 161]           80.0 µs",
    "",
    "Sender Keys: our time over that of libsignal 0.103.0 (below 1 we are faster)",
    "                      native / libsignal  noble / libsignal  primitives in native  primitives in noble",
    "both 32 B                          0.500  24.9 [20.0, 30.9]         92 % [89, 94]        92 % [89, 94]",
    "process distribution               0.500  24.9 [20.0, 30.9]                     –                    –",
    "",
    "Sessions of version 3 (X3DH, Double Ratchet): time of one round",
    "                         native                 noble  libsignal 0.72.1",
    "ping-pong  63.5 µs [50.0, 80.5]  3.17 ms [2.00, 4.98]           80.0 µs",
    "",
    "Sessions of version 3 (X3DH, Double Ratchet): our time over that of libsignal 0.72.1 (below 1 we are faster)",
    "            native / libsignal  noble / libsignal  primitives in native  primitives in noble",
    "ping-pong  0.793 [0.625, 1.01]  39.4 [25.0, 62.2]         92 % [89, 94]        92 % [89, 94]",
  ])
})

test("one block has no interval to show", () => {
  const lines = linesOf(1)
  assert.equal(lines[2], "Times: median over 1 block [95 % interval].")
  assert.equal(lines[6], "both 32 B             50.0 µs  2.00 ms             100 µs           80.0 µs")
  assert.equal(lines.slice(3).filter((line) => line.includes("[")).length, 0)
})

test("all of it fits 120 columns, and no line ends in blanks", () => {
  const lines = peersTable(documentOf(6)).split("\n")
  assert.deepEqual(
    lines.filter((line) => line.length > 120 || line.endsWith(" ")),
    [],
  )
  for (const { name } of ROWS)
    assert.equal(lines.filter((line) => line.startsWith(`${name} `)).length, 2, name)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleHeader } from "../example.ts"
import { type CellKey, OPERATIONS, type ResultRecord, type RunHeader } from "../schema.ts"
import { type Comparison, compareProtocols, compareRuns, compareSuites } from "./comparison.ts"
import type { Row } from "./rows.ts"
import { CELLS, session } from "./session-fixture.ts"

const DETECT = 0.1
const QUIET = { blockNoise: 0.02 }

const called = ({ rows }: Comparison, verdict: Row["verdict"]): Row[] =>
  rows.filter((row) => row.verdict === verdict)
const shareOf = (comparisons: readonly Comparison[], holds: (row: Row) => boolean): number => {
  const rows = comparisons.flatMap((comparison) => comparison.rows)
  return rows.filter(holds).length / rows.length
}
const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed)

const isHeal = ({ operation }: Pick<CellKey, "operation">): boolean => operation === "heal"
const slowHeal = (cell: CellKey): number => (isHeal(cell) ? 1.1 : 1)
const hasFinding = ({ rows }: Comparison): boolean =>
  rows.some(({ verdict }) => /faster|slower/.test(verdict))

test("two runs of one code: nearly all cells are the same, and one comparison in twenty has a false finding", () => {
  const trials = seeds(12).map((seed) =>
    compareRuns(session({ seed, ...QUIET }), session({ seed: seed + 1000, ...QUIET, machine: 1.04 }), DETECT),
  )
  assert.ok(trials.filter(hasFinding).length <= 0.05 * trials.length + 1)
  assert.ok(shareOf(trials, ({ verdict }) => verdict === "same") > 0.97)
})

test("two protocols of one speed in one run: the same", () => {
  const trials = seeds(30).map((seed) => compareProtocols(session({ seed, blockNoise: 0.2 }), DETECT))
  // each run has a family for each of its four operations
  assert.ok(trials.filter(hasFinding).length <= 4 * 0.05 * trials.length)
  assert.ok(shareOf(trials, ({ verdict }) => verdict === "same") > 0.97)
})

test("a tenth more for one operation is found, on a machine that was slower that day, and nothing else is", () => {
  const trials = seeds(5).map((seed) => {
    const head = session({ seed: seed + 1000, ...QUIET, machine: 1.04, slowed: slowHeal })
    return compareRuns(session({ seed, ...QUIET }), head, DETECT)
  })
  const rows = trials.flatMap((comparison) => comparison.rows)
  const found = rows.filter(({ verdict }) => verdict === "slower")
  assert.ok(found.every(isHeal))
  assert.ok(found.length > 0.95 * rows.filter(isHeal).length, `${found.length}`)
})

test("in one run it is found block by block, however much the machine drifts", () => {
  const slowed = ({ protocol }: CellKey): number => (protocol === "pairwise" ? 1.1 : 1)
  const trials = seeds(10).map((seed) =>
    compareProtocols(session({ seed, blockNoise: 0.3, slowed }), DETECT, "sender-keys"),
  )
  assert.ok(shareOf(trials, ({ verdict }) => verdict === "slower") > 0.95)
})

test("what all cells changed by together is told apart, and is no finding of any of them", () => {
  const comparison = compareRuns(session({ seed: 1 }), session({ seed: 2, machine: 1.5 }), DETECT)
  const [common] = comparison.common
  assert.ok(Math.abs((common?.ratio ?? 0) - 1.5) < 0.1)
  assert.deepEqual(
    new Set(comparison.rows.map(({ verdict, obstacle }) => `${verdict}: ${obstacle}`)),
    new Set(["too noisy: common change"]),
  )
})

/** As if all cells were heals, in groups of more sizes. */
const asHeals = (records: readonly ResultRecord[]): ResultRecord[] =>
  records.map((record) =>
    "groupSize" in record && "operation" in record
      ? {
          ...record,
          operation: "heal",
          groupSize: record.groupSize + 100 * OPERATIONS.indexOf(record.operation),
        }
      : record,
  )

test("with cells of one operation alone a change of all of them is not taken for the machine's", () => {
  const head = session({ seed: 2, ...QUIET, slowed: () => 1.1 })
  const comparison = compareRuns(asHeals(session({ seed: 1, ...QUIET })), asHeals(head), DETECT)
  assert.deepEqual([comparison.common, comparison.rows.length], [[], CELLS.length])
  assert.equal(called(comparison, "slower").length, CELLS.length)
})

test("three blocks prove nothing, and it says how many would", () => {
  const head = session({ seed: 2, blocks: 3, slowed: (cell) => (isHeal(cell) ? 3 : 1) })
  const comparison = compareRuns(session({ seed: 1, blocks: 3 }), head, DETECT)
  assert.ok(!hasFinding(comparison))
  assert.ok(comparison.rows.filter(isHeal).every(({ obstacle }) => obstacle === "too few blocks"))
  assert.equal(comparison.blocksNeeded, 6) // for 16 cells: 16 · 2 ÷ C(12, 6) = 0.035, 16 · 2 ÷ C(10, 5) = 0.13
})

test("on a noisy machine nothing is the same", () => {
  const noisy = { isolateNoise: 0.4, blockNoise: 0.4 }
  const comparison = compareRuns(session({ seed: 1, ...noisy }), session({ seed: 2, ...noisy }), DETECT)
  assert.equal(called(comparison, "too noisy").length, comparison.rows.length)
  assert.ok(comparison.floors.every(({ floor }) => floor > DETECT))
})

const onOtherMachine = (records: readonly ResultRecord[]): ResultRecord[] =>
  records.map((record) =>
    record.kind === "run"
      ? { ...record, environment: { ...record.environment, cpu: "Another CPU" } }
      : record,
  )

test("runs of two machines are compared through a reference protocol only, and it says so", () => {
  const slowed = (cell: CellKey): number => (cell.protocol === "pairwise" ? slowHeal(cell) : 1)
  const head = onOtherMachine(session({ seed: 2, machine: 3, slowed }))
  const comparison = compareRuns(session({ seed: 1 }), head, DETECT)
  assert.equal(comparison.method, "through a reference")
  assert.equal(comparison.reference, "sender-keys")
  assert.deepEqual(comparison.machines, ["cpu: Example CPU against Another CPU"])
  assert.ok(comparison.rows.every(({ protocol }) => protocol === "pairwise"))
  assert.deepEqual(
    comparison.rows.map(({ verdict }) => verdict),
    comparison.rows.map((row) => (isHeal(row) ? "slower" : "same")),
  )
})

test("a reference may be asked for on one machine too", () => {
  const comparison = compareRuns(session({ seed: 1 }), session({ seed: 2 }), DETECT, "pairwise")
  assert.deepEqual([comparison.method, comparison.reference], ["through a reference", "pairwise"])
  assert.ok(comparison.rows.every(({ protocol }) => protocol === "sender-keys"))
})

test("suites of one run are compared cell by cell", () => {
  const native = session({ seed: 1 })
  const noble = session({ seed: 2, machine: 20 }).flatMap((record) =>
    "suite" in record ? [{ ...record, suite: "noble" as const }] : [],
  )
  const [header, ...cells] = native as [RunHeader, ...ResultRecord[]]
  const plan = { ...header.plan, suites: ["noble" as const, "native" as const] }
  const comparison = compareSuites([{ ...header, plan }, ...noble, ...cells], DETECT)
  assert.equal(comparison.rows.length, CELLS.length)
  assert.ok(comparison.rows.every(({ suite, against }) => suite === "native" && against === "noble"))
  assert.equal(called(comparison, "faster").length, CELLS.length)
})

test("runs that warmed up for other times, or in a Node with other options, are compared, and it says so", () => {
  const quick = session({ seed: 2 }).map((record) =>
    record.kind === "run" ? { ...record, plan: { ...record.plan, warmUpMs: 20 } } : record,
  )
  assert.deepEqual(compareRuns(session({ seed: 1 }), quick, DETECT).budgets, ["warmUpMs: 80 against 20"])
  const nodeOptions = ["--single-threaded"]
  const threaded = session({ seed: 2 }).map((record) =>
    record.kind === "run" ? { ...record, environment: { ...record.environment, nodeOptions } } : record,
  )
  assert.deepEqual(compareRuns(session({ seed: 1 }), threaded, DETECT).budgets, [
    "nodeOptions: unknown against --single-threaded",
  ])
})

test("a run without twins is judged by a floor that is assumed", () => {
  const old = session({ seed: 1 }).filter((record) => record.kind !== "block" || record.twin === undefined)
  const [floor] = compareProtocols(old, DETECT).floors
  assert.deepEqual([floor?.floor, floor?.pairs], [0.05, 0])
})

test("counts are compared where both runs have one seed: else bytes differ by themselves", () => {
  const [a, b] = [session({ seed: 1 }), session({ seed: 2 })]
  assert.equal(compareRuns(a, b, DETECT).counts?.compared, CELLS.length)
  const reseeded = b.map((record) => (record.kind === "run" ? { ...record, seed: 7 } : record))
  assert.equal(compareRuns(a, reseeded, DETECT).counts, null)
})

const withPlan = (plan: Partial<RunHeader["plan"]>): ResultRecord[] => [exampleHeader(plan)]

test("what cannot be compared is refused in one line", () => {
  const run = session({ seed: 1 })
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => compareProtocols(run, DETECT, "mls"),
      /^Error: --reference "mls": run session-1 has sender-keys, pairwise$/,
    ],
    [() => compareSuites(run, DETECT), /^Error: run session-1 has one suite, native; /],
    [
      () => compareProtocols(withPlan({ threads: [1] }), DETECT),
      /is one of throughput; compare takes what run leaves$/,
    ],
    [
      () => compareRuns(run, withPlan({ payloadBytes: 64 }), DETECT),
      /different work: payloadBytes: 32 against 64; /,
    ],
    [() => compareRuns(run, withPlan({}), DETECT), /have no cell in common/],
    [
      () => compareRuns(run, onOtherMachine(withPlan({ protocols: ["mls"] })), DETECT),
      /have no protocol in common/,
    ],
  ]
  for (const [compare, complaint] of refusals) assert.throws(compare, complaint)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { exampleBlock, exampleCount, exampleHeader } from "./example.ts"
import { type GrowthRow, growthOf } from "./growth.ts"
import type { Operation, ResultDocument, SuiteName } from "./schema.ts"
import type { ClaimedCost, Theory } from "./theory.ts"

type Shape = { sizes?: readonly number[]; suites?: readonly SuiteName[]; operations?: readonly Operation[] }

/** n − 1 two-party messages of 100 bytes with 2 calls each; times of n² ns. */
function grownOf({
  sizes = [4, 8, 16, 32],
  suites = ["noble"],
  operations = ["heal"],
}: Shape = {}): ResultDocument {
  const records = operations.flatMap((operation) =>
    suites.flatMap((suite) =>
      sizes.flatMap((groupSize) => {
        const cell = { operation, suite, groupSize }
        const twoParty = groupSize - 1
        const none = { initiator: {}, recipientMax: {}, recipientMean: {} }
        const primitives = { group: { dh: twoParty, hmac: twoParty }, ...none }
        const exact = { twoParty, broadcasts: 0, bytesUploaded: 100 * twoParty, primitives }
        return [exampleCount(cell, exact), exampleBlock(0, cell, { groupNs: groupSize ** 2 })]
      }),
    ),
  )
  return toDocument([exampleHeader(), ...records])
}

const COST: ClaimedCost = {
  from: 2,
  counts: [
    { measure: "twoParty", of: "messages", formula: "n − 1", at: (n) => n - 1 },
    { measure: "rounds", of: "messages", formula: "2", at: () => 2 },
    { measure: "primitives.group.dh", of: "cpu", formula: "n − 1", at: (n) => n - 1 },
    { measure: "primitives.group.sign", of: "cpu", formula: "0", at: () => 0 },
  ],
  growth: { messages: "n", bytes: "n", cpu: "n" },
}
const theory: Theory = () => COST

const rowOf = (rows: readonly GrowthRow[], measure: GrowthRow["measure"]): GrowthRow =>
  rows.find((row) => row.measure === measure) as GrowthRow

test("a cost that is as claimed is so in all three measures, and its times stand beside it", () => {
  const rows = growthOf(grownOf(), theory)
  assert.deepEqual(
    rows.map(({ measure, claimed, counts, fit }) => [measure, claimed, counts, fit?.class, fit?.verdict]),
    [
      ["messages", "n", "as-claimed", "n", "decided"],
      ["bytes", "n", "unclaimed", "n", "decided"],
      ["cpu", "n", "as-claimed", "n", "decided"],
    ],
  )
  assert.deepEqual(
    rows.map(({ times }) => times.map(({ suite, exponent }) => [suite, exponent.median.toFixed(3)])),
    [[], [], [["noble", "2.000"]]],
  )
})

test("formulas are listed where they say something", () => {
  const rows = growthOf(grownOf(), theory)
  assert.deepEqual(rowOf(rows, "messages").formulas, [
    { measure: "twoParty", formula: "n − 1" },
    { measure: "rounds", formula: "2" },
  ])
  assert.deepEqual(rowOf(rows, "cpu").formulas, [{ measure: "primitives.group.dh", formula: "n − 1" }])
})

test("one size at which a formula does not hold is enough, and touches no other measure", () => {
  const { cells, timeExponents } = grownOf()
  const broken = cells.map((cell) =>
    cell.groupSize === 16 ? { ...cell, exact: { ...cell.exact, rounds: 3 } } : cell,
  )
  const rows = growthOf({ cells: broken, timeExponents }, theory)
  assert.equal(rowOf(rows, "messages").counts, "different")
  assert.equal(rowOf(rows, "cpu").counts, "as-claimed")
})

test("a protocol without claims is fitted all the same", () => {
  const [row] = growthOf(grownOf(), () => undefined)
  assert.deepEqual([row?.claimed, row?.counts, row?.formulas, row?.fit?.class], [null, "unclaimed", [], "n"])
})

test("below 3 sizes nothing is fitted, at 3 the class is undecided", () => {
  const [two] = growthOf(grownOf({ sizes: [4, 8] }), theory)
  assert.deepEqual([two?.fit, two?.sizes, two?.times], [null, 2, []])
  const [three] = growthOf(grownOf({ sizes: [4, 8, 16] }), theory)
  assert.equal(three?.fit?.verdict, "undecided")
})

test("counts stand once, times for each suite", () => {
  const rows = growthOf(grownOf({ suites: ["noble", "native"] }), theory)
  assert.equal(rows.length, 3)
  assert.equal(rowOf(rows, "messages").sizes, 4)
  assert.deepEqual(
    rowOf(rows, "cpu").times.map(({ suite }) => suite),
    ["noble", "native"],
  )
})

test("rows come by operation, as they are listed everywhere", () => {
  const rows = growthOf(grownOf({ operations: ["heal", "create"] }), theory)
  assert.deepEqual([...new Set(rows.map(({ operation }) => operation))], ["create", "heal"])
})

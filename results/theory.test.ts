import assert from "node:assert/strict"
import { test } from "node:test"
import { toDocument } from "./document.ts"
import { EXAMPLE_CELL, exampleCount, exampleHeader } from "./example.ts"
import type { Cell, Exact, SuiteName } from "./schema.ts"
import { type ClaimedCost, claimedMessages, differencesIn, type Theory } from "./theory.ts"

const growth = { messages: "n", bytes: "n", cpu: "n" } as const
const COST: ClaimedCost = {
  from: 3,
  counts: [
    { measure: "twoParty", of: "messages", formula: "n − 1", at: (n) => n - 1 },
    { measure: "broadcasts", of: "messages", formula: "n", at: (n) => n },
    { measure: "primitives.group.dh", of: "cpu", formula: "2n − 2", at: (n) => 2 * n - 2 },
    { measure: "primitives.group.verify", of: "cpu", formula: "0", at: () => 0 },
  ],
  growth,
}
const theory: Theory = ({ operation }) => (operation === "heal" ? COST : undefined)

function cellsOf(
  exact: Partial<Exact>,
  groupSize = 8,
  suites: readonly SuiteName[] = ["noble"],
): readonly Cell[] {
  const counts = suites.map((suite) => exampleCount({ groupSize, suite }, exact))
  return toDocument([exampleHeader(), ...counts]).cells
}

test("counts that are as claimed make no difference, a call that nobody made counts as 0", () => {
  assert.deepEqual(differencesIn(cellsOf({}), theory), [])
})

test("one message too many is a difference, with both numbers, whatever the number of suites", () => {
  const { suite: _suite, ...cell } = EXAMPLE_CELL
  const difference = { ...cell, measure: "twoParty", formula: "n − 1", claimed: 7, counted: 8 }
  assert.deepEqual(differencesIn(cellsOf({ twoParty: 8 }, 8, ["noble", "native"]), theory), [difference])
})

test("calls are held against their formulas too", () => {
  const { primitives } = exampleCount().exact
  const changed = { primitives: { ...primitives, group: { dh: 14, verify: 1 } } }
  const [difference, ...others] = differencesIn(cellsOf(changed), theory)
  assert.deepEqual([difference?.measure, difference?.counted, others], ["primitives.group.verify", 1, []])
})

test("nothing is held against formulas below the smallest group for which they are claimed, nor without any", () => {
  assert.deepEqual(differencesIn(cellsOf({ twoParty: 99 }, 2), theory), [])
  assert.deepEqual(
    differencesIn(cellsOf({ twoParty: 99 }), () => undefined),
    [],
  )
})

test("claimed messages are those of all kinds", () => {
  assert.equal(claimedMessages(COST, 8), 7 + 8)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import type { GrowthRow } from "../../results/growth.ts"
import { growthTables } from "./growth-tables.ts"

const ROW: GrowthRow = {
  protocol: "<sender-keys>",
  channel: "signal",
  operation: "heal",
  measure: "messages",
  claimed: "n²",
  formulas: [{ measure: "twoParty", formula: "n² + 2n − 3" }],
  counts: "as-claimed",
  sizes: 6,
  fit: {
    class: "n²",
    runnerUp: "n log n",
    verdict: "decided",
    power: { exponent: 1.93, between: { low: 1.85, high: 1.97 } },
  },
  times: [],
}

test("claim, formula, verdict, fit and times stand in one row, escaped", () => {
  const cells = [
    "&lt;sender-keys&gt;",
    "messages",
    "n²",
    "two-party n² + 2n − 3",
    "as claimed",
    "n^1.93 (1.85 to 1.97), class n²",
    "–",
  ]
  const row = `<tr>${cells.map((cell) => `<td class="text">${cell}</td>`).join("")}</tr>`
  assert.ok(growthTables([ROW]).includes(row))
})

test("an operation has a table of its own, that of a heal is open, and no rows make no table", () => {
  const html = growthTables([ROW, { ...ROW, operation: "add" }])
  assert.match(html, /<details open><summary>heal<\/summary>[\s\S]*<details><summary>add<\/summary>/)
  assert.equal(growthTables([]), "")
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { styleText } from "node:util"
import type { GrowthRow } from "../../results/growth.ts"
import { growthTable } from "./growth-table.ts"

const ROW: GrowthRow = {
  protocol: "sender-keys",
  channel: "signal",
  operation: "heal",
  measure: "messages",
  claimed: "n²",
  formulas: [
    { measure: "twoParty", formula: "n² + 2n − 3" },
    { measure: "rounds", formula: "4" },
  ],
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
const CPU: GrowthRow = {
  ...ROW,
  measure: "cpu",
  formulas: [
    { measure: "primitives.group.dh", formula: "n² + 5n − 6" },
    { measure: "primitives.initiator.dh", formula: "4n − 4" },
  ],
  times: [
    { suite: "noble", exponent: { median: 1.9, low: 1.85, high: 1.94 } },
    { suite: "native", exponent: { median: 1.81, low: 1.81, high: 1.81 } },
  ],
}

const linesOf = (rows: readonly GrowthRow[], width = 160) =>
  growthTable(rows, { color: "never", width }).split("\n")

test("claim, formula, verdict, fit and times stand in one line, the protocol is named once", () => {
  const [title, heading, ...rows] = linesOf([ROW, CPU])
  assert.equal(title, "heal")
  assert.match(heading ?? "", /^protocol +of +claimed +formula +counts +fitted to counts +times$/)
  assert.match(
    rows[0] ?? "",
    /^sender-keys +messages +n² +two-party n² \+ 2n − 3 +as claimed +n\^1\.93 \(1\.85 to 1\.97\), class n² +–$/,
  )
  assert.match(
    rows[1] ?? "",
    /^ +CPU +n² +dh n² \+ 5n − 6 +as claimed +.* +n\^1\.90 \[1\.85, 1\.94\] noble, n\^1\.81 native$/,
  )
})

test("too few sizes, and a fit that is not clear, are said", () => {
  const fit = { class: "n", runnerUp: "n log n", verdict: "undecided", power: null } as const
  const text = linesOf([
    { ...ROW, fit: null, sizes: 2 },
    { ...ROW, fit },
  ]).join("\n")
  assert.match(text, /needs 3 sizes, has 2/)
  assert.match(text, /class n or n log n \(undecided\)/)
})

test("what is not as claimed is red: a count, and a curve that is clearly another", () => {
  const coloured = (row: GrowthRow) => growthTable([row], { color: "always", width: 160 })
  const red = (text: string) => styleText("red", text, { validateStream: false })
  assert.ok(coloured({ ...ROW, counts: "different" }).includes(red("different")))
  assert.ok(coloured({ ...ROW, claimed: "n" }).includes(red("n^1.93 (1.85 to 1.97), class n²")))
  assert.ok(!coloured(ROW).includes("\u001b[31m"))
})

test("it fits a terminal of 80 columns", () => {
  assert.ok(linesOf([ROW, CPU], 80).every((line) => line.length <= 80))
})

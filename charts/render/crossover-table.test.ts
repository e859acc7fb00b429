import assert from "node:assert/strict"
import { test } from "node:test"
import type { Crossover, Stretch } from "../../results/crossover.ts"
import { crossoverTable } from "./crossover-table.ts"

const ONE = "sender-keys"
const OTHER = "pairwise"

/** From the starts of stretches; the last ends at `to`. */
function stretches(
  to: number,
  ...starts: readonly (readonly [from: number, cheaper: string | null])[]
): Stretch[] {
  return starts.map(([from, cheaper], index) => ({
    from,
    to: (starts[index + 1]?.[0] ?? to + 1) - 1,
    cheaper,
  }))
}

const BYTES: Crossover = {
  protocols: [ONE, OTHER],
  measure: "bytes",
  suite: null,
  basis: "counts",
  blocks: null,
  stretches: stretches(64, [4, ONE]),
  medians: null,
  extrapolated: stretches(1024, [65, ONE]),
}
const CPU: Crossover = { ...BYTES, measure: "cpu", suite: "native", basis: "times", blocks: 6 }

const rowOf = (answer: Partial<Crossover>, base = BYTES): string =>
  crossoverTable([{ ...base, ...answer }], 100, 200).split("\n")[2] ?? ""

test("a row reads as a sentence: who beats whom, in what, from where to where", () => {
  const text = crossoverTable([BYTES], 100, 200).split("\n")
  assert.equal(text[0], "what 100 application messages and one heal cost together")
  assert.match(
    text[1] ?? "",
    /^protocol +beats +in +known for +when n is +by the medians +beyond, extrapolated$/,
  )
  assert.match(text[2] ?? "", /^sender-keys +pairwise +bytes +4 to 64, counts +always +– +the same to 1024$/)
})

const ANSWERS: readonly (readonly [string, readonly Stretch[]])[] = [
  ["always", stretches(64, [4, ONE])],
  ["never", stretches(64, [4, OTHER])],
  ["equal always", stretches(64, [4, null])],
  ["up to 11", stretches(64, [4, ONE], [12, OTHER])],
  ["from 12", stretches(64, [4, OTHER], [12, ONE])],
  ["from 12; equal 10 to 11", stretches(64, [4, OTHER], [10, null], [12, ONE])],
  ["up to 4, 9 to 20; equal from 40", stretches(64, [4, ONE], [5, OTHER], [9, ONE], [21, OTHER], [40, null])],
]
for (const [expected, found] of ANSWERS) {
  test(`the answer is "${expected}"`, () => {
    assert.ok(rowOf({ stretches: found }).includes(` counts  ${expected}  `), rowOf({ stretches: found }))
  })
}

test("of times, what is not clear is undecided, and the medians stand beside it", () => {
  const found = stretches(64, [4, ONE], [10, null], [20, OTHER])
  const row = rowOf({ stretches: found, medians: stretches(64, [4, ONE], [15, OTHER]) }, CPU)
  assert.match(row, /CPU \(native\) +4 to 64, times +up to 9; undecided 10 to 19 +up to 14 /)
})

test("what changes beyond the largest size is named, and nothing where formulas go as far as groups do", () => {
  assert.match(rowOf({ extrapolated: stretches(1024, [65, ONE], [300, OTHER]) }), /pairwise from 300$/)
  assert.match(rowOf({ extrapolated: stretches(1024, [65, null]) }), /neither from 65$/)
  assert.match(rowOf({ extrapolated: [], basis: "formulas" }), /–$/)
})

test("it fits a terminal of 100 columns", () => {
  const lines = crossoverTable([BYTES, CPU], 100, 100).split("\n")
  assert.ok(lines.every((line) => line.length <= 100))
})

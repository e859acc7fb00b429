import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { toDocument } from "./document.ts"
import { exampleBlock, exampleCount, exampleHeader } from "./example.ts"
import {
  EXACT_MEASURES,
  formatBytes,
  formatCount,
  formatNs,
  formatNsInterval,
  formatRate,
  formatRateInterval,
  formatShare,
  formatShareInterval,
  MEASURES,
  SAMPLED_MEASURES,
} from "./units.ts"

const CASES: readonly (readonly [string, string])[] = [
  [formatNs(0), "0 ns"],
  [formatNs(0.25), "0.250 ns"],
  [formatNs(417), "417 ns"],
  [formatNs(999.4), "999 ns"],
  [formatNs(999.6), "1.00 µs"],
  [formatNs(1500), "1.50 µs"],
  [formatNs(999_949_999), "1.00 s"],
  [formatNs(20e6), "20.0 ms"],
  [formatNs(3e9), "3.00 s"],
  [formatNs(12_345e9), "12,300 s"],
  [formatNs(Number.NaN), "–"],
  [formatBytes(0), "0 B"],
  [formatBytes(999.4), "999 B"],
  [formatBytes(999.5), "1.00 kB"],
  [formatBytes(1540), "1.54 kB"],
  [formatBytes(2e6), "2.00 MB"],
  [formatBytes(3.2e12), "3,200 GB"],
  [formatCount(16256), "16,256"],
  [formatCount(3900.5), "3,900.5"],
  [formatRate(12_345), "12,300/s"],
  [formatRate(4.5678), "4.57/s"],
  [formatRate(Number.POSITIVE_INFINITY), "–"],
  [formatShare(0.8749), "0.87"],
  [formatShare(Number.NaN), "–"],
  [formatShareInterval({ median: 0.9, low: 0.85, high: 1.2 }), "[0.85, 1.20]"],
  [formatShareInterval({ median: 1, low: 1, high: 1 }), ""],
  [formatNsInterval({ median: 1.5e6, low: 0.98e6, high: 1.2e9 }), "[0.980, 1,200]"],
  [formatNsInterval({ median: 5, low: 5, high: 5 }), ""],
  [formatRateInterval({ median: 5, low: 4, high: 6000 }), "[4.00, 6,000]"],
]

for (const [written, expected] of CASES) {
  test(`written as ${expected === "" ? "nothing" : expected}`, () => assert.equal(written, expected))
}

test("a time reads back as what it was, to 3 digits, and never with 4 in front of the point", () => {
  const sizes: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }
  fc.assert(
    fc.property(fc.double({ min: 1, max: 9e11, noNaN: true }), (ns) => {
      const [figure = "", unit = ""] = formatNs(ns).split(" ")
      assert.ok(Math.abs(Number(figure) * (sizes[unit] ?? 0) - ns) <= 0.00501 * ns)
      assert.match(figure, /^\d{1,3}(\.\d+)?$/)
    }),
  )
})

test("every figure of a cell has one measure, and every measure a figure", () => {
  const count = exampleCount({ operation: "message" })
  const [cell] = toDocument([exampleHeader(), count, exampleBlock(0, { operation: "message" })]).cells
  const { transcript: _, primitives: _calls, primitiveBytes: _bytes, ...figures } = count.exact
  assert.deepEqual(EXACT_MEASURES.map(({ name }) => name).sort(), Object.keys(figures).sort())
  assert.deepEqual(SAMPLED_MEASURES.map(({ name }) => name).sort(), Object.keys(cell?.sampled ?? {}).sort())
})

test("only a rate and the efficiency are better when higher", () => {
  const higher = MEASURES.filter(({ better }) => better === "higher").map(({ name }) => name)
  assert.deepEqual(higher, ["messagesPerSecond", "efficiency"])
})

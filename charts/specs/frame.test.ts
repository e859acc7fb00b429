import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { fixtureDocument } from "./fixture.ts"
import { exactCells, heading, logDomain, logTicks, operationsOf, VALUE_SPAN } from "./frame.ts"

test("ticks are powers of ten on a long axis, and finer round numbers on a short one", () => {
  assert.deepEqual(logTicks([8, 12_000]), [10, 100, 1000, 10_000])
  assert.deepEqual(logTicks([0.04, 0.9]), [0.05, 0.1, 0.2, 0.5])
  assert.deepEqual(logTicks([8, 300]), [10, 30, 100, 300])
})

test("a value axis has ticks inside it, few enough to read, whatever it holds", () => {
  const values = fc.array(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(values, (held) => {
      const [low, high] = logDomain(held, VALUE_SPAN)
      const ticks = logTicks([low, high])
      assert.ok(low < Math.min(...held) && high > Math.max(...held))
      assert.ok(ticks.length >= 2 && ticks.length <= 6, `${ticks}`)
      assert.ok(ticks.every((tick) => tick >= low && tick <= high))
    }),
  )
})

test("a heading names the run and breaks what is too long for a README", () => {
  const { subtitle } = heading(fixtureDocument(), "Title", ["word ".repeat(60).trim()])
  assert.ok(subtitle.length >= 3 && subtitle.every((line) => line.length <= 140))
  assert.match(subtitle.at(-1) ?? "", /seed 7, 2026-11-23, Node v20\.19\.0, Example CPU/)
})

test("exact cells are taken once, though two suites counted them", () => {
  const document = fixtureDocument({ suites: ["noble", "native"] })
  assert.equal(exactCells(document).length, document.cells.length / 2)
})

test("operations come in the project's order, and only those that are there", () => {
  assert.deepEqual(operationsOf(fixtureDocument({ operations: ["heal", "create"] })), ["create", "heal"])
})

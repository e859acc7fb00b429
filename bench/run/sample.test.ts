import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Sample } from "./sample.ts"

function sampleOf(count: number): number[] {
  const sample = new Sample<number>()
  for (let item = 0; item < count; item++) sample.offer(item)
  return sample.items()
}

const mean = (items: readonly number[]) => items.reduce((sum, item) => sum + item, 0) / items.length

test("everything is kept while it is few", () => {
  assert.deepEqual(
    sampleOf(512).toSorted((a, b) => a - b),
    Array.from({ length: 512 }, (_, item) => item),
  )
})

test("of many between 256 and 512 are kept, each once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 513, max: 50_000 }), (count) => {
      const items = sampleOf(count)
      assert.equal(new Set(items).size, items.length)
      assert.ok(items.length >= 250 && items.length <= 512, `${items.length}`)
    }),
    { numRuns: 20 },
  )
})

test("its beginning and its whole are spread over all that was offered", () => {
  const items = sampleOf(20_000)
  for (const part of [items, items.slice(0, 100)]) {
    assert.ok(Math.abs(mean(part) / 10_000 - 1) < 0.02, `${mean(part)}`)
  }
})

test("a rhythm in what is offered is kept in proportion", () => {
  for (const period of [2, 3, 4, 5, 8]) {
    const beats = sampleOf(30_000).map((item) => (item % period === 0 ? 1 : 0))
    assert.ok(Math.abs(mean(beats) * period - 1) < 0.05, `${period}: ${mean(beats)}`)
  }
})

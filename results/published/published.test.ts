import assert from "node:assert/strict"
import { test } from "node:test"
import { published, publishedNamed } from "./published.ts"

test("every published series says where it is from, under what licence, and what each measure counts", () => {
  for (const series of published) {
    assert.match(series.link, /^https:\/\//, series.name)
    assert.match(series.repository, /^\S+\/\S+ [0-9a-f]{7}$/, series.name)
    const words = [series.publication, series.licence, series.machine]
    for (const text of [...words, ...series.figures.map(({ counts }) => counts)]) assert.notEqual(text, "")
  }
})

test("a message that was measured has a payload of known size", () => {
  for (const { name, figures, payloadBytes } of published) {
    const hasMessage = figures.some(({ values }) => values.message !== undefined)
    assert.equal(payloadBytes !== undefined, hasMessage, name)
  }
})

test("published sizes rise, and every value is a positive number", () => {
  for (const { name, figures } of published) {
    for (const values of figures.flatMap((each) => Object.values(each.values))) {
      const sizes = values.map(({ n }) => n)
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => a - b),
        name,
      )
      assert.ok(values.every(({ value }) => value > 0))
    }
  }
})

test("an unknown name is answered with the known ones", () => {
  assert.throws(
    () => publishedNamed("nope"),
    /unknown published series "nope"; known: dcgka-prototype, dcgka-rerun, openmls/,
  )
})

import assert from "node:assert/strict"
import { test } from "node:test"
import type { PriceList } from "../../results/prices.ts"
import { fixtureDocument } from "../specs/fixture.ts"
import { environmentList, exactTables, failureTable, predictedTables, timeTables } from "./tables.ts"

test("exact counts: one row for each protocol, operation and size, whatever the number of suites", () => {
  const rows = (html: string) => html.match(/<tr>/g)?.length
  const one = exactTables(fixtureDocument({ suites: ["noble"] }))
  const two = exactTables(fixtureDocument({ suites: ["noble", "native"] }))
  assert.equal(rows(one), 7 * (1 + 2 * 3)) // seven operations; a head, and two protocols at three sizes
  assert.equal(rows(two), rows(one))
})

test("a heal says from when it is safe, or that it is not", () => {
  const html = exactTables(fixtureDocument({ operations: ["heal"], unhealed: ["pairwise"] }))
  assert.match(html, /<td class="text">yes, from round 2<\/td>/)
  assert.match(html, /<td class="text">no: still readable<\/td>/)
})

test("times stand with their intervals; a document that was only counted has no table of them", () => {
  const html = timeTables(fixtureDocument({ operations: ["message"], sizes: [4] }))
  assert.match(html, /<td class="number">4 \[3\.6, 5\]<\/td>/)
  assert.match(html, /<td class="number">0\.8 \[0\.75, 0\.85\]<\/td>/)
  assert.equal(timeTables(fixtureDocument({ timed: "counted only" })), "")
})

test("predicted times stand in tables of their own, under the name of their device", () => {
  const document = fixtureDocument({ operations: ["heal"], sizes: [4], timed: "counted only" })
  assert.equal(predictedTables(document), "")
  const predicted = {
    device: "a <phone>",
    initiatorNs: 2e6,
    recipientNs: 5e5,
    newcomerNs: null,
    groupNs: 9e6,
  }
  const cells = document.cells.map((cell) => ({ ...cell, predicted }))
  const run = { ...document.run, prices: { device: "a <phone>" } as PriceList }
  const html = predictedTables({ ...document, cells, run })
  assert.match(html, /Predicted for a &lt;phone&gt;: heal/)
  assert.match(html, />2<.*>0\.5<.*>–<.*>9</s)
})

test("failures are named with their reason, escaped", () => {
  const cell = { protocol: "mls", channel: "–", suite: "noble", operation: "heal", groupSize: 64 } as const
  const html = failureTable([
    { ...cell, reason: "<out of memory>" },
    { ...cell, block: 3, reason: "late" },
  ])
  assert.match(html, /&lt;out of memory&gt;/)
  assert.match(html, /<td class="text">counting<\/td>.*\n.*<td class="text">3<\/td>/)
  assert.equal(failureTable([]), "")
})

test("the environment names machine, versions and plan", () => {
  const html = environmentList(fixtureDocument())
  for (const fact of ["Example CPU", "8.0 GiB", "@noble/curves 2.4.0", "plan: sizes", "4, 8, 16"]) {
    assert.ok(html.includes(fact), fact)
  }
})

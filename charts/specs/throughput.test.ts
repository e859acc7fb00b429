import assert from "node:assert/strict"
import { test } from "node:test"
import { renderSvg } from "../render/svg.ts"
import { fixtureDocument } from "./fixture.ts"
import { throughput } from "./throughput.ts"
import { withThroughput } from "./throughput-fixture.ts"

const ONE = fixtureDocument({ protocols: ["mls"], sizes: [4] })

test("deliveries a second with their interval, a panel for each number of threads", async () => {
  const spec = throughput.spec(withThroughput(ONE, [1, 2, 4]))
  assert.ok(spec)
  const held = (field: string) =>
    [...JSON.stringify(spec).matchAll(RegExp(`"${field}":([0-9.]+)`, "g"))].map((match) => Number(match[1]))
  assert.deepEqual(
    [held("y"), held("low"), held("high")],
    [
      [400, 800, 1600],
      [360, 720, 1440],
      [500, 1000, 2000],
    ],
  )
  const svg = await renderSvg(spec, "light")
  for (const title of ["1 thread", "2 threads", "4 threads"]) assert.match(svg, RegExp(`>${title}<`))
})

test("two suites are told apart, and the reader is told how", async () => {
  const both = withThroughput(fixtureDocument({ suites: ["noble", "native"] }))
  assert.match(JSON.stringify(throughput.spec(both)), /Open points and faint lines: suite noble\./)
})

test("a run without throughput has no such figure", () => {
  assert.equal(throughput.spec(ONE), undefined)
})

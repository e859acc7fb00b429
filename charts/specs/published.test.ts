import assert from "node:assert/strict"
import { test } from "node:test"
import { dcgkaPrototype } from "../../results/published/dcgka-prototype.ts"
import { dcgkaRerun, openmls } from "../../results/published/keyhive-eval.ts"
import type { PublishedSeries } from "../../results/published/series.ts"
import { renderSvg } from "../render/svg.ts"
import { bytes } from "./bytes.ts"
import { cpu } from "./cpu.ts"
import { fixtureDocument } from "./fixture.ts"
import { type Figure, NO_OVERLAY } from "./frame.ts"
import { publishedCaption } from "./published.ts"

type Options = Parameters<typeof fixtureDocument>[0]

function specText(figure: Figure, published: readonly PublishedSeries[], options: Options): string {
  return JSON.stringify(figure.spec(fixtureDocument(options), { ...NO_OVERLAY, published }))
}

/** The values that a figure holds of one series, in its order. */
function held(figure: Figure, series: PublishedSeries, options: Options): number[] {
  const row = new RegExp(
    `"protocol":"${series.name}, published","suite":"published","n":\\d+,"y":([0-9.]+)`,
    "g",
  )
  return [...specText(figure, [series], options).matchAll(row)].map((match) => Number(match[1]))
}

test("published bytes stand in the panel of their operation, among what is uploaded, once", () => {
  assert.deepEqual(
    held(bytes, dcgkaPrototype, { operations: ["remove"] }),
    [2105, 3059, 4649, 6558, 9738, 13872, 19914, 28182, 40269],
  )
  assert.deepEqual(held(bytes, dcgkaPrototype, { operations: ["heal"] }), [])
})

test("published times are drawn in milliseconds, each role in its own panel", () => {
  const update = held(cpu, dcgkaPrototype, { operations: ["update"] })
  assert.deepEqual([update.length, update[0], update[9]], [18, 2.39, 3.01])
  assert.equal(held(cpu, openmls, { operations: ["update"] }).length, 3 * 7)
})

test("a published message is left out of a run whose messages have another length", () => {
  const document = fixtureDocument({ operations: ["message"] })
  const plan = { ...document.run.plan, payloadBytes: 1024 }
  const overlay = { ...NO_OVERLAY, published: [dcgkaPrototype] }
  const longer = JSON.stringify(bytes.spec({ ...document, run: { ...document.run, plan } }, overlay))
  assert.match(JSON.stringify(bytes.spec(document, overlay)), /dcgka-prototype/)
  assert.doesNotMatch(longer, /dcgka-prototype/)
})

test("the figure itself names the series in its legend, and says whose numbers they are and what they leave out", async () => {
  const spec = cpu.spec(fixtureDocument({ operations: ["update"] }), {
    ...NO_OVERLAY,
    published: [dcgkaPrototype],
  })
  assert.ok(spec)
  const svg = (await renderSvg(spec, "light")).replaceAll(/<[^>]*>/g, " ")
  assert.match(svg, / dcgka-prototype, published /)
  assert.match(
    svg,
    /not measured here: trvedata\/key-agreement c168969\. Initiator: verifies acknowledgements/,
  )
})

test("a series that has nothing for a document is not mentioned", () => {
  assert.doesNotMatch(specText(cpu, [dcgkaRerun], { operations: ["message"] }), /dcgka-rerun/)
  assert.doesNotMatch(specText(bytes, [dcgkaRerun], { operations: ["update"] }), /dcgka-rerun/)
})

test("a protocol of the document that has the name of a series is not taken for it", () => {
  const text = specText(cpu, [openmls], { protocols: ["openmls"], operations: ["update"] })
  assert.match(text, /"domain":\["openmls","openmls, published"\]/)
})

test("sizes beyond the measured ones get a tick, sizes between them none", () => {
  const text = specText(bytes, [dcgkaPrototype], { operations: ["add"], sizes: [4, 8, 16] })
  assert.match(text, /"values":\[4,8,16,22,32,45,64,90,128\],"format":"d"/)
})

test("the page names publication, link, licence and machine", () => {
  const [text = ""] = publishedCaption([dcgkaPrototype])
  for (const part of ["Weidner", "https://doi.org/10.1145/3460120.3484542", "licence: MIT", "OpenJDK 8"])
    assert.ok(text.includes(part), part)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { cpu } from "../specs/cpu.ts"
import { fixtureDocument } from "../specs/fixture.ts"
import { NO_OVERLAY } from "../specs/frame.ts"
import { healingMessages } from "../specs/healing-messages.ts"
import { csvOf } from "./data.ts"
import { paperFiles } from "./files.ts"
import type { Format } from "./format.ts"
import { paperFigure } from "./layout.ts"

const COLUMN = (84 / 25.4) * 72 // points
const DOCUMENT = fixtureDocument({ operations: ["create", "heal"] })

const drawn = async (format: Format) => {
  const files = await paperFiles({ figure: healingMessages, format, width: COLUMN }, DOCUMENT, NO_OVERLAY)
  assert.ok(files)
  return files
}
const contentOf = async (format: Format) => {
  const content = (await drawn(format)).get(`healing-messages.${format}`)
  assert.ok(content)
  return Buffer.from(content)
}

test("beside the picture lie its data and its caption", async () => {
  const names = [...(await drawn("svg")).keys()]
  assert.deepEqual(names, ["healing-messages.svg", "healing-messages.csv", "healing-messages.txt"])
})

test("no text prints smaller than 6 points in a column of 84 mm, and no heading is left", async () => {
  for (const figure of [healingMessages, cpu]) {
    const laidOut = await paperFigure(figure, DOCUMENT, NO_OVERLAY, COLUMN)
    const svg = laidOut?.svg ?? ""
    const units = Number(/ width="([\d.]+)"/.exec(svg)?.[1])
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size))
    assert.ok(sizes.length > 10)
    assert.ok((Math.min(...sizes) * COLUMN) / units >= 6, figure.name)
    assert.ok(!svg.includes(figure.title), figure.name)
  }
})

test("an SVG is as wide as asked for and brings its letters", async () => {
  const svg = (await contentOf("svg")).toString()
  assert.match(svg, /^<svg [^>]*width="84\.00mm" height="[\d.]+mm" viewBox=/)
  assert.match(
    svg,
    /@font-face\{font-family:"Liberation Sans";font-weight:normal;src:url\(data:font\/woff2;base64,/,
  )
})

test("a PNG has 600 dots to the inch, and says so", async () => {
  const png = await contentOf("png")
  assert.equal(png.readUInt32BE(16), Math.round((84 / 25.4) * 600))
  const density = png.indexOf("pHYs")
  assert.deepEqual([png.readUInt32BE(density + 4), png[density + 12]], [Math.round(600 / 0.0254), 1])
})

test("a PDF is one page of that width with its fonts, and the same bytes twice", async () => {
  const pdf = await contentOf("pdf")
  const text = pdf.toString("latin1")
  assert.match(text, /\/MediaBox \[0 0 238\.11\d* [\d.]+\]/)
  assert.match(text, /\/FontFile2/)
  assert.equal(text.match(/\/Type \/Page\b/g)?.length, 1)
  assert.deepEqual(await contentOf("pdf"), pdf)
})

test("the data are what is drawn: a row for each point, and none for lines that are formulas", async () => {
  const lines = String((await drawn("svg")).get("healing-messages.csv")).split("\n")
  assert.equal(lines[0], "panel,protocol,suite,n,Messages uploaded until healed,low,high")
  assert.deepEqual(lines.slice(1), [
    ...[4, 8, 16].map((n) => `,sender-keys,noble,${n},${n * (n - 1)},,`),
    ...[4, 8, 16].map((n) => `,pairwise,noble,${n},${3 * (n - 1)},,`),
    "",
  ])
})

test("times have their unit and their interval, and each row its panel", () => {
  const spec = cpu.spec(DOCUMENT)
  assert.ok(spec)
  const lines = csvOf(spec).split("\n")
  assert.equal(lines[0], "panel,protocol,suite,n,Time (ms),low,high")
  assert.ok(lines.includes("create: initiator,sender-keys,noble,4,4,3.6,5"))
  assert.ok(lines.includes("heal: whole group,pairwise,noble,16,48,43.2,60"))
})

test("names that hold a comma or a quote stay one cell", async () => {
  const document = fixtureDocument({ protocols: ['a,"b"'], sizes: [4], operations: ["heal"] })
  const files = await paperFiles(
    { figure: healingMessages, format: "svg", width: COLUMN },
    document,
    NO_OVERLAY,
  )
  assert.match(String(files?.get("healing-messages.csv")), /^,"a,""b""",noble,4,12,,$/m)
})

test("the caption says what is counted, and of which run, machine and commit", async () => {
  const caption = String((await drawn("svg")).get("healing-messages.txt"))
  for (const said of [
    "copies that the server fans out",
    "n = 4, 8, 16; times over 8 blocks",
    "Example CPU, 2 cores",
    "seed 7",
    "commit 0123456789abcdef, run run-1",
  ])
    assert.ok(caption.includes(said), said)
})

test("a figure for which the run has nothing is not written", async () => {
  const document = fixtureDocument({ operations: ["create"] })
  assert.equal(
    await paperFiles({ figure: healingMessages, format: "pdf", width: COLUMN }, document, NO_OVERLAY),
    undefined,
  )
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { Resvg } from "@resvg/resvg-js"
import { fixtureDocument } from "../specs/fixture.ts"
import { healingMessages } from "../specs/healing-messages.ts"
import { FONT } from "../specs/theme.ts"
import { renderPng } from "./png.ts"
import { renderSvg } from "./svg.ts"

/** How many pixels of a picture are not white, within a box in pixels. */
function ink(png: Uint8Array, box: { left: number; top: number; right: number; bottom: number }): number {
  const data = Buffer.from(png).toString("base64")
  // resvg has no decoder of its own: drawn again inside an SVG, a PNG comes back as pixels.
  const size = { width: Buffer.from(png).readUInt32BE(16), height: Buffer.from(png).readUInt32BE(20) }
  const around = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
    <image width="${size.width}" height="${size.height}" href="data:image/png;base64,${data}"/></svg>`
  const { pixels } = new Resvg(around, { font: { loadSystemFonts: false } }).render()
  let count = 0
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) if ((pixels[4 * (y * size.width + x)] ?? 255) < 200) count++
  }
  return count
}

async function chart(): Promise<string> {
  const spec = healingMessages.spec(fixtureDocument())
  assert.ok(spec)
  return renderSvg(spec, "light")
}

// Without a font resvg draws no text and says nothing: the labels under the horizontal axis must be seen.
test("text is drawn with the shipped font alone", async () => {
  const svg = await chart()
  const labels = { left: 0, top: 2 * 524 - 80, right: 2 * 860, bottom: 2 * 524 }
  const bare = new Resvg(svg, { font: { loadSystemFonts: false }, fitTo: { mode: "zoom", value: 2 } })
  const without = ink(bare.render().asPng(), labels)
  const withFont = ink(renderPng(svg), labels)
  assert.ok(withFont > without + 1000, `${withFont} dark pixels with the font, ${without} without`)
})

test("bold text differs from regular text: both files are found", () => {
  const text = (weight: string) =>
    renderPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><rect width="300" height="40" fill="#fff"/>
      <text x="5" y="28" font-size="24" font-family="${FONT}" font-weight="${weight}">Group size n × 95 % −</text></svg>`,
    )
  const box = { left: 0, top: 0, right: 600, bottom: 80 }
  assert.ok(ink(text("bold"), box) > 1.2 * ink(text("normal"), box))
})

test("twice the size of the SVG, and the same bytes twice", async () => {
  const svg = await chart()
  const png = Buffer.from(renderPng(svg))
  assert.equal(png.readUInt32BE(16), 2 * 860)
  assert.deepEqual(png, Buffer.from(renderPng(svg)))
})

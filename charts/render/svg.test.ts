import assert from "node:assert/strict"
import { test } from "node:test"
import { bytes } from "../specs/bytes.ts"
import { cpu } from "../specs/cpu.ts"
import { fixtureDocument } from "../specs/fixture.ts"
import { healingMessages } from "../specs/healing-messages.ts"
import { renderSvg } from "./svg.ts"

test("the same chart is the same text twice, also when drawn at the same time as another", async () => {
  const document = fixtureDocument({ suites: ["noble", "native"] })
  const draw = () =>
    [healingMessages, bytes, cpu].map((figure) => {
      const spec = figure.spec(document)
      assert.ok(spec)
      return renderSvg(spec, "light")
    })
  assert.deepEqual(await Promise.all(draw()), await Promise.all(draw()))
})

test("light and dark differ", async () => {
  const spec = healingMessages.spec(fixtureDocument())
  assert.ok(spec)
  assert.match(await renderSvg(spec, "light"), /fill="#ffffff"/)
  assert.match(await renderSvg(spec, "dark"), /fill="#0d1117"/)
})

test("a chart fits a README", async () => {
  for (const figure of [healingMessages, bytes, cpu]) {
    const spec = figure.spec(
      fixtureDocument({ protocols: ["sender-keys", "periodic-sender-keys", "mls", "own"] }),
    )
    assert.ok(spec)
    const width = Number(/width="([0-9.]+)"/.exec(await renderSvg(spec, "light"))?.[1])
    assert.ok(width > 800 && width <= 870, `${figure.name} is ${width} wide`)
  }
})

test("names from a file cannot become markup, nor break the picture with what XML forbids", async () => {
  const spec = healingMessages.spec(
    fixtureDocument({ protocols: ['<script>alert("x")</script>\u0000\u0007\ud800'] }),
  )
  assert.ok(spec)
  const svg = await renderSvg(spec, "light")
  assert.doesNotMatch(svg, /<script|\p{Cs}|(?![\t\n])\p{Cc}/u)
  assert.match(svg, /&lt;script&gt;/)
})

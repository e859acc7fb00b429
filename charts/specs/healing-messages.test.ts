import assert from "node:assert/strict"
import { test } from "node:test"
import { renderSvg } from "../render/svg.ts"
import { fixtureDocument } from "./fixture.ts"
import { healingMessages } from "./healing-messages.ts"

async function draw(options: Parameters<typeof fixtureDocument>[0]): Promise<string> {
  const spec = healingMessages.spec(fixtureDocument(options))
  assert.ok(spec)
  return renderSvg(spec, "light")
}

test("each protocol is named with its fitted exponent, beside the line n(n − 1)", async () => {
  const svg = await draw({ sizes: [64, 128, 256, 512] })
  assert.match(svg, />sender-keys ~ n\^2\.0\d</)
  assert.match(svg, />pairwise ~ n\^1\.0\d</)
  assert.match(svg, />n\(n − 1\)</)
})

test("one size has no exponent, and is drawn all the same", async () => {
  const svg = await draw({ sizes: [8] })
  assert.match(svg, />sender-keys</)
  assert.doesNotMatch(svg, /n\^/)
})

test("a protocol that did not heal has no line, no point and no exponent: only crosses, and words", async () => {
  const svg = await draw({ protocols: ["pairwise", "mls"], unhealed: ["mls"] })
  assert.match(svg, />mls: not healed</)
  assert.match(svg, /× not healed, the adversary still reads: mls\./)
  assert.doesNotMatch(await draw({ protocols: ["pairwise", "mls"] }), /not healed/)
})

test("packets are added up: two-party messages and broadcasts, but not what is inside a broadcast", () => {
  const document = fixtureDocument({ protocols: ["mls"], sizes: [8], operations: ["heal"] })
  const cells = document.cells.map((cell) => ({
    ...cell,
    exact: { ...cell.exact, twoParty: 9, inBroadcasts: 4, broadcasts: 3 },
  }))
  assert.match(JSON.stringify(healingMessages.spec({ ...document, cells })), /"n":8,"y":8,/)
})

test("without a heal, or without the adversary's verdict on it, there is no figure", () => {
  assert.equal(healingMessages.spec(fixtureDocument({ operations: ["create"] })), undefined)
  const document = fixtureDocument({ operations: ["heal"] })
  const cells = document.cells.map(({ healing: _, ...cell }) => cell)
  assert.equal(healingMessages.spec({ ...document, cells }), undefined)
})

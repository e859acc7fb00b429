import assert from "node:assert/strict"
import { test } from "node:test"
import { claimedPoints } from "./claims.ts"
import { fixtureDocument } from "./fixture.ts"
import { type ClaimedLine, type Figure, NO_OVERLAY } from "./frame.ts"
import { healingMessages } from "./healing-messages.ts"
import { messages } from "./messages.ts"

/** As if Sender Keys claimed n² for everything, and nobody else anything. */
const claimedLine: ClaimedLine = (protocol, _, n) => (protocol === "sender-keys" ? n * n : undefined)

type Options = Parameters<typeof fixtureDocument>[0]

const textOf = (figure: Figure, options: Options = {}): string =>
  JSON.stringify(figure.spec(fixtureDocument(options), { ...NO_OVERLAY, claimedLine }))

const claimedIn = (text: string): string[] =>
  [...text.matchAll(/"protocol":"([^"]*)","suite":"claimed"/g)].map((match) => match[1] ?? "")

test("a claim is asked for whole groups of at least two, to the ends of the axis and not beyond", () => {
  const asked: number[] = []
  const points = claimedPoints(
    (_protocol, _operation, n) => {
      asked.push(n)
      return n
    },
    ["mls"],
    { operation: "heal", sizes: [2, 64, 512] },
  )
  assert.ok(asked.every((n) => Number.isInteger(n) && n >= 2 && n < 1024))
  assert.ok(Math.max(...asked) > 512)
  assert.equal(asked.length, new Set(asked).size)
  assert.deepEqual(points[0], { protocol: "mls", suite: "claimed", n: 2, y: 2 })
})

test("a claim of nothing has no place on a logarithmic axis, and no line", () => {
  assert.deepEqual(
    claimedPoints(() => 0, ["pairwise"], { operation: "remove", sizes: [4, 8] }),
    [],
  )
})

for (const figure of [healingMessages, messages]) {
  test(`${figure.name}: a line for each protocol that claims something, and a word about it`, () => {
    assert.deepEqual([...new Set(claimedIn(textOf(figure)))], ["sender-keys"])
    assert.match(textOf(figure), /Thin lines: what the protocols' cost formulas give\./)
    assert.doesNotMatch(textOf(figure, { protocols: ["pairwise"] }), /Thin lines|claimed/)
  })
}

test("a protocol that did not heal is not drawn with what its heal was to cost", () => {
  assert.deepEqual(claimedIn(textOf(healingMessages, { unhealed: ["sender-keys"] })), [])
})

test("messages: welcomes count, and heals have a figure of their own", () => {
  const document = fixtureDocument({ protocols: ["mls"], sizes: [8], operations: ["add", "heal"] })
  const exact = { twoParty: 5, broadcasts: 3, welcomes: 1 }
  const cells = document.cells.map((cell) => ({ ...cell, exact: { ...cell.exact, ...exact } }))
  const text = JSON.stringify(messages.spec({ ...document, cells }))
  assert.match(text, /"n":8,"y":9,/)
  assert.doesNotMatch(text, /"text":"heal"/)
})

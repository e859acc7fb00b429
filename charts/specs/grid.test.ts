import assert from "node:assert/strict"
import { test } from "node:test"
import type { Cell, ResultDocument } from "../../results/schema.ts"
import { renderSvg } from "../render/svg.ts"
import { bytes } from "./bytes.ts"
import { cpu } from "./cpu.ts"
import { fixtureDocument } from "./fixture.ts"
import { type Figure, NO_OVERLAY } from "./frame.ts"
import { messagesPerSecond } from "./messages-per-second.ts"
import { primitives } from "./primitives.ts"
import { state } from "./state.ts"

type Options = Parameters<typeof fixtureDocument>[0]

async function draw(figure: Figure, options: Options = {}): Promise<string> {
  const spec = figure.spec(fixtureDocument(options))
  assert.ok(spec)
  return renderSvg(spec, "light")
}

/** The numbers that a figure holds under one name, in its order. */
function held(figure: Figure, field: string, options: Options): number[] {
  const text = JSON.stringify(figure.spec(fixtureDocument(options)))
  return [...text.matchAll(new RegExp(`"${field}":([0-9.e+-]+)`, "g"))].map((match) => Number(match[1]))
}

/** The whole group's interval reaches up to `times` its median. */
function withHigh(document: ResultDocument, times: number): ResultDocument {
  const widened = ({ sampled, ...cell }: Cell): Cell =>
    sampled === null
      ? { ...cell, sampled }
      : {
          ...cell,
          sampled: { ...sampled, groupNs: { ...sampled.groupNs, high: sampled.groupNs.median * times } },
        }
  return { ...document, cells: document.cells.map(widened) }
}

/** The ends of bars that lie beyond their axis. */
const cutBars = (spec: unknown): readonly string[] =>
  [...JSON.stringify(spec).matchAll(/"(below|above)":true/g)].map(([, end]) => end ?? "")

/** The ends of the vertical axes. */
const domainOf = (spec: unknown): readonly number[] =>
  [...JSON.stringify(spec).matchAll(/"type":"log","domain":\[([^\]]+)\]/g)].flatMap(([, ends = ""]) =>
    ends.split(",").map(Number),
  )

const ONE = { protocols: ["mls"], sizes: [4], operations: ["message"] } as const

test("bytes: uploaded beside delivered, for each operation", async () => {
  assert.deepEqual(held(bytes, "y", ONE), [2400, 3600])
  const svg = await draw(bytes, { operations: ["add", "heal"] })
  for (const title of ["add: uploaded", "add: delivered", "heal: uploaded", "heal: delivered"]) {
    assert.match(svg, new RegExp(`>${title}<`))
  }
})

test("zero is named in words, since a logarithmic axis cannot show it", async () => {
  assert.match(await draw(bytes), /Zero, which a logarithmic axis cannot show: pairwise \(create\)\./)
  assert.doesNotMatch(await draw(bytes, { operations: ["add"] }), /Zero/)
})

test("a panel in which everything is zero says so, and is drawn", async () => {
  const svg = await draw(bytes, { protocols: ["pairwise"], sizes: [4] })
  assert.equal(svg.match(/>zero at every size</g)?.length, 2) // create: uploaded and delivered
  assert.doesNotMatch(await draw(bytes, { sizes: [4] }), /zero at every size/)
})

test("cpu: milliseconds of initiator, recipient and group, with their intervals", () => {
  assert.deepEqual(held(cpu, "y", ONE), [4, 2, 12])
  assert.deepEqual(held(cpu, "low", ONE), [3.6, 1.8, 10.8])
  assert.deepEqual(held(cpu, "high", ONE), [5, 2.5, 15])
})

test("cpu: two suites are told apart, and the reader is told how", async () => {
  assert.match(await draw(cpu, { suites: ["noble", "native"] }), /Open points and faint lines: suite noble\./)
  assert.match(await draw(cpu, { suites: ["noble"] }), /Suite: noble\./)
})

test("a wide interval does not stretch the axis: its bar ends in an arrowhead, and the figure says so", () => {
  const usual = cpu.spec(fixtureDocument(ONE))
  const wide = cpu.spec(withHigh(fixtureDocument(ONE), 1e6))
  assert.deepEqual(cutBars(usual), [])
  assert.deepEqual(cutBars(wide), ["above"])
  assert.match(JSON.stringify(wide), /An arrowhead: the bar goes on beyond the axis\./)
  assert.doesNotMatch(JSON.stringify(usual), /arrowhead/)
  assert.ok(held(cpu, "high", ONE).every((high) => high < Math.max(...domainOf(wide))))
  assert.ok(Math.max(...domainOf(wide)) < 12 * 4, "the group takes 12 ms")
})

test("cpu: a document that was only counted has no figure of times", () => {
  assert.equal(cpu.spec(fixtureDocument({ timed: "counted only" })), undefined)
  assert.equal(messagesPerSecond.spec(fixtureDocument({ timed: "counted only" })), undefined)
})

test("messages per second: a rate is one over a time, with the ends of its interval in order", () => {
  assert.deepEqual(held(messagesPerSecond, "y", ONE), [250, 500, 1e9 / 12e6])
  const [low, high] = [held(messagesPerSecond, "low", ONE), held(messagesPerSecond, "high", ONE)]
  assert.deepEqual(low.slice(0, 2), [200, 400])
  assert.ok(high.every((end, index) => end > (low[index] ?? 0)))
})

test("messages per second: only of messages", () => {
  assert.equal(messagesPerSecond.spec(fixtureDocument({ operations: ["add"] })), undefined)
})

test("state: the mean, and a bar up to the largest", () => {
  assert.deepEqual(held(state, "y", ONE), [2000])
  assert.deepEqual(held(state, "high", ONE), [2400])
})

test("primitives: public-key operations are summed, others left out", () => {
  assert.deepEqual(held(primitives, "y", ONE), [36])
})

test("exact counts of two suites are drawn once, and drawn alike though the suites differ by protocol", () => {
  const both = fixtureDocument({ suites: ["noble", "native"], sizes: [4] })
  const cells = both.cells.filter(({ protocol, suite }) => (protocol === "pairwise") === (suite === "noble"))
  const text = JSON.stringify(bytes.spec({ ...both, cells }))
  assert.doesNotMatch(text, /"opacity":0/)
})

test("no figure for an empty document", () => {
  for (const figure of [bytes, cpu, messagesPerSecond, state, primitives]) {
    assert.equal(figure.spec({ ...fixtureDocument(), cells: [] }), undefined, figure.name)
  }
})

test("in a narrow figure all titles take two lines, and nothing is wider than asked for", () => {
  const textOf = (width?: number) => JSON.stringify(cpu.spec(fixtureDocument(), NO_OVERLAY, width))
  assert.match(textOf(), /"text":"message: one recipient"/)
  assert.match(textOf(400), /"text":\["message","one recipient"\]/)
  assert.doesNotMatch(textOf(400), /"text":"[a-z]+: /)
  const panels = [...textOf(400).matchAll(/"width":(\d+)/g)].map(([, width]) => Number(width))
  assert.ok(panels.length > 0 && Math.max(...panels) * 3 < 400)
})

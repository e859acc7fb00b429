import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { toDocument } from "../document.ts"
import { exampleBlock, exampleCount, exampleHeader, exampleThroughput } from "../example.ts"
import { flatTable } from "./columns.ts"
import { csv } from "./csv.ts"
import { latex } from "./latex.ts"
import { markdown } from "./markdown.ts"

const ODD = 'a|b_c & 100% #1 $x {y} ~ ^ \\ <z> "q" *s*'

/** Two suites, two sizes; one protocol with a name that no format takes as it is. */
function documentOf(protocol = "dcgka/2sm") {
  const cells = (["noble", "native"] as const).flatMap((suite) =>
    [16, 8].map((groupSize) => ({ protocol, suite, groupSize })),
  )
  const counts = cells.map((cell) => exampleCount(cell))
  const blocks = cells.flatMap((cell) => [0, 1, 2].map((block) => exampleBlock(block, cell)))
  return toDocument([exampleHeader({ protocols: [protocol] }), ...counts, ...blocks])
}

/** A reader of RFC 4180, written from its grammar. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  for (let rest = text; rest !== ""; ) {
    const row: string[] = []
    for (let isOpen = true; isOpen; ) {
      const [all, quoted, plain = "", end] =
        /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? assert.fail(`no field: ${rest}`)
      row.push(quoted?.replaceAll('""', '"') ?? plain)
      rest = rest.slice(all.length)
      isOpen = end === ","
    }
    rows.push(row)
  }
  return rows
}

test("csv has a row for each cell, in base units, and every figure under a name of its own", () => {
  const [names = [], ...rows] = parseCsv(csv(flatTable(documentOf())))
  const cell = Object.fromEntries(names.map((name, index) => [name, rows[0]?.[index]]))
  assert.deepEqual([rows.length, new Set(names).size], [4, names.length])
  assert.ok(rows.every((row) => row.length === names.length))
  assert.deepEqual([cell.competitor, cell.protocol, cell.channel], ["dcgka/2sm", "dcgka", "2sm"])
  const figures = [cell.groupSize, cell.bytesUploaded, cell.dhCallsGroup, cell.groupNs, cell.groupNsLow]
  assert.deepEqual(figures, ["8", "1500", "14", "9000000", "9000000"])
  assert.deepEqual([cell.healed, cell.newcomerNs, cell.blocks], ["true", "", "3"])
})

const SIGNS = fc.constantFrom('"', ",", "\r", "\n", " ", "a", "é")

test("csv: whatever a text holds comes back from any reader of RFC 4180", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: SIGNS }), { minLength: 1 }), (texts) => {
      const [, row] = parseCsv(csv({ names: texts.map((_, index) => `${index}`), rows: [texts] }))
      assert.deepEqual(row, texts)
    }),
  )
})

test("a run of throughput has its own columns", () => {
  const header = exampleHeader({ operations: [], threads: [1, 2] })
  const document = toDocument([header, exampleThroughput(0), exampleThroughput(0, { threads: 2 })])
  const [names = [], , second = []] = parseCsv(csv(flatTable(document)))
  assert.equal(second[names.indexOf("messagesPerSecond")], "200")
  assert.equal(Number(second[names.indexOf("speedUp")]).toFixed(6), "2.000000")
  assert.match(markdown(document), /\| dcgka \| noble \| 8 \| 2 \| 200\/s \| 1,400\/s \|/)
})

test("markdown has a table of counts, once for all suites, and one of times; sizes rise", () => {
  const lines = markdown(documentOf()).split("\n")
  const sizes = lines
    .filter((line) => line.startsWith("| dcgka"))
    .map((line) => /\| (\d+) \|/.exec(line)?.[1])
  assert.deepEqual(sizes, ["8", "16", "8", "16", "8", "16"])
  assert.ok(lines.includes("### heal: exact counts"))
  assert.match(lines[0] ?? "", /^dcgka-bench 0.1.0 \(abc1234\), run 20261123-0001, seed 1, .*unfinished<br>$/)
})

test("markdown: each row has as many cells as the table, whatever a name holds", () => {
  const rows = markdown(documentOf(ODD))
    .split("\n")
    .filter((line) => line.startsWith("| a"))
  assert.equal(rows.length, 6)
  for (const row of rows.slice(0, 2)) assert.equal(row.match(/(?<!\\)\|/g)?.length, 11)
  assert.match(rows[0] ?? "", /a\\\|b\\_c \\& 100% \\#1 /)
})

test("latex: every sign that means something to it is escaped, and rows cannot begin with an argument", () => {
  const text = latex(documentOf(`[${ODD}`))
  const row = text.split("\n").find((line) => line.startsWith("{[}a"))
  assert.match(row ?? "", /^\{\[\}a\\textbar\{\}b\\_c \\& 100\\% \\#1 \\\$x \\\{y\\\} \\textasciitilde\{\} /)
  assert.match(row ?? "", / \\\\$/)
  assert.doesNotMatch(text, /[^ -~\n]/)
})

test("latex: environments and groups are closed, and each row fits its columns", () => {
  const text = latex(documentOf())
  for (const name of ["table", "tabular"])
    assert.equal(text.split(`\\begin{${name}}`).length, text.split(`\\end{${name}}`).length)
  const [, alignment = "", body = ""] = /\\begin\{tabular\}\{(\w+)\}(.*?)\\end/s.exec(text) ?? []
  for (const row of body.split("\n").filter((line) => line.endsWith("\\\\")))
    assert.equal(row.split(" & ").length, alignment.length)
  assert.ok(text.includes("% Example CPU, 2 cores"))
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { fixtureDocument } from "../specs/fixture.ts"
import { withThroughput } from "../specs/throughput-fixture.ts"
import { rowsAsCsv } from "./csv.ts"
import { operationRows } from "./operation-measures.ts"
import type { Row } from "./row.ts"
import { throughputRows } from "./throughput-measures.ts"

const SIZES = [4, 8]
const document = fixtureDocument({ sizes: SIZES, suites: ["noble", "native"] })

const only = (rows: readonly Row[], wanted: Partial<Row>): readonly Row[] =>
  rows.filter((row) => Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value))

test("an exact count stands once whatever the number of suites, for the group and for a member", () => {
  const rows = only(operationRows(document, "heal"), { measure: "messages", protocol: "sender-keys" })
  assert.deepEqual(
    rows.map(({ of, n, y, suite }) => [of, n, y, suite]),
    [
      ["group", 4, 12, undefined],
      ["member", 4, 3, undefined],
      ["group", 8, 56, undefined],
      ["member", 8, 7, undefined],
    ],
  )
})

test("a time stands for each suite, in milliseconds with its interval", () => {
  const rows = only(operationRows(document, "update"), {
    measure: "time",
    of: "group",
    protocol: "pairwise",
    n: 8,
  })
  assert.deepEqual(
    rows.map(({ suite, y, low, high }) => [suite, y, low, high]),
    [
      ["noble", 24, 21.6, 30],
      ["native", 2.4, 2.16, 3],
    ],
  )
})

test("a newcomer has times in an add alone, and only a message has a rate", () => {
  const has = (operation: "add" | "message", wanted: Partial<Row>) =>
    only(operationRows(document, operation), wanted).length > 0
  assert.deepEqual([has("add", { of: "newcomer" }), has("message", { of: "newcomer" })], [true, false])
  assert.deepEqual([has("add", { measure: "rate" }), has("message", { measure: "rate" })], [false, true])
})

test("a heal that left the adversary reading is marked in all its figures, and one without a verdict has none", () => {
  const open = operationRows(fixtureDocument({ unhealed: ["pairwise"] }), "heal")
  assert.ok(open.every(({ protocol, unhealed }) => (unhealed === true) === (protocol === "pairwise")))
  const cells = document.cells.map(({ healing: _healing, ...cell }) => cell)
  assert.deepEqual(operationRows({ ...document, cells }, "heal"), [])
})

test("throughput is told apart by the number of threads; one thread has no speed-up", () => {
  const rows = throughputRows(withThroughput(document, [1, 2]))
  assert.deepEqual([...new Set(rows.map(({ of }) => of))], ["threads-1", "threads-2"])
  assert.deepEqual(only(rows, { measure: "speedUp", of: "threads-1" }), [])
})

test("CSV has one figure a line, its unit beside it, and quotes what would break a line", () => {
  const row: Row = {
    measure: "time",
    of: "group",
    protocol: 'a,"b"\n',
    suite: "noble",
    n: 4,
    y: 1.5,
    low: 1,
    high: 2,
  }
  const measure = { id: "time", title: "", axis: "", unit: "ms", kind: "sampled", definition: "" } as const
  const [head, ...lines] = rowsAsCsv([row, { ...row, protocol: "mls", unhealed: true }], [measure]).split(
    "\r\n",
  )
  assert.equal(head, "measure,of,unit,protocol,suite,groupSize,value,low,high,healed")
  assert.deepEqual(lines, [
    'time,group,ms,"a,""b""\n",noble,4,1.5,1,2,',
    "time,group,ms,mls,noble,4,1.5,1,2,no",
    "",
  ])
})

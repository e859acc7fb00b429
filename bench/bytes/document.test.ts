/** Groups above 32 take seconds: of them `.ci/run` has the page written again. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { describe, test } from "node:test"
import { DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { dcgkaPrototype } from "../../results/published/dcgka-prototype.ts"
import { prototypeBytes } from "../../results/published/prototype-bytes.ts"
import { theoryOf } from "../theory/theory.ts"
import { compare } from "./comparison.ts"
import { fieldTable, type Group, TABLES, totalsLine } from "./document.ts"
import { REASONS } from "./reasons.ts"
import { COMPARED, type Compared, uploadsOf } from "./uploads.ts"

const SIZES = [8, 11, 16, 22, 32]
const groups = new Map<number, Group>()
for (const groupSize of SIZES) groups.set(groupSize, await uploadsOf(groupSize))

const page = readFileSync(new URL("../../../docs/bytes.md", import.meta.url), "utf8")

const PUBLISHED = dcgkaPrototype.figures.find(({ measure }) => measure === "bytesUploaded")?.values

/** Of all nine sizes. */
const publishedBytes = (operation: Compared) => PUBLISHED?.[operation] ?? assert.fail(operation)

describe("from the messages of our groups come the bytes that the prototype's authors published", () => {
  for (const operation of COMPARED) {
    test(`${operation}, of groups that were formed here: ${SIZES.join(", ")}`, () => {
      const modelled = Array.from(groups, ([n, group]) => ({ n, value: prototypeBytes(group[operation]) }))
      assert.deepEqual(modelled, publishedBytes(operation).slice(0, SIZES.length))
    })

    test(`${operation}, of 8 to 128 by the formulas that every run is held against`, () => {
      const modelled = publishedBytes(operation).map(({ n }) => ({
        n,
        value: prototypeBytes(claimed(operation, n)),
      }))
      assert.equal(modelled.length, 9)
      assert.deepEqual(modelled, publishedBytes(operation))
    })
  }
})

function claimed(operation: Compared, groupSize: number) {
  const cost = theoryOf(DEFAULT_SETTINGS)({ protocol: "dcgka", channel: "2sm", operation })
  const at = (name: "twoParty" | "broadcasts") =>
    cost?.counts.find(({ measure }) => measure === name)?.at(groupSize) ?? assert.fail(name)
  return { operation, groupSize, twoParty: at("twoParty"), broadcasts: at("broadcasts") }
}

describe("docs/bytes.md", () => {
  for (const [n, group] of groups) {
    test(`has the totals of a group of ${n}`, () => assert.ok(page.includes(`${totalsLine(group)}\n`)))
  }

  for (const [operation, n] of TABLES) {
    const group = groups.get(n)
    if (group === undefined) continue
    test(`takes ${operation} apart in a group of ${n}`, () =>
      assert.ok(page.includes(fieldTable(compare(group[operation])))))
  }
})

test("the rows of a comparison add up to its sums", () => {
  for (const uploads of Object.values(groups.get(8) ?? {})) {
    const { rows, there, here } = compare(uploads)
    assert.equal(
      rows.reduce((sum, row) => sum + row.there.bytes, 0),
      there,
    )
    assert.equal(
      rows.reduce((sum, row) => sum + row.here.bytes, 0),
      here,
    )
  }
})

test("no reason is given for what does not differ", () => {
  const rows = Object.values(groups.get(32) ?? {}).flatMap((uploads) => compare(uploads).rows)
  const differing = new Set(rows.filter(({ why }) => why !== "").map(({ field }) => field))
  assert.deepEqual(Object.keys(REASONS).toSorted(), [...differing].toSorted())
})

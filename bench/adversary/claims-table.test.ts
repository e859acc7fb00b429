import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { everyCompetitor } from "../../protocols/registry.ts"
import type { Check } from "./claims.ts"
import { claimsTable } from "./claims-table.ts"

const check = (found: Partial<Check>): Check => ({
  protocol: "toy",
  groupSize: 5,
  claim: "healsAfterOwnUpdate",
  claimed: true,
  observed: true,
  finding: { opened: 0, derivable: 0 },
  passed: true,
  ...found,
})

const lastCell = (found: Partial<Check>) =>
  claimsTable([check(found)])
    .trim()
    .split(" | ")
    .at(-1)

test("a promise that held is a yes, one that is not made says how much was read, a failure says so", () => {
  const finding = { opened: 3, derivable: 3 }
  assert.equal(lastCell({}), "yes |")
  assert.equal(lastCell({ claimed: false, observed: false, finding }), "no: 3 read |")
  assert.equal(lastCell({ observed: false, finding, passed: false }), "**FAILED**: 3 opened, 3 derivable |")
  const flawed = { opened: 0, derivable: 0, flaw: "something" }
  assert.equal(lastCell({ passed: false, finding: flawed }), "**FAILED**: something |")
  const unequal = { passed: false, claimed: false, observed: false, finding: { opened: 3, derivable: 4 } }
  assert.equal(lastCell(unequal), "**FAILED**: 3 opened, 4 derivable |")
})

test("the documented table has a column for each competitor, and its promises", () => {
  const text = readFileSync(new URL("../../../docs/claims.md", import.meta.url), "utf8")
  const rows = text.split("\n").filter((line) => line.startsWith("|"))
  const cells = rows.map((line) =>
    line
      .split("|")
      .slice(2, -1)
      .map((cell) => cell.trim()),
  )
  const [head, , ...body] = cells as [string[], string[], ...string[][]]
  assert.deepEqual(
    head,
    everyCompetitor.map(({ name }) => `\`${name}\``),
  )
  for (const [column, { name, claims }] of everyCompetitor.entries()) {
    const documented = body.map((row) => row[column] === "yes")
    assert.deepEqual(documented, [...Object.values(claims), true, true], name)
  }
})

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { everyCompetitor } from "../../protocols/registry.ts"
import { CLAIM_ROWS, type ClaimRow, GROUPS } from "./claim-rows.ts"
import type { Check, CheckName } from "./claims.ts"
import { claimsTable } from "./claims-table.ts"

const check = (found: Partial<Check>): Check => ({
  protocol: "toy",
  groupSize: 5,
  claim: "healsAfterOwnUpdate",
  claimed: true,
  observed: true,
  finding: { kind: "read", opened: 0, derivable: 0 },
  passed: true,
  ...found,
})

const lastCell = (found: Partial<Check>) =>
  claimsTable([check(found)])
    .trim()
    .split(" | ")
    .at(-1)

test("a promise that held is a yes, one that is not made says how much was read, a failure says so", () => {
  const finding = { kind: "read", opened: 3, derivable: 3 } as const
  assert.equal(lastCell({}), "yes |")
  assert.equal(lastCell({ claimed: false, observed: false, finding }), "no: 3 read |")
  assert.equal(
    lastCell({ observed: false, finding, passed: false }),
    "**FAILED**: thief opened 3, derivable 3 |",
  )
  const flawed = { kind: "read", opened: 0, derivable: 0, flaw: "something" } as const
  assert.equal(lastCell({ passed: false, finding: flawed }), "**FAILED**: something |")
  const unequal = { ...finding, derivable: 4 }
  const cell = lastCell({ passed: false, claimed: false, observed: false, finding: unequal })
  assert.equal(cell, "**FAILED**: thief opened 3, derivable 4 |")
})

test("a promise about impersonation that is not made says what still works, and for whom where it fails", () => {
  const speaks = { deed: "speaks", members: 3, of: 4, way: "the copy as it was stolen" } as const
  const removes = { ...speaks, deed: "removes", members: 1 } as const
  const finding = { kind: "forged", accepted: [speaks, removes], disturbances: 0 } as const
  assert.equal(lastCell({ claimed: false, observed: false, finding }), "no: speaks, removes |")
  const failed = { observed: false, passed: false, finding: { ...finding, disturbances: 2 } }
  assert.equal(
    lastCell(failed),
    "**FAILED**: impersonator speaks (3 of 4), removes (1 of 4); 2 refused forgeries changed a state |",
  )
})

test("claims stand under the heading of their group, with a link to the scenario that is played", () => {
  const checks = [check({ claim: "healsAcrossARemoval" }), check({ claim: "forwardSecrecy" })]
  const lines = claimsTable(checks).split("\n")
  const headings = lines.filter((line) => line.startsWith("### "))
  assert.deepEqual(headings, ["### Forward secrecy", "### Operations that cross"])
  assert.match(lines.at(-2) ?? "", /^\| \[The compromised member renews .*crossing\.ts\) \| yes \|$/)
})

test("the file that a claim links to plays it", () => {
  for (const [claim, { scenario }] of Object.entries(CLAIM_ROWS)) {
    const path = new URL(`../../../bench/adversary/scenarios/${scenario}`, import.meta.url)
    assert.match(readFileSync(path, "utf8"), new RegExp(`\\b${claim}\\b`), claim)
  }
})

test("the documented tables have a column for each competitor, and its claims", () => {
  const text = readFileSync(new URL("../../../docs/claims.md", import.meta.url), "utf8")
  const names = everyCompetitor.map(({ name }) => name)
  for (const [group, rows] of documentedGroups(text)) {
    const [head, , ...body] = rows.map((line) => line.split("|").slice(1, -1))
    assert.deepEqual(
      head?.slice(1).map((cell) => cell.trim()),
      names.map((name) => `\`${name}\``),
      group,
    )
    const claims = claimsIn(group)
    assert.equal(body.length, claims.length, group)
    for (const [index, [text, ...cells]] of body.entries()) {
      const [claim, row] = claims[index] ?? assert.fail()
      assert.ok(text?.includes(row.text), claim)
      assert.deepEqual(
        cells.map((cell) => cell.trim() === "yes"),
        everyCompetitor.map(({ claims }) => Object(claims)[claim] ?? true), // what is no claim has to hold for all
        claim,
      )
    }
  }
})

const claimsIn = (group: string) =>
  (Object.entries(CLAIM_ROWS) as [CheckName, ClaimRow][]).filter(([, row]) => row.group === group)

/** The lines of each group's table. @throws AssertionError where a group is not documented */
function documentedGroups(text: string): (readonly [string, string[]])[] {
  return Object.keys(GROUPS).map((group) => {
    const [, section] = text.split(`### ${group}\n`)
    assert.ok(section !== undefined, group)
    const [own = ""] = section.split("\n#")
    return [group, own.split("\n").filter((line) => line.startsWith("|"))]
  })
}

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { everyCompetitor } from "../../protocols/registry.ts"
import type { Check } from "./claims.ts"
import { claimsTable } from "./claims-table.ts"

const check = (found: Partial<Check>): Check => ({
  protocol: "toy",
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
    assert.deepEqual(documented, [...Object.values(claims), true], name)
  }
})

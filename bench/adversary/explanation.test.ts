import assert from "node:assert/strict"
import { test } from "node:test"
import type { Check } from "./claims.ts"
import { explanation } from "./explanation.ts"

const explained = (claimed: boolean, finding: Check["finding"]) =>
  explanation({
    protocol: "toy",
    groupSize: 5,
    claim: "forwardSecrecy",
    claimed,
    observed: false,
    finding,
    passed: false,
  })

test("a disagreement says what each adversary read, and the first message that only one of them did", () => {
  assert.equal(
    explained(true, { kind: "read", opened: 0, derivable: 30, first: "message 3, by m002" }),
    "toy, forwardSecrecy in a group of 5: the derivations lead to 30 messages, `overhear` opened 0; " +
      "the first that only one of them read: message 3, by m002",
  )
  assert.match(
    explained(false, { kind: "read", opened: 2, derivable: 1 }),
    /lead to 1 message, `overhear` opened 2$/,
  )
})

test("a promise that was broken says what both read, one that was kept without being made says so", () => {
  assert.match(
    explained(true, { kind: "read", opened: 4, derivable: 4, first: "message 1, by m000" }),
    /both adversaries read 4 messages; the first: message 1, by m000$/,
  )
  assert.match(
    explained(false, { kind: "read", opened: 0, derivable: 0 }),
    /not claimed, and yet nothing was read$/,
  )
})

test("whatever else is wrong comes first", () => {
  const finding = {
    kind: "read",
    opened: 0,
    derivable: 0,
    flaw: "m003's state.x has 32 bytes that no operation made",
  } as const
  assert.match(explained(true, finding), /: m003's state\.x has 32 bytes that no operation made$/)
})

test("a broken promise about impersonation says what still works, one that was kept without being made says so", () => {
  const speaks = { deed: "speaks", members: 2, of: 4, way: "the copy as it was stolen" } as const
  assert.match(
    explained(true, { kind: "forged", accepted: [speaks], disturbances: 0 }),
    /: impersonator speaks \(2 of 4\)$/,
  )
  assert.match(
    explained(false, { kind: "forged", accepted: [], disturbances: 0 }),
    /not claimed, and yet the impersonator is out$/,
  )
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { inBrief, isNothing, isSound } from "./findings.ts"

const read = (opened: number, derivable: number, flaw?: string) =>
  ({ kind: "read", opened, derivable, flaw }) as const
const forged = (disturbances: number) => ({ kind: "forged", accepted: [], disturbances }) as const

test("a finding is sound where both adversaries read as much, and all is accounted for", () => {
  assert.ok(isSound(read(0, 0)) && isSound(read(3, 3)))
  assert.ok(!isSound(read(3, 0)) && !isSound(read(0, 3)) && !isSound(read(0, 0, "eight bytes")))
})

test("a forgery that is refused and changes a state is no sound finding", () => {
  assert.ok(isSound(forged(0)))
  assert.ok(!isSound(forged(1)))
})

test("nothing was found where nobody read anything, nothing is wrong, and nothing was accepted", () => {
  assert.ok(isNothing(read(0, 0)) && isNothing(forged(0)))
  assert.ok(!isNothing(read(1, 0)) && !isNothing(read(0, 1)) && !isNothing(read(0, 0, "eight bytes")))
  const speaks = { deed: "speaks", members: 1, of: 2, way: "the copy as it was stolen" } as const
  assert.ok(!isNothing({ kind: "forged", accepted: [speaks], disturbances: 0 }))
  assert.equal(inBrief({ kind: "forged", accepted: [speaks], disturbances: 0 }), "speaks")
})

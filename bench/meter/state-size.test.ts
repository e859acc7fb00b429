import assert from "node:assert/strict"
import { test } from "node:test"
import { stateBytes } from "./state-size.ts"

const CASES: readonly (readonly [what: string, state: unknown, bytes: number])[] = [
  ["nothing", undefined, 0],
  ["nothing, explicitly", null, 0],
  ["a byte string at its length", new Uint8Array(33), 33],
  ["a view at its own length, not its buffer's", new Uint8Array(100).subarray(10, 20), 10],
  ["a number at 8", 7, 8],
  ["a big number at 8", 7n, 8],
  ["a truth value at 1", false, 1],
  ["text in UTF-8", "né", 3],
  ["fields without their names", { key: new Uint8Array(32), index: 0, absent: undefined }, 40],
  ["a map with its keys", new Map([["bob", new Uint8Array(32)]]), 35],
  ["a set", new Set(["bob", "al"]), 5],
  ["a list of records", [{ a: 1 }, { a: 2 }], 16],
]
for (const [what, state, bytes] of CASES) {
  test(`${what}: ${bytes} bytes`, () => assert.equal(stateBytes(state), bytes))
}

test("a copy has the size of the original", () => {
  const state = { chains: new Map([[3, { key: new Uint8Array(32), skipped: new Set([1, 2]) }]]), name: "x" }
  assert.equal(stateBytes(structuredClone(state)), stateBytes(state))
})

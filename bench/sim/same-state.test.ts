import assert from "node:assert/strict"
import { test } from "node:test"
import { sameState } from "./same-state.ts"

const state = () => ({
  counter: 1,
  absent: undefined as number | undefined,
  list: [{ index: 1 }],
  chains: new Map([["bob", { key: Uint8Array.of(1, 2), skipped: new Set([3]) }]]),
})
type State = ReturnType<typeof state>

test("a state says the same as another that was made alike", () => {
  assert.ok(sameState(state(), state()))
  assert.ok(sameState(state(), structuredClone(state())))
})

const CHANGES: readonly (readonly [what: string, change: (state: State) => unknown])[] = [
  ["number", (state) => state.counter++],
  ["field that was absent", (state) => (state.absent = 0)],
  ["item", (state) => state.list.push({ index: 2 })],
  ["field of an item", (state) => state.list.splice(0, 1, { index: 2 })],
  ["key of a map", (state) => state.chains.set("dave", { key: Uint8Array.of(), skipped: new Set() })],
  ["byte", (state) => state.chains.set("bob", { key: Uint8Array.of(1, 3), skipped: new Set([3]) })],
  ["item of a set", (state) => state.chains.get("bob")?.skipped.add(4)],
  ["set that is empty", (state) => state.chains.get("bob")?.skipped.clear()],
]
for (const [what, change] of CHANGES) {
  test(`another ${what} makes another state`, () => {
    const other = state()
    change(other)
    assert.ok(!sameState(state(), other) && !sameState(other, state()))
  })
}

import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { restingGroup } from "./fixture.ts"
import { fork } from "./fork.ts"
import type { GroupSnapshot } from "./group.ts"
import { newcomerOf, operationsOf, talk, wavesOf } from "./operations.ts"

const state = () => ({
  counter: 1,
  name: "alice",
  absent: undefined,
  list: [{ index: 1 }],
  chains: new Map([["bob", { key: Uint8Array.of(1), skipped: new Set([3]) }]]),
})

test("a fork is equal, and lives on by itself", () => {
  const original = state()
  const copy = fork(original)
  assert.deepEqual(copy, original)
  original.counter = 2
  original.list.push({ index: 2 })
  ;(original.list[0] as { index: number }).index = 9
  const chain = original.chains.get("bob")
  chain?.skipped.add(4)
  if (chain !== undefined) chain.key = Uint8Array.of(2)
  original.chains.set("dave", { key: Uint8Array.of(5), skipped: new Set() })
  assert.deepEqual(copy, state())
})

test("byte strings are shared, not copied", () => {
  const original = state()
  assert.equal(fork(original).chains.get("bob")?.key, original.chains.get("bob")?.key)
})

/** What sharing byte strings rests on; a fork of each moment is held against an image of it. */
for (const competitor of registry) {
  const { name, protocol } = competitor
  test(`${name} never writes into a byte string of its state: forks stay as they were taken`, async () => {
    const size = 4
    const group = await restingGroup(protocol(DEFAULT_SETTINGS), size)
    const taken: { readonly fork: GroupSnapshot; readonly image: GroupSnapshot }[] = []
    for (const operation of operationsOf(competitor).filter((other) => other !== "create")) {
      taken.push({ fork: group.snapshot(), image: structuredClone(group.snapshot()) })
      if (operation === "add") await group.register(newcomerOf(size))
      // `remove` comes after `add`, and takes the newcomer out again
      const groupSize = operation === "remove" ? size + 1 : size
      const payload = utf8("to all")
      for (const wave of wavesOf({ operation, groupSize, payload }, competitor)) await group.perform(wave)
      await talk(group, group.roster)
    }
    for (const { fork, image } of taken) assert.deepEqual(fork, image)
  })
}

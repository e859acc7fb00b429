import assert from "node:assert/strict"
import { test } from "node:test"
import { competitorNamed, DEFAULT_SETTINGS, registry } from "./registry.ts"

test("each competitor has a name of its own that finds it", () => {
  assert.equal(new Set(registry.map(({ name }) => name)).size, registry.length)
  for (const competitor of registry) assert.equal(competitorNamed(competitor.name), competitor)
})

test("an unknown name is answered with the known ones", () => {
  assert.throws(
    () => competitorNamed("senderkeys"),
    /^Error: unknown protocol "senderkeys"; known: sender-keys, periodic-sender-keys, pairwise/,
  )
})

for (const { name, channel, source, claims, healing, protocol } of registry) {
  test(`${name} says where it comes from, on what channel it runs, and how it heals`, () => {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.ok(channel.length > 0 && source.length > 0)
    assert.ok(healing.length > 0)
    assert.ok(Object.values(claims).every((claim) => typeof claim === "boolean"))
    assert.notEqual(
      protocol(DEFAULT_SETTINGS),
      protocol(DEFAULT_SETTINGS),
      "no state is shared between groups",
    )
  })
}

test("claims do not contradict one another: who heals sooner heals later too", () => {
  for (const { name, claims } of registry) {
    const implies = (a: keyof typeof claims, b: keyof typeof claims) =>
      assert.ok(!claims[a] || claims[b], `${name}: ${a} without ${b}`)
    implies("healsAfterOwnUpdate", "healsAfterEveryonesUpdate")
    implies("healsAfterEveryonesUpdate", "healsAfterChannelStepsThenUpdates")
    implies("healsAfterChannelSteps", "healsAfterChannelStepsThenUpdates")
    implies("healsAfterAllButOneUpdate", "healsAfterChannelStepsThenUpdates")
  }
})

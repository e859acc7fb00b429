import assert from "node:assert/strict"
import { test } from "node:test"
import {
  channelNamed,
  competitorNamed,
  competitorOver,
  DEFAULT_SETTINGS,
  everyCompetitor,
  registry,
} from "./registry.ts"

test("each competitor has a name of its own that finds it", () => {
  assert.equal(new Set(everyCompetitor.map(({ name }) => name)).size, everyCompetitor.length)
  for (const competitor of everyCompetitor) assert.equal(competitorNamed(competitor.name), competitor)
})

test("over another channel a protocol is another competitor, with that channel in its name", () => {
  for (const competitor of registry) {
    assert.equal(competitorOver(competitor, competitor.channel), competitor)
    assert.doesNotMatch(competitor.name, /\//)
  }
  const other = competitorOver(competitorNamed("pairwise"), "2sm")
  assert.deepEqual([other.name, other.channel], ["pairwise/2sm", "2sm"])
  assert.equal(competitorOver(other, "signal"), competitorNamed("pairwise"))
  assert.throws(() => competitorOver(other, "post"), /^Error: pairwise\/2sm does not run over "post"/)
  for (const { channel } of everyCompetitor) assert.equal(channelNamed(channel).name, channel)
})

test("an unknown name is answered with the known ones", () => {
  assert.throws(
    () => competitorNamed("senderkeys"),
    /^Error: unknown protocol "senderkeys"; known: sender-keys, sender-keys\/2sm, .*pairwise/,
  )
})

for (const { name, channel, source, claims, healing, protocol } of everyCompetitor) {
  test(`${name} says where it comes from, on what channel it runs, and how it heals`, () => {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+)?$/)
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
  for (const { name, claims } of everyCompetitor) {
    const implies = (a: keyof typeof claims, b: keyof typeof claims) =>
      assert.ok(!claims[a] || claims[b], `${name}: ${a} without ${b}`)
    implies("healsAfterOwnUpdate", "healsAfterEveryonesUpdate")
    implies("healsAfterEveryonesUpdate", "healsAfterChannelStepsThenUpdates")
    implies("healsAfterChannelSteps", "healsAfterChannelStepsThenUpdates")
    implies("healsAfterAllButOneUpdate", "healsAfterChannelStepsThenUpdates")
  }
})

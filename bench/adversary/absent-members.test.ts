/** Whoever is silent or offline in a scenario is so, while the others do what heals. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { deedsIn } from "./deeds-fixture.ts"
import { ABSENT_MEMBERS } from "./scenarios/absent-members.ts"

/** Of the last member, until the others have renewed and after that. */
async function lastMember(scenario: keyof typeof ABSENT_MEMBERS) {
  const deeds = await deedsIn(ABSENT_MEMBERS[scenario])
  const healed = deeds.lastIndexOf("m002 update") + 1
  const own = (part: readonly string[]) =>
    new Set(part.flatMap((deed) => (deed.startsWith("m003 ") ? deed.slice("m003 ".length) : [])))
  return { meanwhile: own(deeds.slice(0, healed)), afterwards: own(deeds.slice(healed)) }
}

test("a silent peer takes in what the others send, and does nothing else at any time", async () => {
  const { meanwhile, afterwards } = await lastMember("healsDespiteASilentPeer")
  assert.deepEqual([...meanwhile], ["process"])
  assert.deepEqual([...afterwards], ["process"])
})

test("a member that is offline takes in nothing while the others heal, all of it afterwards, and then speaks", async () => {
  const { meanwhile, afterwards } = await lastMember("healsWhileSomeAreOffline")
  assert.deepEqual([...meanwhile], [])
  assert.deepEqual([...afterwards], ["process", "send"])
})

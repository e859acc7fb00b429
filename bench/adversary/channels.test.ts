/** How many messages a Double Ratchet channel needs to heal; pairwise fan-out is nothing but such channels. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { protocolNamed, says } from "../sim/fixture.ts"
import { channelSteps, ratchet, robbed } from "./healing-fixture.ts"

const protocol = protocolNamed("pairwise")

describe("pairwise, where the victim spoke last on its channels:", () => {
  const scene = () => ({ ...robbed(protocol, 3, "m002"), peers: ["m000", "m001"] })

  test("the peers' answers are readable, the victim's next message and all after it are not", () => {
    const { group, compromise, peers } = scene()
    assert.deepEqual(compromise.readableSenders(), group.roster)
    assert.deepEqual(compromise.perform(ratchet(peers, ["m002"])), { opened: 2, readable: peers })
    assert.deepEqual(compromise.perform(ratchet(["m002"], peers)), { opened: 0, readable: [] })
    assert.deepEqual(compromise.perform(ratchet(peers, ["m002"])), { opened: 0, readable: [] })
  })

  test("two messages in the wrong order are not enough", () => {
    const { group, compromise, peers } = scene()
    compromise.perform(ratchet(["m002"], peers))
    assert.deepEqual(compromise.perform(ratchet(peers, ["m002"])).readable, peers)
    assert.equal(group.roster.length, 3)
  })
})

describe("pairwise, where the peers spoke last:", () => {
  const scene = () => ({ ...robbed(protocol, 3, "m000"), peers: ["m001", "m002"] })

  test("two messages are not enough", () => {
    const { group, compromise, peers } = scene()
    compromise.perform(ratchet(peers, ["m000"]))
    assert.deepEqual(compromise.perform(ratchet(["m000"], peers)).readable, group.roster)
  })

  test("three are: the victim's and the answers are readable, its second message is not", () => {
    const { group, compromise, peers } = scene()
    const [first, answers, second] = channelSteps("m000", peers).map((wave) => compromise.perform(wave))
    assert.deepEqual(first, { opened: 2, readable: group.roster })
    assert.deepEqual(answers, { opened: 2, readable: peers })
    assert.deepEqual(second, { opened: 0, readable: [] })
  })

  test("one side alone never heals a channel, however much it says", () => {
    for (const speakers of [["m000"], ["m001", "m002"]]) {
      const { group, compromise } = scene()
      for (let times = 0; times < 10; times++) {
        const peers = speakers.includes("m000") ? ["m001", "m002"] : ["m000"]
        compromise.perform(ratchet(speakers, peers))
      }
      assert.ok(compromise.readableSenders().includes(speakers[0] as string))
      assert.ok(group.roster.length === 3)
    }
  })
})

test("one silent peer keeps its own messages and all of the victim's readable", () => {
  for (const victim of ["m000", "m003"]) {
    const { group, compromise } = robbed(protocol, 4, victim)
    const silent = "m002"
    const others = group.roster.filter((member) => member !== victim)
    const talking = others.filter((member) => member !== silent)
    for (let times = 0; times < 3; times++) {
      compromise.perform(ratchet([victim], others))
      compromise.perform(ratchet(talking, [victim]))
    }
    assert.deepEqual(compromise.readableSenders(), [victim, silent].sort())
  }
})

test("ordinary talk heals for nothing: when everybody has spoken twice in turn nobody can be read", () => {
  for (const victim of ["m000", "m001", "m003"]) {
    const { group, compromise } = robbed(protocol, 4, victim)
    const speak = () => {
      for (const member of group.roster) {
        const plaintext = new TextEncoder().encode(member)
        compromise.perform({ actions: [[member, { kind: "send", plaintext }]] })
      }
    }
    speak()
    speak()
    assert.deepEqual(compromise.readableSenders(), [])
  }
})

test("channels that were not the victim's were never lost", () => {
  const { group, compromise } = robbed(protocol, 4, "m000")
  const report = compromise.perform(ratchet(["m001", "m002", "m003"], ["m001", "m002", "m003"]))
  assert.equal(report.opened, 0)
  says(group, "m001")
})

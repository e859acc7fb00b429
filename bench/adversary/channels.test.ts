/** How many messages a Double Ratchet channel needs to heal; pairwise fan-out is nothing but such channels. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { protocolNamed, says } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { channelSteps, ratchet, robbed } from "./healing-fixture.ts"

const protocol = protocolNamed("pairwise")

describe("pairwise, where the victim spoke last on its channels:", () => {
  const scene = async () => ({ ...(await robbed(protocol, 3, "m002")), peers: ["m000", "m001"] })

  test("the peers' answers are readable, the victim's next message and all after it are not", async () => {
    const { group, compromise, peers } = await scene()
    assert.deepEqual(await compromise.readableSenders(), group.roster)
    assert.deepEqual(await compromise.perform(ratchet(peers, ["m002"])), { opened: 2, readable: peers })
    assert.deepEqual(await compromise.perform(ratchet(["m002"], peers)), { opened: 0, readable: [] })
    assert.deepEqual(await compromise.perform(ratchet(peers, ["m002"])), { opened: 0, readable: [] })
  })

  test("two messages in the wrong order are not enough", async () => {
    const { group, compromise, peers } = await scene()
    await compromise.perform(ratchet(["m002"], peers))
    assert.deepEqual((await compromise.perform(ratchet(peers, ["m002"]))).readable, peers)
    assert.equal(group.roster.length, 3)
  })
})

describe("pairwise, where the peers spoke last:", () => {
  const scene = async () => ({ ...(await robbed(protocol, 3, "m000")), peers: ["m001", "m002"] })

  test("two messages are not enough", async () => {
    const { group, compromise, peers } = await scene()
    await compromise.perform(ratchet(peers, ["m000"]))
    assert.deepEqual((await compromise.perform(ratchet(["m000"], peers))).readable, group.roster)
  })

  test("three are: the victim's and the answers are readable, its second message is not", async () => {
    const { group, compromise, peers } = await scene()
    const [first, answers, second] = await inTurn(channelSteps("m000", peers), (wave) =>
      compromise.perform(wave),
    )
    assert.deepEqual(first, { opened: 2, readable: group.roster })
    assert.deepEqual(answers, { opened: 2, readable: peers })
    assert.deepEqual(second, { opened: 0, readable: [] })
  })

  test("one side alone never heals a channel, however much it says", async () => {
    for (const speakers of [["m000"], ["m001", "m002"]]) {
      const { group, compromise } = await scene()
      for (let times = 0; times < 10; times++) {
        const peers = speakers.includes("m000") ? ["m001", "m002"] : ["m000"]
        await compromise.perform(ratchet(speakers, peers))
      }
      assert.ok((await compromise.readableSenders()).includes(speakers[0] as string))
      assert.ok(group.roster.length === 3)
    }
  })
})

test("one silent peer keeps its own messages and all of the victim's readable", async () => {
  for (const victim of ["m000", "m003"]) {
    const { group, compromise } = await robbed(protocol, 4, victim)
    const silent = "m002"
    const others = group.roster.filter((member) => member !== victim)
    const talking = others.filter((member) => member !== silent)
    for (let times = 0; times < 3; times++) {
      await compromise.perform(ratchet([victim], others))
      await compromise.perform(ratchet(talking, [victim]))
    }
    assert.deepEqual(await compromise.readableSenders(), [victim, silent].sort())
  }
})

test("ordinary talk heals for nothing: when everybody has spoken twice in turn nobody can be read", async () => {
  for (const victim of ["m000", "m001", "m003"]) {
    const { group, compromise } = await robbed(protocol, 4, victim)
    const speak = async () => {
      for (const member of group.roster) {
        const plaintext = new TextEncoder().encode(member)
        await compromise.perform({ actions: [[member, { kind: "send", plaintext }]] })
      }
    }
    await speak()
    await speak()
    assert.deepEqual(await compromise.readableSenders(), [])
  }
})

test("channels that were not the victim's were never lost", async () => {
  const { group, compromise } = await robbed(protocol, 4, "m000")
  const report = await compromise.perform(ratchet(["m001", "m002", "m003"], ["m001", "m002", "m003"]))
  assert.equal(report.opened, 0)
  await says(group, "m001")
})

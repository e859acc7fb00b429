/** Which ways of renewing sender keys heal, and which plausible shortcuts do not. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { listen, protocolNamed } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { talk } from "../sim/operations.ts"
import { channelSteps, ratchet, renew, robbed } from "./healing-fixture.ts"

const N = 5

for (const name of ["sender-keys", "periodic-sender-keys"]) {
  const protocol = protocolNamed(name)

  for (const victim of ["m000", "m002", "m004"]) {
    describe(`${name}, ${victim} was robbed:`, () => {
      const scene = async () => {
        const { group, compromise } = await robbed(protocol, N, victim)
        const peers = group.roster.filter((member) => member !== victim)
        return { group, compromise, peers }
      }

      test("(a) it alone renews: everybody stays readable", async () => {
        const { group, compromise } = await scene()
        assert.deepEqual((await compromise.perform(renew([victim]))).readable, group.roster)
        assert.deepEqual((await compromise.perform(renew([victim]))).readable, group.roster)
      })

      test("(a) it alone renews over healed channels: its own words are safe, nobody else's", async () => {
        const { compromise, peers } = await scene()
        for (const wave of channelSteps(victim, peers)) await compromise.perform(wave)
        assert.deepEqual((await compromise.perform(renew([victim]))).readable, peers)
      })

      test("(b) channel steps, then all but one renew: that one stays readable, whoever it is", async () => {
        for (const late of ["m000", "m002", "m004"]) {
          const { group, compromise, peers } = await scene()
          for (const wave of channelSteps(victim, peers)) await compromise.perform(wave)
          const renewing = group.roster.filter((member) => member !== late)
          assert.deepEqual((await compromise.perform(renew(renewing))).readable, [late])
          assert.deepEqual((await compromise.perform(renew([late]))).readable, [])
        }
      })

      test("(c) all renew at once without channel steps: every sender stays readable", async () => {
        const { compromise, peers } = await scene()
        // The peers' copies to the victim open, so theirs are lost; its own goes out under stolen sending chains
        const { readable } = await compromise.perform(renew([victim, ...peers]))
        assert.deepEqual(readable.length, N)
      })

      test("(d) channel steps, then all renew: nobody can be read, and the renewal itself was not", async () => {
        const { group, compromise, peers } = await scene()
        for (const wave of channelSteps(victim, peers)) await compromise.perform(wave)
        assert.deepEqual(await compromise.perform(renew(group.roster)), { opened: 0, readable: [] })
        await talk(group, group.roster)
      })

      test("the channel steps alone heal no sender", async () => {
        const { group, compromise, peers } = await scene()
        const reports = await inTurn(channelSteps(victim, peers), (wave) => compromise.perform(wave))
        assert.deepEqual(reports.at(-1)?.readable, group.roster)
      })

      test("one channel that was left out keeps its two ends readable after all renewed", async () => {
        const { group, compromise, peers } = await scene()
        const left = peers.at(-1) as string
        for (const wave of channelSteps(victim, peers.slice(0, -1))) await compromise.perform(wave)
        const { readable } = await compromise.perform(renew(group.roster))
        assert.deepEqual(readable, [victim, left].sort())
      })

      test("channel steps of the peers among themselves are of no use", async () => {
        const { group, compromise, peers } = await scene()
        for (let step = 0; step < 3; step++) await compromise.perform(ratchet(peers, peers))
        assert.deepEqual((await compromise.perform(renew(group.roster))).readable, group.roster)
      })

      test("the victim is removed and the rest start over, (n−1)(n−2) messages: the rest is healed", async () => {
        const { group, compromise, peers } = await scene()
        const wire = listen(group)
        const actor = peers[0] as string
        await compromise.perform({ actions: [[actor, { kind: "remove", member: victim }]] })
        assert.deepEqual(await compromise.readableSenders(), [])
        await compromise.perform({ actions: peers.map((member) => [member, { kind: "prepare" }]) })
        assert.equal(wire.length, (N - 1) * (N - 2))
        assert.deepEqual(await compromise.readableSenders(), [])
        await talk(group, group.roster)
      })

      test("another is removed and the rest start over: over leaked channels that heals nobody", async () => {
        const { group, compromise, peers } = await scene()
        await compromise.perform({ actions: [[victim, { kind: "remove", member: peers.at(-1) as string }]] })
        await compromise.perform({ actions: group.roster.map((member) => [member, { kind: "prepare" }]) })
        assert.deepEqual(await compromise.readableSenders(), group.roster)
      })
    })
  }
}

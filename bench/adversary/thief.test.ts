/** The thief is not weak: what a copy of the state allows, it reads. Otherwise its silence would mean nothing. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { contextIn, listen, NATIVE, restingGroup, says } from "../sim/fixture.ts"
import { Compromise } from "./heal.ts"
import { Thief } from "./thief.ts"

for (const { name, protocol: create } of registry) {
  const protocol = create(DEFAULT_SETTINGS)
  const steal = (state: unknown) => Thief.steal(protocol, NATIVE.createSuite, state)

  describe(name, () => {
    const resting = (size = 4) => restingGroup(protocol, size)

    test("right after the theft every member's next message can be read, whoever the victim is", () => {
      for (const victim of ["m000", "m001", "m003"]) {
        const group = resting()
        const compromise = new Compromise(group, victim, NATIVE.createSuite)
        assert.deepEqual(compromise.readableSenders(), group.roster)
      }
    })

    test("and goes on being read while nobody renews anything and one side alone speaks", () => {
      const group = resting()
      const thief = steal(group.member("m003").state)
      const wire = listen(group)
      for (let times = 0; times < 5; times++) says(group, "m000")
      assert.equal(thief.hearsAll(wire), 5)
    })

    test("the victim's own words are read, though no recipient's key was stolen", () => {
      const group = resting()
      const thief = steal(group.member("m000").state)
      const wire = listen(group)
      for (let times = 0; times < 3; times++) says(group, "m000")
      assert.equal(thief.hearsAll(wire), wire.length)
    })

    test("messages are read in any order", () => {
      const group = resting()
      const thief = steal(group.member("m000").state)
      const wire = listen(group)
      for (let times = 0; times < 4; times++) says(group, "m001")
      const mine = wire.filter((packet) => packet.kind !== "two-party" || packet.to === "m000")
      assert.equal(thief.hearsAll(mine.toReversed()), 4)
    })

    test("messages on their way to the victim when it was robbed are read", () => {
      const group = resting()
      const stolen = group.snapshot().members[0]?.state // before it hears what follows
      const wire = listen(group)
      says(group, "m001")
      says(group, "m002")
      assert.equal(steal(stolen).hearsAll(wire), 2)
    })

    test("of messages that came out of order, those still awaited are read and those that arrived are not", () => {
      const group = resting()
      const [victim] = group.snapshot().members
      const wire = listen(group)
      for (let times = 0; times < 3; times++) says(group, "m001")
      const [first, second, third] = wire.filter(
        (packet) => packet.kind !== "two-party" || packet.to === "m000",
      )
      assert.ok(victim && first && second && third)
      protocol.process(victim.state, contextIn(group, "m000"), second)
      const thief = steal(victim.state)
      assert.deepEqual(
        [first, second, third].map((packet) => thief.hears(packet)),
        [true, false, true],
      )
    })

    test("what went over the wire before the theft stays closed", () => {
      const group = restingGroup(protocol, 4)
      const wire = listen(group)
      for (const member of group.roster) says(group, member)
      assert.equal(steal(group.member("m000").state).hearsAll(wire), 0)
    })

    test("keys of its own do not help a stranger", () => {
      const group = resting()
      group.register("stranger")
      const thief = steal(group.member("stranger").state)
      const wire = listen(group)
      for (const member of group.roster) group.act(member, { kind: "update" })
      for (const member of group.roster) says(group, member)
      assert.equal(thief.hearsAll(wire), 0)
    })

    test("it works on a copy: the victim goes on undisturbed, and a twin's learning is its own", () => {
      const group = resting()
      const state = structuredClone(group.member("m000").state)
      const thief = steal(group.member("m000").state)
      const wire = listen(group)
      says(group, "m001")
      group.act("m001", { kind: "update" })
      const twin = thief.twin()
      const before = group.snapshot()
      assert.ok(twin.hearsAll(wire) > 0)
      assert.deepEqual(group.snapshot(), before)
      assert.equal(thief.hearsAll(wire), thief.twin().hearsAll([]) + steal(state).hearsAll(wire))
    })

    test("following the peers does not cost it the victim's old sending keys", () => {
      const group = resting()
      const thief = steal(group.member("m003").state)
      const wire = listen(group)
      const everybody = group.roster.map((member) => [member, { kind: "update" }] as const)
      group.perform({ actions: everybody }) // all at once; the victim's packets are heard last
      const opened = wire.filter((packet) => thief.hears(packet)).map(({ from }) => from)
      assert.deepEqual(opened, ["m000", "m001", "m002", "m003", "m003", "m003"])
    })

    test("what it learns it uses: a renewal that it overheard opens the messages that follow", () => {
      const group = resting()
      const thief = steal(group.member("m000").state)
      const wire = listen(group)
      group.act("m001", { kind: "update" })
      assert.equal(thief.hearsAll(wire.splice(0)), 1) // the packet to the victim
      says(group, "m001")
      assert.equal(thief.hearsAll(wire), 1)
    })
  })
}

/** MLS under theft, and where several members commit at once. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { Outgoing, Packet } from "../../protocols/group.ts"
import type { MlsState } from "../../protocols/mls/state.ts"
import { stateBytes } from "../meter/state-size.ts"
import { contextIn, listen, NATIVE, protocolNamed, restingGroup, says } from "../sim/fixture.ts"
import type { Group } from "../sim/group.ts"
import { inTurn } from "../sim/in-turn.ts"
import { talk } from "../sim/operations.ts"
import { DerivationLog } from "./derivability.ts"
import { renew, robbed } from "./healing-fixture.ts"
import { PooledThief } from "./pooled-thief.ts"
import { Thief } from "./thief.ts"

const protocol = protocolNamed("mls")
const alone = (member: string) => renew([member])

/** Who sent the commits, and how many got each. */
function listenToCommits(group: Group): [string, number][] {
  const heard: [string, number][] = []
  group.observe({
    onUpload: ({ kind, from }, recipients) => kind === "broadcast" && heard.push([from, recipients]),
  })
  return heard
}

describe("two who commit at once:", () => {
  test("one is taken, the other does it again after it, and nobody hears of the first attempt", async () => {
    const group = await restingGroup(protocol, 4)
    const heard = listenToCommits(group)
    await group.perform(renew(["m001", "m002"]))
    assert.deepEqual(heard, [
      ["m001", 3],
      ["m002", 0],
      ["m002", 3],
    ])
    await talk(group, group.roster)
  })

  test("what another has done already is not done again", async () => {
    const group = await restingGroup(protocol, 4)
    await group.register("m004")
    const heard = listenToCommits(group)
    await group.perform({
      actions: [
        ["m000", { kind: "remove", member: "m003" }],
        ["m001", { kind: "remove", member: "m003" }],
        ["m002", { kind: "add", newcomer: "m004" }],
      ],
    })
    assert.deepEqual(heard, [
      ["m000", 3],
      ["m001", 0],
      ["m002", 0],
      ["m002", 2],
    ])
    assert.deepEqual(group.roster, ["m000", "m001", "m002", "m004"])
    await talk(group, group.roster)
  })

  test("what a member means while its own commit is under way comes after it", async () => {
    const group = await restingGroup(protocol, 3)
    const heard = listenToCommits(group)
    await group.perform({
      actions: [
        ["m000", { kind: "update" }],
        ["m000", { kind: "remove", member: "m002" }],
      ],
    })
    assert.deepEqual(heard, [
      ["m000", 2],
      ["m000", 2],
    ])
    assert.deepEqual(group.roster, ["m000", "m001"])
    await talk(group, group.roster)
  })

  test("a commit that was not taken heals nothing; the second attempt does", async () => {
    const { group, compromise } = await robbed(protocol, 4, "m002")
    const wire = listen(group)
    await group.perform(renew(["m000", "m002"]))
    const [winner, loser, again] = wire as [Packet, Packet, Packet]
    const { thief } = compromise
    assert.deepEqual([winner.from, loser.from, again.from], ["m000", "m002", "m002"])
    assert.ok(await thief.hears(winner), "it follows the one of another")
    assert.ok(!(await thief.hears(again)))
    assert.deepEqual(await compromise.readableSenders(), [])
  })
})

describe("a thief of a member", () => {
  test("follows whatever others commit, and is lost by the victim's own", async () => {
    for (const victim of ["m000", "m003"]) {
      const { group, compromise } = await robbed(protocol, 4, victim)
      for (const other of group.roster.filter((member) => member !== victim)) {
        const { opened, readable } = await compromise.perform(alone(other))
        assert.deepEqual([opened, readable], [1, group.roster])
      }
      assert.deepEqual(await compromise.perform(alone(victim)), { opened: 0, readable: [] })
      assert.deepEqual(await compromise.perform(alone("m001")), { opened: 0, readable: [] })
    }
  })

  test("follows additions whoever makes them, the victim's too: they renew nobody's keys", async () => {
    const { group, compromise } = await robbed(protocol, 3, "m000")
    await group.register("m003")
    const added = await compromise.perform({ actions: [["m000", { kind: "add", newcomer: "m003" }]] })
    assert.deepEqual(added, { opened: 1, readable: ["m000", "m001", "m002", "m003"] })
  })

  test("who robbed it while its own commit was under way has the epoch after it too", async () => {
    const group = await restingGroup(protocol, 3)
    const { state } = group.member("m000")
    const { packets = [] } = await protocol.update(state, contextIn(group, "m000"))
    const [commit] = packets as [Outgoing]
    const thief = Thief.steal(protocol, createNativeSuite, state)
    assert.ok(await thief.hears({ ...commit, from: "m000" }))
  })

  test("of a removed one that is added again needs the key package that was stolen", async () => {
    const { group, compromise } = await robbed(protocol, 3, "m002")
    await compromise.overhear({ actions: [["m000", { kind: "remove", member: "m002" }]] })
    assert.deepEqual(await compromise.readableSenders(), [])
    await compromise.overhear({ actions: [["m000", { kind: "add", newcomer: "m002" }]] })
    assert.deepEqual(await compromise.readableSenders(), group.roster, "that of before the theft was used")
    await compromise.overhear({ actions: [["m000", { kind: "remove", member: "m002" }]] })
    await compromise.overhear({ actions: [["m000", { kind: "add", newcomer: "m002" }]] })
    assert.deepEqual(await compromise.readableSenders(), [], "the next one was made after it")
  })
})

test("a listener that commits once before it is copied closes what both copies would have opened together", async () => {
  const commits: readonly (readonly string[])[] = [[], ["m003"]]
  const opened = await inTurn(commits, async (committers) => {
    const group = await restingGroup(protocol, 4)
    const [wire, first] = [listen(group), structuredClone(group.member("m000").state)]
    await group.act("m000", { kind: "update" })
    const healing = wire.splice(0)
    await talk(group, ["m000", "m001", "m002"])
    const messages = wire.splice(0)
    for (const member of committers) await group.act(member, { kind: "update" })
    const copies = [first, group.member("m003").state]
    const attacker = await PooledThief.steal(protocol, createNativeSuite, copies)
    await attacker.hearsAll(healing)
    return attacker.hearsAll(messages)
  })
  assert.deepEqual(opened, [3, 0])
})

test("a member keeps the keys of one past epoch, however many there were", async () => {
  const group = await restingGroup(protocol, 3)
  const sizes: number[] = []
  for (const _epoch of [1, 2, 3, 4]) {
    for (const member of group.roster) await group.act(member, { kind: "update" })
    sizes.push(stateBytes(group.member("m001").state))
  }
  assert.equal(new Set(sizes.slice(1)).size, 1, `${sizes}`)
})

test("as long as a message is under way, later ones of its sender in that epoch can be read with what waits for it", async () => {
  const log = new DerivationLog((plaintext) => Buffer.from(plaintext).includes("number"))
  const createSuite = (random: Parameters<typeof createNativeSuite>[0]) =>
    log.observe(createNativeSuite(random))
  const group = await restingGroup(protocol, 3, { ...NATIVE, createSuite })
  const state = structuredClone(group.member("m001").state)
  const wire = listen(group)
  for (const number of [0, 1, 2, 3]) await says(group, "m000", `number ${number}`)
  const hears = (number: number) => protocol.process(state, contextIn(group, "m001"), wire[number] as Packet)
  for (const number of [0, 2]) await hears(number)
  const opened = async () => Thief.steal(protocol, createNativeSuite, state).hearsAll(wire)
  assert.deepEqual([await opened(), log.readable(state, 0, log.encryptions)], [3, 3], "1, 3, and 2 again")
  await hears(1)
  assert.deepEqual([await opened(), log.readable(state, 0, log.encryptions)], [1, 1], "3 is yet to come")
})

test("nobody can join a tree in which a node below a renewed root has a newer leaf: a limit of ts-mls 1.6.4", async () => {
  const group = await restingGroup(protocol, 8)
  for (const member of ["m000", "m002", "m004", "m006"]) await group.act(member, { kind: "update" })
  await group.act("m004", { kind: "remove", member: "m005" }) // leaves the node over 4 to 7 filled
  await group.act("m000", { kind: "add", newcomer: "m005" })
  await group.act("m000", { kind: "update" })
  await group.register("m008")
  await assert.rejects(group.act("m000", { kind: "add", newcomer: "m008" }), /invalid-message/)
})

test("one who was removed has no secret of the group left", async () => {
  const group = await restingGroup(protocol, 3)
  const { state } = group.member("m002")
  const before = stateBytes(state)
  await group.act("m000", { kind: "remove", member: "m002" })
  const { me, signing, keyPackages, firstEpoch } = state as MlsState
  assert.deepEqual(state, { me, signing, keyPackages, firstEpoch, group: undefined })
  assert.ok(stateBytes(state) < before)
})

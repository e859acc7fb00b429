/** MLS: what others take that was made with a copy of a member's state, epoch by epoch. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { type ErrorCode, hasCode } from "../../protocols/errors.ts"
import type { Effects, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { contextIn, protocolNamed, restingGroup } from "../sim/fixture.ts"
import type { Group } from "../sim/group.ts"
import type { Action } from "../sim/step.ts"

const protocol = protocolNamed("mls")
const [VICTIM, BOB, CAROL] = ["m000", "m001", "m002"] as const
const UPDATE: Action = { kind: "update" }

/** What a copy of the victim's state sends in its name; each time from the state as it was stolen. */
function steal(group: Group) {
  const state = structuredClone(group.member(VICTIM).state)
  const from = async (make: (copy: unknown) => unknown): Promise<Packet> => {
    const { packets = [] } = (await make(structuredClone(state))) as Effects
    return { ...(packets[0] ?? assert.fail("nothing was made")), from: VICTIM }
  }
  const context = contextIn(group, VICTIM)
  return {
    words: () => from((copy) => protocol.send(copy, context, utf8("forged"))),
    commit: () => from((copy) => protocol.remove(copy, context, CAROL)),
  }
}

/** By a copy of the member, so that nothing is used up. */
const taken = async (group: Group, member: MemberId, packet: Packet) => {
  const copy = structuredClone(group.member(member).state)
  return protocol.process(copy, contextIn(group, member), packet)
}
const isTaken = async (group: Group, packet: Packet) =>
  (await taken(group, BOB, packet)).message?.from === VICTIM
const refuses = (group: Group, packet: Packet, code: ErrorCode) =>
  assert.rejects(taken(group, BOB, packet), (error) => hasCode(error, code))

describe("of the epoch of the theft,", () => {
  test("words and commits are taken while it lasts", async () => {
    const group = await restingGroup(protocol, 3)
    const copy = steal(group)
    assert.ok(await isTaken(group, await copy.words()))
    const { secrets = [] } = await taken(group, BOB, await copy.commit())
    assert.equal(secrets.length, 1, "an epoch that begins")
  })

  test("words are taken one epoch longer, commits are not, though the server were to pass them on", async () => {
    for (const committer of [VICTIM, BOB]) {
      const group = await restingGroup(protocol, 3)
      const copy = steal(group)
      await group.act(committer, UPDATE)
      assert.ok(await isTaken(group, await copy.words()))
      await refuses(group, await copy.commit(), "duplicate")
    }
  })

  test("words are refused after the next commit, whoever makes it", async () => {
    for (const next of [VICTIM, BOB, CAROL]) {
      const group = await restingGroup(protocol, 3)
      const copy = steal(group)
      await group.act(VICTIM, UPDATE)
      await group.act(next, UPDATE)
      await refuses(group, await copy.words(), "duplicate")
    }
  })

  test("words under a number that the victim has used are refused at once", async () => {
    const group = await restingGroup(protocol, 3)
    const copy = steal(group)
    await group.act(VICTIM, { kind: "send", plaintext: utf8("genuine") })
    await group.act(VICTIM, UPDATE)
    await refuses(group, await copy.words(), "duplicate")
  })

  test("words of a removed victim are taken too, until the next commit", async () => {
    const group = await restingGroup(protocol, 3)
    const copy = steal(group)
    await group.act(CAROL, { kind: "remove", member: VICTIM })
    assert.ok(await isTaken(group, await copy.words()))
    await refuses(group, await copy.commit(), "duplicate")
    await group.act(BOB, UPDATE)
    await refuses(group, await copy.words(), "duplicate")
  })
})

test("who commits first has the leaf: after a commit in its name the victim follows the group no more", async () => {
  const group = await restingGroup(protocol, 3)
  const commit = await steal(group).commit()
  const { state } = group.member(BOB)
  await protocol.process(state, contextIn(group, BOB), commit)
  const { packets = [] } = await protocol.send(state, contextIn(group, BOB), utf8("genuine"))
  const [words] = packets.map((packet): Packet => ({ ...packet, from: BOB }))
  const victim = structuredClone(group.member(VICTIM).state)
  const hears = async (packet: Packet) => protocol.process(victim, contextIn(group, VICTIM), packet)
  await assert.rejects(hears(commit), (error) => hasCode(error, "invalid-message"))
  await assert.rejects(hears(words as Packet), (error) => hasCode(error, "early"))
})

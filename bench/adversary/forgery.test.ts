/** One attempt of an impersonator: who takes what, by which rules of the server, and what a refusal leaves behind. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { NATIVE, protocolNamed, restingGroup } from "../sim/fixture.ts"
import type { Group } from "../sim/group.ts"
import type { Action } from "../sim/step.ts"
import { Forgery } from "./forgery.ts"

const [VICTIM, OTHER, THIRD, NEWCOMER] = ["m000", "m001", "m002", "m003"] as const
const SPEAK: Action = { kind: "send", plaintext: utf8("forged") }

const forgeryIn = (group: Group, protocol = group.protocol): Forgery => {
  const { state } = group.member(VICTIM)
  const impersonator = { id: VICTIM, state, random: seedRandom(0, "impersonator") }
  return new Forgery(protocol, NATIVE.createSuite, group.snapshot(), impersonator)
}

test("its words are heard under the victim's name, and nothing of the group that was copied has changed", async () => {
  const group = await restingGroup(protocolNamed("sender-keys"), 3)
  const before = group.snapshot()
  const forgery = forgeryIn(group)
  assert.ok(await forgery.forge(SPEAK))
  assert.deepEqual(
    forgery.heard,
    [OTHER, THIRD].map((reader) => ({ reader, from: VICTIM, words: "forged" })),
  )
  assert.deepEqual(group.snapshot(), before)
})

test("a copy of an attempt goes on by itself", async () => {
  const group = await restingGroup(protocolNamed("sender-keys"), 3)
  const start = forgeryIn(group)
  const [one, other] = [start.copy(), start.copy()]
  assert.ok(!one.isBeyond(start))
  await one.forge(SPEAK)
  assert.ok(one.isBeyond(start) && !other.isBeyond(start))
  assert.deepEqual([start.heard, other.heard], [[], []])
})

test("the server carries out what a member's device asks, and nothing for one that is none", async () => {
  const group = await restingGroup(protocolNamed("pairwise"), 3)
  await group.register(NEWCOMER)
  const member = forgeryIn(group)
  assert.ok(await member.forge({ kind: "add", newcomer: NEWCOMER }))
  await member.act(OTHER, SPEAK)
  assert.ok(member.heard.some(({ reader }) => reader === NEWCOMER))

  const removed = new Forgery(group.protocol, NATIVE.createSuite, group.snapshot(), {
    ...group.member(VICTIM),
    state: structuredClone(group.member(VICTIM).state),
  })
  await removed.act(OTHER, { kind: "remove", member: VICTIM })
  assert.ok(!(await removed.forge({ kind: "add", newcomer: NEWCOMER })))
})

test("a step that its copy cannot make is no attempt", async () => {
  const group = await restingGroup(protocolNamed("dcgka"), 3)
  assert.ok(!(await forgeryIn(group).forge({ kind: "leave-channels", peers: [OTHER] })))
})

test("a member that refuses a forgery and has changed all the same is noticed; one that takes it is none", async () => {
  const honest = protocolNamed("pairwise")
  const group = await restingGroup(honest, 3)
  const refusing = (touch: (state: { touched?: number }) => void): GroupProtocol<unknown> => ({
    ...honest,
    process: (state) => {
      touch(state as { touched?: number })
      throw new ProtocolError("invalid-message")
    },
  })
  const disturbances = async (protocol: GroupProtocol<unknown>) => {
    const forgery = forgeryIn(group, protocol)
    await forgery.forge(SPEAK)
    return forgery.disturbances
  }
  assert.equal(await disturbances(refusing((state) => Object.assign(state, { touched: 1 }))), 2)
  assert.equal(await disturbances(refusing(() => {})), 0)
  assert.equal(await disturbances(honest), 0)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { PERIOD_SECONDS } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import { listen, NO_PAYLOAD, protocolNamed, restingGroup } from "./fixture.ts"
import { healingWave, membersOf, operationsOf, rolesOf, wavesOf } from "./operations.ts"

/** A wave as text: `m000 update, m001 update`. */
const waves = (operation: Operation, groupSize: number) =>
  wavesOf({ operation, groupSize, payload: NO_PAYLOAD }).map(({ actions }) =>
    actions.map(([member, { kind }]) => `${member} ${kind}`).join(", "),
  )

test("a group forms in two trips: to those named later, who answer", () => {
  const all = "m000 prepare, m001 prepare, m002 prepare"
  assert.deepEqual(waves("create", 3), ["m000 create", all, all])
  const [, opening] = wavesOf({ operation: "create", groupSize: 3, payload: NO_PAYLOAD })
  assert.deepEqual(
    opening?.actions.map(([, action]) => action.kind === "prepare" && action.readers),
    [["m001", "m002"], ["m002"], []],
  )
})

test("a victim leaves its sessions behind and renews in one wave, and then the others renew", () => {
  const healing = {
    healing: [],
    healingAfresh: ["victim-updates-over-fresh-sessions", "peers-update"],
  } as const
  const task = { operation: "heal-fresh", groupSize: 3, payload: NO_PAYLOAD } as const
  assert.deepEqual(
    wavesOf(task, healing).map(({ actions }) => actions.map(([member, { kind }]) => `${member} ${kind}`)),
    [
      ["m000 leave-channels", "m000 update"],
      ["m001 update", "m002 update"],
    ],
  )
  assert.equal(operationsOf(healing).includes("heal-fresh"), true)
  assert.equal(operationsOf({ healing: [] }).includes("heal-fresh"), false)
})

test("an add counts until the members can send again, and then the newcomer", () => {
  assert.deepEqual(waves("add", 2), ["m000 add", "m000 prepare, m001 prepare", "m002 prepare"])
})

test("a removal counts until every remaining member can send again", () => {
  assert.deepEqual(waves("remove", 3), ["m000 remove", "m000 prepare, m001 prepare"])
})

test("a message and an update are the initiator's alone", () => {
  assert.deepEqual(waves("message", 3), ["m000 send"])
  assert.deepEqual(waves("update", 3), ["m000 update"])
})

test("who acts in a round of a heal", () => {
  const members = membersOf(3)
  const victimSends = healingWave("victim-ratchets-channels", "m000", members)
  assert.deepEqual(victimSends.actions, [["m000", { kind: "ratchet-channels", peers: ["m001", "m002"] }]])
  const peersSend = healingWave("peers-ratchet-channels", "m000", members)
  assert.deepEqual(
    peersSend.actions,
    ["m001", "m002"].map((peer) => [peer, { kind: "ratchet-channels", peers: ["m000"] }]),
  )
  const updates = healingWave("everyone-updates", "m000", members)
  assert.deepEqual(
    updates.actions.map(([member]) => member),
    members,
  )
  assert.equal(healingWave("period-passes", "m000", members).afterSeconds, PERIOD_SECONDS)
})

test("recipients are those who are members before and after, without the initiator", () => {
  assert.deepEqual(rolesOf("update", 3), {
    initiator: "m000",
    recipients: ["m001", "m002"],
    newcomer: undefined,
  })
  assert.deepEqual(rolesOf("remove", 3).recipients, ["m001"])
  assert.deepEqual(rolesOf("add", 3), { initiator: "m000", recipients: ["m001", "m002"], newcomer: "m003" })
})

test("at rest, nobody lacks anything: preparing again sends nothing", async () => {
  for (const name of ["sender-keys", "periodic-sender-keys", "pairwise"]) {
    const group = await restingGroup(protocolNamed(name), 4)
    const wire = listen(group)
    for (const member of group.roster) await group.act(member, { kind: "prepare" })
    assert.deepEqual(wire, [])
  }
})

/** Periodic renewal, nothing else on the channels: in which round it heals, by who goes first and who spoke last. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { DEFAULT_SETTINGS, PERIOD_SECONDS, registry } from "../../protocols/registry.ts"
import { listen, protocolNamed, restingGroup, says } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import type { Wave } from "../sim/step.ts"
import { channelSteps, firstSafeRound, robbed, together } from "./healing-fixture.ts"

const protocol = protocolNamed("periodic-sender-keys")
const MEMBERS = ["m000", "m001", "m002", "m003"]

/** A period passes, then the groups renew one after another, each at once. */
const round = (...groups: readonly (readonly string[])[]): Wave[] =>
  groups.map((members, index) => ({
    ...together(members, { kind: "prepare" }),
    afterSeconds: index === 0 ? PERIOD_SECONDS : 0,
  }))

/** First safe round for a victim, given who renews in which order within each round. */
async function healsIn(
  victim: string,
  schedule: (victim: string, peers: string[]) => Wave[],
): Promise<number> {
  const { compromise } = await robbed(protocol, MEMBERS.length, victim)
  return await firstSafeRound(
    compromise,
    schedule(
      victim,
      MEMBERS.filter((member) => member !== victim),
    ),
  )
}

/** Peers spoke last on the channels of the first member, the victim itself on those of the last. */
const [PEERS_LAST, VICTIM_LAST] = ["m000", "m003"]

describe("rounds of renewals alone: the first safe round is", () => {
  test("the 2nd when the victim goes first after a peer's message", async () => {
    assert.equal(await healsIn(PEERS_LAST, (victim, peers) => round([victim], peers)), 2)
  })

  test("the 3rd when the peers go first after a peer's message", async () => {
    assert.equal(await healsIn(PEERS_LAST, (victim, peers) => round(peers, [victim])), 3)
  })

  test("the 3rd when all renew at once after a message of the victim", async () => {
    assert.equal(await healsIn(VICTIM_LAST, (victim, peers) => round([victim, ...peers])), 3)
  })

  test("the 4th when all renew at once after a peer's message", async () => {
    assert.equal(await healsIn(PEERS_LAST, (victim, peers) => round([victim, ...peers])), 4)
  })

  test("the 2nd after a message of the victim, whoever goes first", async () => {
    assert.equal(await healsIn(VICTIM_LAST, (victim, peers) => round([victim], peers)), 2)
    assert.equal(await healsIn(VICTIM_LAST, (victim, peers) => round(peers, [victim])), 2)
  })

  test("the 1st, with channel steps before the renewals", async () => {
    const { group, compromise } = await robbed(protocol, 4, PEERS_LAST)
    for (const wave of channelSteps(PEERS_LAST, group.roster.slice(1))) await compromise.perform(wave)
    assert.equal(await firstSafeRound(compromise, round(group.roster)), 1)
  })
})

describe("the schedule:", () => {
  const periodic = (periodMessages: number) =>
    (registry.find(({ name }) => name === "periodic-sender-keys") as (typeof registry)[number]).protocol({
      ...DEFAULT_SETTINGS,
      periodMessages,
    })

  test("nobody renews a second too early; everybody who speaks does when the time has come", async () => {
    const group = await restingGroup(protocol, 4)
    const wire = listen(group)
    await group.perform({ ...together(MEMBERS, { kind: "prepare" }), afterSeconds: PERIOD_SECONDS - 1 })
    assert.equal(wire.length, 0)
    await group.perform({ ...together(MEMBERS, { kind: "prepare" }), afterSeconds: 1 })
    assert.equal(wire.length, 4 * 3)
    await group.perform(together(MEMBERS, { kind: "prepare" }))
    assert.equal(wire.length, 4 * 3)
  })

  test("a member renews before the message after every k of its own, by whatever others say", async () => {
    const group = await restingGroup(periodic(3), 3) // each has said one thing
    const wire = listen(group)
    const sentBy = async (member: string) => {
      wire.length = 0
      await says(group, member)
      return wire.map(({ kind }) => kind)
    }
    const renewal = ["two-party", "two-party", "broadcast"]
    const sent = await inTurn(Array(6).fill("m001"), sentBy)
    assert.deepEqual(sent, [["broadcast"], ["broadcast"], renewal, ["broadcast"], ["broadcast"], renewal])
    assert.deepEqual(await sentBy("m000"), ["broadcast"])
  })

  test("plain sender keys are never renewed by time or by use", async () => {
    const group = await restingGroup(protocolNamed("sender-keys"), 3)
    const wire = listen(group)
    await group.perform({ afterSeconds: 100 * PERIOD_SECONDS, actions: [] })
    for (let times = 0; times < 300; times++) await says(group, "m000")
    assert.ok(wire.every(({ kind }) => kind === "broadcast"))
  })
})

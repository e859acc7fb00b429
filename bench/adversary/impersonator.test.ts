/** The copies from which an impersonator acts: what each has that the others have not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { NATIVE, restingGroup, says } from "../sim/fixture.ts"
import type { Group } from "../sim/group.ts"
import { Impersonator } from "./impersonator.ts"

const [VICTIM, PEER] = ["m000", "m001"] as const

/** The states of its copies as stolen, as listened, as repeated, and the victim's own, when the victim has renewed and spoken. */
async function statesAfterRenewal(name: string): Promise<unknown[]> {
  const group = await restingGroup(competitorNamed(name).protocol(DEFAULT_SETTINGS), 3)
  const impersonator = new Impersonator(group, NATIVE.createSuite, VICTIM)
  await group.act(PEER, { kind: "update" })
  await group.act(VICTIM, { kind: "update" })
  await says(group, VICTIM)
  return [...(await statesOf(impersonator)), stateIn(group)]
}

const statesOf = async (impersonator: Impersonator): Promise<unknown[]> =>
  (await impersonator.copies()).map(({ impersonator: { state } }) => state)
const stateIn = (group: Group): unknown => group.member(VICTIM).state

test("one that listens reads the victim's new chain over Double Ratchets, and has not the key that signs on it", async () => {
  type State = { group: { own: { chainKey: Uint8Array; index: number; signing: { secret: Uint8Array } } } }
  const states = (await statesAfterRenewal("dcgka/signal")) as State[]
  const [stolen, listened, repeated, genuine] = states.map(({ group }) => group.own)
  assert.ok(stolen && listened && repeated && genuine)
  assert.deepEqual([listened.chainKey, listened.index], [genuine.chainKey, genuine.index])
  for (const other of [stolen, repeated]) assert.notDeepEqual(other.chainKey, genuine.chainKey)
  for (const copy of [stolen, listened, repeated]) assert.notDeepEqual(copy.signing, genuine.signing)
})

test("one that repeats has sent as many messages on each channel as the victim", async () => {
  type State = { channels: { peers: Map<string, { sent: number }> } }
  const states = (await statesAfterRenewal("pairwise/2sm")) as State[]
  const sent = states.map(({ channels }) => channels.peers.get(PEER)?.sent ?? 0)
  const stolen = sent[0] as number
  assert.deepEqual(sent, [stolen, stolen, stolen + 2, stolen + 2])
})

test("both follow what others renew: in MLS they are in the victim's epoch until it commits itself", async () => {
  type State = { group: { current: { groupContext: { epoch: bigint } } } }
  const group = await restingGroup(competitorNamed("mls").protocol(DEFAULT_SETTINGS), 3)
  const impersonator = new Impersonator(group, NATIVE.createSuite, VICTIM)
  const epochs = async () =>
    ([...(await statesOf(impersonator)), stateIn(group)] as State[]).map(({ group: { current } }) =>
      Number(current.groupContext.epoch),
    )
  await group.act(PEER, { kind: "update" })
  const [stolen, ...others] = await epochs()
  const next = (stolen as number) + 1
  assert.deepEqual(others, [next, next, next])
  await group.act(VICTIM, { kind: "update" })
  assert.deepEqual(await epochs(), [stolen, next, next, next + 1])
})

test("the victim goes on undisturbed, and each copy is taken anew from what was stolen", async () => {
  const group = await restingGroup(competitorNamed("sender-keys").protocol(DEFAULT_SETTINGS), 3)
  const impersonator = new Impersonator(group, NATIVE.createSuite, VICTIM)
  await says(group, VICTIM)
  const before = group.snapshot()
  const first = await statesOf(impersonator)
  assert.deepEqual(await statesOf(impersonator), first)
  assert.deepEqual(group.snapshot(), before)
})

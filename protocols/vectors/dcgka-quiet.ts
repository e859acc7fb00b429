/** What must hold of a group under DCGKA when everything has arrived; for tests. */
import assert from "node:assert/strict"
import { deviceOf } from "../dcgka/ids.ts"
import type { MemberId } from "../ids.ts"
import type { Network } from "./dcgka-network.ts"

/** Nobody waits for anybody: all know the same, and of what served its turn nothing is left. */
export function assertQuiet(network: Network): void {
  const members = network.members()
  const [first] = members
  if (first === undefined) return
  const { membership } = network.group(first)
  for (const name of members) assertSettled(network, name, membership.members)
  for (const owner of members) assertSequences(network, owner, members)
}

function assertSettled(network: Network, name: MemberId, members: ReadonlySet<MemberId>): void {
  const group = network.group(name)
  assert.deepEqual([...group.membership.members].sort(), [...members].sort(), `members as ${name} has them`)
  assert.equal(group.memberSecrets.size, 0, `member secrets of ${name}`)
  assert.equal(group.membership.removes.size, 0)
  for (const { awaiting } of group.membership.adds.values())
    assert.ok(![...awaiting].some((id) => members.has(id)))
  assert.deepEqual([...group.ratchets.keys()].sort(), [...members].sort(), `chains that ${name} has`)
  for (const id of members) {
    const owner = network.group(deviceOf(id))
    assert.deepEqual(group.ratchets.get(id), owner.ratchets.get(id), `chain of ${id} at ${name}`)
  }
}

/** Everybody has the same secrets of `owner` in the same order; who came later has the last of them. */
function assertSequences(network: Network, owner: MemberId, members: readonly MemberId[]): void {
  const learnt = network.secrets.get(owner)
  const own = learnt?.get(owner) ?? []
  assert.ok(own.length > 0)
  for (const viewer of members) {
    const sequence = learnt?.get(viewer) ?? []
    assert.deepEqual(sequence, own.slice(own.length - sequence.length), `secrets of ${owner} at ${viewer}`)
    assert.ok(sequence.length > 0)
    if (network.founders.has(viewer) && network.founders.has(owner)) assert.equal(sequence.length, own.length)
  }
}

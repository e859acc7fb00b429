/** What a renewal of MLS takes, by the state of the tree. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { Exact } from "../../results/schema.ts"
import { NATIVE } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { countAll } from "./count.ts"

/**
 * Encryptions of a commit that are for no node of the tree: of the commit, of its sender's name, and of a GroupInfo, which
 * ts-mls makes and signs whether anybody joins or not.
 */
const OWN_ENCRYPTIONS = 3

async function updateOf(name: string, groupSize: number): Promise<Exact> {
  const competitor = competitorNamed(name)
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 0 }
  const programme = { groupSize, operations: ["update"] as const, payload: new Uint8Array() }
  return (await countAll(laboratory, programme)).get("update")?.exact as Exact
}

const ciphertexts = ({ primitives }: Exact): number =>
  (primitives.initiator.sealGcm as number) - OWN_ENCRYPTIONS

test("in a full tree it has one ciphertext for each level, and each level takes the same bytes", async () => {
  const updates = await inTurn([2, 4, 8, 16], (size) => updateOf("mls", size))
  assert.deepEqual(updates.map(ciphertexts), [1, 2, 3, 4])
  const bytes = updates.map(({ bytesUploaded }) => bytesUploaded)
  const steps = bytes.slice(1).map((more, index) => more - (bytes[index] as number))
  assert.equal(new Set(steps).size, 1, `${bytes}`)
})

test("in a blank one it has a ciphertext for each other member", async () => {
  for (const size of [2, 3, 5, 8]) assert.equal(ciphertexts(await updateOf("mls/blank", size)), size - 1)
})

test("in a churned one it has more than in a full one and fewer than in a blank one", async () => {
  const updates = await inTurn(["mls", "mls/churned", "mls/blank"], (name) => updateOf(name, 8))
  const [full, churned, blank] = updates.map(ciphertexts) as [number, number, number]
  assert.ok(full < churned && churned < blank, `${full} ${churned} ${blank}`)
})

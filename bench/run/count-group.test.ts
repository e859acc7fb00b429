/** The group's half of a count: every operation starts from the same group at rest. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { GroupProtocol } from "../../protocols/group.ts"
import { type Competitor, competitorNamed, DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { NATIVE, NO_PAYLOAD } from "../sim/fixture.ts"
import { GroupCounter } from "./count-group.ts"

function counterOf(competitor: Competitor): GroupCounter {
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 0 }
  return new GroupCounter(laboratory, {
    groupSize: 4,
    operations: ["add", "update", "message"],
    payload: NO_PAYLOAD,
  })
}

for (const competitor of registry) {
  test(`${competitor.name}: an operation leaves nothing behind: done again it is the same`, async () => {
    const counter = counterOf(competitor)
    await counter.form()
    const first = await counter.perform("add")
    await counter.perform("update")
    assert.deepEqual(await counter.perform("add"), first)
  })
}

test("nor does one that broke half-way", async () => {
  const pairwise = competitorNamed("pairwise")
  const breaking = (protocol: GroupProtocol<unknown>): GroupProtocol<unknown> => ({
    ...protocol,
    update(state, context) {
      protocol.update(state, context)
      throw new Error("broke half-way")
    },
  })
  const counter = counterOf({
    ...pairwise,
    protocol: (settings, channel) => breaking(pairwise.protocol(settings, channel)),
  })
  await counter.form()
  await assert.rejects(() => counter.perform("update"), /broke half-way/)
  const sound = counterOf(pairwise)
  await sound.form()
  assert.deepEqual(await counter.perform("add"), await sound.perform("add"))
})

test("nothing is performed before the group was formed, nor after its last operation, which uses it up", async () => {
  const counter = counterOf(competitorNamed("pairwise"))
  await assert.rejects(() => counter.perform("add"), /not formed/)
  await counter.form()
  await counter.perform("message")
  await assert.rejects(() => counter.perform("add"), /its last operation is over/)
})

/** Groups over each kind of two-party channel, whatever the network does to the order of packets. */
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { DEFAULT_SETTINGS, everyCompetitor } from "../../protocols/registry.ts"
import { NATIVE, restingGroup } from "./fixture.ts"
import type { Group } from "./group.ts"
import { DELIVERY_ORDERS } from "./network.ts"
import type { Action } from "./step.ts"

const SEEDS = [1, 2]

/** Everybody acts, and acts again, before anybody hears of it: so packets of one direction can overtake each other. */
async function atOnce(group: Group, act: (member: MemberId) => Action): Promise<void> {
  const actions = group.roster.map((member) => [member, act(member)] as const)
  await group.perform({ actions: [...actions, ...actions] })
}

for (const { name, protocol } of everyCompetitor) {
  for (const order of DELIVERY_ORDERS) {
    test(`${name}, ${order}: what all say and renew at once reaches everybody`, async () => {
      for (const seed of SEEDS) {
        const group = await restingGroup(protocol(DEFAULT_SETTINGS), 4, { ...NATIVE, seed, order })
        for (let round = 0; round < 2; round++) {
          await atOnce(group, (member) => ({ kind: "send", plaintext: utf8(`${member} speaks`) }))
          await atOnce(group, () => ({ kind: "update" }))
        }
        await group.act("m000", { kind: "remove", member: "m003" })
        await atOnce(group, (member) => ({ kind: "send", plaintext: utf8(`${member} goes on`) }))
        group.requireAllHeard()
      }
    })
  }
}

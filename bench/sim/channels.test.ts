/** Groups over each kind of two-party channel, whatever the network does to the order of packets. */
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { channelNamed, channelNames, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { NATIVE, restingGroup } from "./fixture.ts"
import type { Group } from "./group.ts"
import { DELIVERY_ORDERS } from "./network.ts"
import type { Action } from "./step.ts"

const SEEDS = [1, 2]

/** Everybody acts, and acts again, before anybody hears of it: so packets of one direction can overtake each other. */
function atOnce(group: Group, act: (member: MemberId) => Action): void {
  const actions = group.roster.map((member) => [member, act(member)] as const)
  group.perform({ actions: [...actions, ...actions] })
}

for (const channel of channelNames) {
  for (const name of ["sender-keys", "pairwise"]) {
    for (const order of DELIVERY_ORDERS) {
      test(`${name} over ${channel}, ${order}: what all say and renew at once reaches everybody`, () => {
        for (const seed of SEEDS) {
          const protocol = competitorNamed(name).protocol(DEFAULT_SETTINGS, channelNamed(channel))
          const group = restingGroup(protocol, 4, { ...NATIVE, seed, order })
          for (let round = 0; round < 2; round++) {
            atOnce(group, (member) => ({ kind: "send", plaintext: utf8(`${member} speaks`) }))
            atOnce(group, () => ({ kind: "update" }))
          }
          group.act("m000", { kind: "remove", member: "m003" })
          atOnce(group, (member) => ({ kind: "send", plaintext: utf8(`${member} goes on`) }))
          group.requireAllHeard()
        }
      })
    }
  }
}

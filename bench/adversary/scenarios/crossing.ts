/** Operations that cross: their authors have not heard of each other's. */
import type { ClaimName } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { INITIATOR } from "../../sim/operations.ts"
import type { Action, Wave } from "../../sim/step.ts"
import { afterTheft } from "./recovery.ts"
import type { Scenario } from "./setting.ts"

export const CROSSING = {
  healsAcrossARemoval: afterTheft((members) => [crossing(members), prepared(members)]),
} satisfies Partial<Record<ClaimName, Scenario>>

/** The same where the server gets the removal first. */
export const removalFirst: Scenario = afterTheft((members) => {
  const { actions } = crossing(members)
  return [{ actions: actions.toReversed() }, prepared(members)]
})

/** The victim renews while another removes a third. */
function crossing(members: readonly MemberId[]): Wave {
  const removal: Action = { kind: "remove", member: members.at(-1) as MemberId }
  return {
    actions: [
      [INITIATOR, { kind: "update" }],
      [members[1] as MemberId, removal],
    ],
  }
}

/** Those who stay do what they do before they speak. */
const prepared = (members: readonly MemberId[]): Wave => ({
  actions: members.slice(0, -1).map((member) => [member, { kind: "prepare" }]),
})

/** What pairwise fan-out promises over each channel, and what heals it. */
import { type Claims, HEAL_DOUBLE_RATCHETS, type Promises } from "../group.ts"

const CLAIMS: Claims = {
  closedToEavesdroppers: true,
  forwardSecrecy: true,
  joinerCannotReadPast: true,
  removedCannotReadFuture: true,
  healsAfterOwnUpdate: false,
  healsAfterOthersUpdate: false,
  healsAfterChannelSteps: true,
  healsAfterEveryonesUpdate: false,
  healsAfterAllButOneUpdate: true,
  healsAfterChannelStepsThenUpdates: true,
  healsAfterRemovalOfAnother: false,
  healsAfterRemovalByAnother: false,
  healsInTraffic: true,
}

/** Over 2SM one message of the victim on each channel is enough: that is its update. */
export const PAIRWISE_PROMISES: Promises = {
  signal: { claims: CLAIMS, healing: HEAL_DOUBLE_RATCHETS },
  "2sm": {
    claims: { ...CLAIMS, healsAfterOwnUpdate: true, healsAfterEveryonesUpdate: true },
    healing: ["victim-ratchets-channels"],
  },
}

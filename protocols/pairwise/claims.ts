/** What pairwise fan-out promises over each channel, and what heals it. */
import { HEAL_DOUBLE_RATCHETS, type Promises } from "../group.ts"

export const PAIRWISE_PROMISES: Promises = {
  signal: {
    claims: {
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
    },
    healing: HEAL_DOUBLE_RATCHETS,
  },
}

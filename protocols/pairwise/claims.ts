/** What pairwise fan-out promises over each channel, and what heals it. */
import { type Claims, type Promises, TURN_DOUBLE_RATCHETS } from "../group.ts"

/** Nothing signs here: over `signal` the stolen identity opens fresh sessions; for the roster stands nobody but the server. */
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
  closedBetweenTwoThefts: true,
  healsTwoVictimsAtOnce: false,
  healsDespiteASilentPeer: false,
  healsWhileSomeAreOffline: false,
  healsAcrossARemoval: false,
  impersonationEndsWithOwnUpdate: false,
  impersonationEndsWithHeal: false,
  impersonationEndsWithRemoval: true,
}

/** Over 2SM one message of the victim on each channel is enough: that is its update. */
export const PAIRWISE_PROMISES: Promises = {
  signal: {
    claims: CLAIMS,
    healing: [...TURN_DOUBLE_RATCHETS, "victim-ratchets-channels"],
    healingAfresh: ["victim-updates-over-fresh-sessions"],
  },
  "2sm": {
    claims: {
      ...CLAIMS,
      healsAfterOwnUpdate: true,
      healsAfterEveryonesUpdate: true,
      healsTwoVictimsAtOnce: true,
      healsDespiteASilentPeer: true,
      healsWhileSomeAreOffline: true,
      healsAcrossARemoval: true,
    },
    healing: ["victim-updates"],
  },
}

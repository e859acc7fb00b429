/** What MLS promises, and what heals it. It needs no channel. */
import type { Promises } from "../group.ts"

/**
 * A commit of the victim replaces all that its thief has; one of anybody else is encrypted to keys that the thief has
 * too. So all that matters is whether the victim commits: where many do at once, one commit is taken and the others are
 * made again after it.
 *
 * The signature key stays, but who speaks needs the secrets of an epoch too. Members keep those of one past epoch, so what
 * the thief says in that one is taken until the next commit.
 */
export const MLS_PROMISES: Promises = {
  none: {
    claims: {
      closedToEavesdroppers: true,
      forwardSecrecy: true,
      joinerCannotReadPast: true,
      removedCannotReadFuture: true,
      healsAfterOwnUpdate: true,
      healsAfterOthersUpdate: false,
      healsAfterChannelSteps: false,
      healsAfterEveryonesUpdate: true,
      healsAfterAllButOneUpdate: true,
      healsAfterChannelStepsThenUpdates: true,
      healsAfterRemovalOfAnother: true,
      healsAfterRemovalByAnother: false,
      healsInTraffic: false,
      closedBetweenTwoThefts: false,
      healsTwoVictimsAtOnce: true,
      healsDespiteASilentPeer: true,
      healsWhileSomeAreOffline: true,
      healsAcrossARemoval: true,
      impersonationEndsWithOwnUpdate: false,
      impersonationEndsWithHeal: false,
      impersonationEndsWithRemoval: false,
    },
    healing: ["victim-updates"],
  },
}

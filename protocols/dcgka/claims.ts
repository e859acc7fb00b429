/** What DCGKA promises over each channel, and what heals it. */
import { type Claims, type Promises, TURN_DOUBLE_RATCHETS } from "../group.ts"

/**
 * A victim's own update heals, as soon as all have acknowledged it: no copy of its state opens what 2SM sends. With it goes
 * the signing key, without which nothing is taken. A removed member's removals are, since they may have crossed its own.
 */
const OVER_2SM: Claims = {
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
  closedBetweenTwoThefts: true,
  healsTwoVictimsAtOnce: false,
  healsDespiteASilentPeer: true,
  healsWhileSomeAreOffline: true,
  healsAcrossARemoval: true,
  impersonationEndsWithOwnUpdate: true,
  impersonationEndsWithHeal: true,
  impersonationEndsWithRemoval: false,
}

/** The seed goes out on chains that the thief has, until each channel has turned its ratchet (§5.3 of the paper). */
const OVER_SIGNAL: Claims = {
  ...OVER_2SM,
  healsAfterOwnUpdate: false,
  healsAfterEveryonesUpdate: false,
  healsAfterRemovalOfAnother: false,
  healsAcrossARemoval: false,
}

export const DCGKA_PROMISES: Promises = {
  "2sm": { claims: OVER_2SM, healing: ["victim-updates"] },
  signal: {
    claims: OVER_SIGNAL,
    settling: "channels-are-used",
    healing: [...TURN_DOUBLE_RATCHETS, "victim-updates"],
    healingAfresh: ["victim-updates-over-fresh-sessions"],
  },
}

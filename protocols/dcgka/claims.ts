/** What DCGKA promises over each channel, and what heals it. */
import { type Claims, HEAL_DOUBLE_RATCHETS, type Promises } from "../group.ts"

/** A victim's own update heals, as soon as all have acknowledged it: no copy of its state opens what 2SM sends. */
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
}

/** The seed goes out on chains that the thief has, until each channel has turned its ratchet (§5.3 of the paper). */
const OVER_SIGNAL: Claims = {
  ...OVER_2SM,
  healsAfterOwnUpdate: false,
  healsAfterEveryonesUpdate: false,
  healsAfterRemovalOfAnother: false,
}

export const DCGKA_PROMISES: Promises = {
  "2sm": { claims: OVER_2SM, healing: ["victim-updates"] },
  signal: { claims: OVER_SIGNAL, healing: [...HEAL_DOUBLE_RATCHETS, "victim-updates"] },
}

/** What Sender Keys promise over each channel, and what heals them. */
import { type Claims, HEAL_DOUBLE_RATCHETS, type Promises } from "../group.ts"

const CLAIMS: Claims = {
  closedToEavesdroppers: true,
  forwardSecrecy: true,
  joinerCannotReadPast: true,
  removedCannotReadFuture: true,
  healsAfterOwnUpdate: false,
  healsAfterOthersUpdate: false,
  healsAfterChannelSteps: false,
  healsAfterEveryonesUpdate: false,
  healsAfterAllButOneUpdate: false,
  healsAfterChannelStepsThenUpdates: true,
  healsAfterRemovalOfAnother: false,
  healsAfterRemovalByAnother: false,
  healsInTraffic: false,
}

/** Over 2SM one message of the victim on each channel is enough before all renew. */
export const SENDER_KEYS_PROMISES: Promises = {
  signal: { claims: CLAIMS, healing: [...HEAL_DOUBLE_RATCHETS, "everyone-updates"] },
  "2sm": { claims: CLAIMS, healing: ["victim-ratchets-channels", "everyone-updates"] },
}

export const PERIODIC_PROMISES: Promises = {
  signal: {
    claims: { ...CLAIMS, healsInTraffic: true },
    healing: [...HEAL_DOUBLE_RATCHETS, "period-passes"],
  },
  "2sm": {
    claims: { ...CLAIMS, healsInTraffic: true },
    healing: ["victim-ratchets-channels", "period-passes"],
  },
}

/** What Sender Keys promise over each channel, and what heals them. */
import { type Claims, type HealingRound, type Promises, TURN_DOUBLE_RATCHETS } from "../group.ts"

/**
 * A renewal comes with a fresh signing key, but members keep four old keys beside it, and over `signal` the stolen identity
 * opens fresh sessions. For the roster stands nobody but the server.
 */
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
  closedBetweenTwoThefts: true,
  healsTwoVictimsAtOnce: false,
  healsDespiteASilentPeer: false,
  healsWhileSomeAreOffline: false,
  healsAcrossARemoval: false,
  impersonationEndsWithOwnUpdate: false,
  impersonationEndsWithHeal: false,
  impersonationEndsWithRemoval: true,
}

/** Over 2SM one message of the victim on each channel is enough before the others renew; no peer has to answer it. */
const CLAIMS_OVER_2SM: Claims = { ...CLAIMS, healsDespiteASilentPeer: true, healsAcrossARemoval: true }

/**
 * Within sessions the victim's renewal is the third step of its channels; the others' have to wait for it, since their
 * keys for the victim would open before. Over 2SM the victim's first message is out of reach already.
 */
const WITHIN_SESSIONS: readonly HealingRound[] = [...TURN_DOUBLE_RATCHETS, "victim-updates", "peers-update"]
const OVER_FRESH_SESSIONS: readonly HealingRound[] = ["victim-updates-over-fresh-sessions", "peers-update"]

export const SENDER_KEYS_PROMISES: Promises = {
  signal: { claims: CLAIMS, healing: WITHIN_SESSIONS, healingAfresh: OVER_FRESH_SESSIONS },
  "2sm": { claims: CLAIMS_OVER_2SM, healing: ["victim-updates", "peers-update"] },
}

/**
 * Nobody has to notice. All renew at once when a period has passed, so the victim's channels turn by these messages
 * alone: the fourth renewal is the first that opens nowhere, over 2SM the second.
 */
export const PERIODIC_PROMISES: Promises = {
  signal: {
    claims: { ...CLAIMS, healsInTraffic: true },
    healing: ["period-passes", "period-passes", "period-passes", "period-passes"],
    healingAfresh: OVER_FRESH_SESSIONS,
  },
  "2sm": {
    claims: { ...CLAIMS_OVER_2SM, healsInTraffic: true },
    healing: ["period-passes", "period-passes"],
  },
}

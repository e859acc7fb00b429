/**
 * What pairwise fan-out costs over each channel. The calls of a channel:
 * - X3DH and the Double Ratchet: opening takes 2 key pairs, 5 agreements and 1 verification, being opened to 1 and 6,
 *   and to read a message that answers another 1 and 2.
 * - 2SM: to send takes 3 key pairs and 1 agreement, to read 1 agreement; with the first message 4 at each end, and 1
 *   verification.
 */
import type { Cost, CostsByChannel } from "../costs.ts"

/** A message on each channel of one member; its readers turn their ratchets. */
const FAN_OUT: Cost = {
  twoParty: "n − 1",
  deliveries: "n − 1",
  rounds: "1",
  calls: {
    group: { keyPair: "n − 1", dh: "2n − 2" },
    initiator: {},
    recipientMax: { keyPair: "1", dh: "2" },
  },
  growth: { bytes: "n", work: "n" },
}

const FAN_OUT_OVER_2SM: Cost = {
  ...FAN_OUT,
  calls: {
    group: { keyPair: "3n − 3", dh: "2n − 2" },
    initiator: { keyPair: "3n − 3", dh: "n − 1" },
    recipientMax: { dh: "1" },
  },
}

/** Nobody has anything to do. */
const REMOVE: Cost = {
  calls: { group: {}, initiator: {}, recipientMax: {} },
  growth: { bytes: "1", work: "1" },
}

export const PAIRWISE_COSTS: CostsByChannel = {
  signal: {
    create: {
      twoParty: "0.5n² − 0.5n", // one for each pair opens its channel
      deliveries: "0.5n² − 0.5n",
      rounds: "1",
      calls: {
        group: { keyPair: "1.5n² − 1.5n", dh: "5.5n² − 5.5n", verify: "0.5n² − 0.5n" },
        initiator: { keyPair: "2n − 2", dh: "5n − 5", verify: "n − 1" },
        recipientMax: { keyPair: "2n − 3", dh: "6n − 6", verify: "n − 2" },
      },
      growth: { bytes: "n²", work: "n²" },
    },
    message: FAN_OUT,
    add: {
      twoParty: "n",
      deliveries: "n",
      rounds: "1",
      calls: {
        group: { keyPair: "3n", dh: "11n", verify: "n" },
        initiator: { keyPair: "2", dh: "5", verify: "1" },
        recipientMax: { keyPair: "2", dh: "5", verify: "1" },
      },
      growth: { bytes: "n", work: "n" },
    },
    remove: REMOVE,
    update: FAN_OUT,
    heal: {
      twoParty: "3n − 3", // the victim, its peers, the victim
      deliveries: "3n − 3",
      rounds: "3",
      calls: {
        group: { keyPair: "3n − 3", dh: "6n − 6" },
        initiator: { keyPair: "n − 1", dh: "2n − 2" },
        recipientMax: { keyPair: "2", dh: "4" },
      },
      growth: { bytes: "n", work: "n" },
    },
    "heal-fresh": {
      twoParty: "n − 1", // the victim's first message on each new session
      deliveries: "n − 1",
      rounds: "1",
      calls: {
        group: { keyPair: "3n − 3", dh: "11n − 11", verify: "n − 1" },
        initiator: { keyPair: "2n − 2", dh: "5n − 5", verify: "n − 1" },
        recipientMax: { keyPair: "1", dh: "6" },
      },
      growth: { bytes: "n", work: "n" },
    },
  },
  "2sm": {
    create: {
      twoParty: "0.5n² − 0.5n",
      deliveries: "0.5n² − 0.5n",
      rounds: "1",
      calls: {
        group: { keyPair: "1.5n² − 1.5n", dh: "4n² − 4n", verify: "0.5n² − 0.5n" },
        initiator: { keyPair: "3n − 3", dh: "4n − 4", verify: "n − 1" },
        recipientMax: { keyPair: "3n − 6", dh: "4n − 4", verify: "n − 2" },
      },
      growth: { bytes: "n²", work: "n²" },
    },
    message: FAN_OUT_OVER_2SM,
    add: {
      twoParty: "n",
      deliveries: "n",
      rounds: "1",
      calls: {
        group: { keyPair: "3n", dh: "8n", verify: "n" },
        initiator: { keyPair: "3", dh: "4", verify: "1" },
        recipientMax: { keyPair: "3", dh: "4", verify: "1" },
      },
      growth: { bytes: "n", work: "n" },
    },
    remove: REMOVE,
    update: FAN_OUT_OVER_2SM,
    heal: FAN_OUT_OVER_2SM, // the victim's update
  },
}

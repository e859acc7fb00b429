/**
 * What DCGKA costs over each channel.
 *
 * Source: ePrint 2020/1281 of 2020-10-07, §6, counted out: one control message with a ciphertext for each recipient of its
 * seed, and a signed answer of each of them, which all others verify: n² verifications, although no member does more
 * public-key work on secrets than one agreement. Over 2SM a ciphertext makes 3 key pairs and takes 1 agreement at each
 * end, the first on a channel 4 and 1 verification; a reader whose key the sender had made computes the public half of it,
 * which HPKE asks for (RFC 9180, §4.1) and the paper's count of public-key encryption leaves out. Over Double Ratchets a
 * ciphertext that answers another takes 2 agreements and 1 key pair of its reader.
 */
import type { Cost, CostsByChannel } from "../costs.ts"
import { CHAIN_MESSAGE } from "../sending-chain/costs.ts"

/** Two rounds: the control message, and the answers to it. */
const PACKETS = {
  create: { twoParty: "n − 1", inBroadcasts: "n − 1", broadcasts: "n", deliveries: "n² − n", rounds: "2" },
  /** A welcome and n − 1 chains to the newcomer; the addition, n − 1 answers, and the newcomer's. */
  add: { twoParty: "n", inBroadcasts: "n − 1", broadcasts: "n + 1", deliveries: "n² + n", rounds: "2" },
  /** Who is removed gets the control message, and no answers. */
  remove: {
    twoParty: "n − 2",
    inBroadcasts: "n − 2",
    broadcasts: "n − 1",
    deliveries: "n² − 3n + 3",
    rounds: "2",
  },
  update: { twoParty: "n − 1", inBroadcasts: "n − 1", broadcasts: "n", deliveries: "n² − n", rounds: "2" },
} as const

const GROWTH = { bytes: "n", work: "n²" } as const

const UPDATE_OVER_2SM: Cost = {
  ...PACKETS.update,
  calls: {
    group: { keyPair: "3n − 2", dh: "2n − 2", publicKey: "n − 1", sign: "n", verify: "n² − n" },
    initiator: { keyPair: "3n − 2", dh: "n − 1", sign: "1", verify: "n − 1" },
    recipientMax: { dh: "1", publicKey: "1", sign: "1", verify: "n − 1" },
  },
  growth: GROWTH,
}

export const DCGKA_COSTS: CostsByChannel = {
  "2sm": {
    create: {
      ...PACKETS.create,
      calls: {
        group: { keyPair: "3n − 3", dh: "8n − 8", sign: "n", verify: "n² − 1" },
        initiator: { keyPair: "3n − 3", dh: "4n − 4", sign: "1", verify: "2n − 2" },
        recipientMax: { dh: "4", sign: "1", verify: "n − 1" },
      },
      growth: GROWTH,
    },
    message: CHAIN_MESSAGE,
    add: {
      ...PACKETS.add,
      calls: {
        group: { keyPair: "3n + 1", dh: "8n", sign: "n + 2", verify: "n² + 2n" },
        initiator: { keyPair: "4", dh: "4", sign: "2", verify: "n + 1" },
        recipientMax: { keyPair: "3", dh: "4", sign: "1", verify: "n + 1" },
      },
      growth: GROWTH,
    },
    remove: {
      from: 3, // of two, nobody is left to be sent a seed
      ...PACKETS.remove,
      calls: {
        group: { keyPair: "3n − 5", dh: "2n − 4", publicKey: "n − 2", sign: "n − 1", verify: "n² − 3n + 3" },
        initiator: { keyPair: "3n − 5", dh: "n − 2", sign: "1", verify: "n − 2" },
        recipientMax: { dh: "1", publicKey: "1", sign: "1", verify: "n − 2" },
      },
      growth: GROWTH,
    },
    update: UPDATE_OVER_2SM,
    heal: UPDATE_OVER_2SM, // the victim's
  },
  signal: {
    create: {
      ...PACKETS.create,
      calls: {
        group: { keyPair: "3n − 3", dh: "11n − 11", sign: "n", verify: "n² − 1" },
        initiator: { keyPair: "2n − 2", dh: "5n − 5", sign: "1", verify: "2n − 2" },
        recipientMax: { keyPair: "1", dh: "6", sign: "1", verify: "n − 1" },
      },
      growth: GROWTH,
    },
    message: CHAIN_MESSAGE,
    add: {
      ...PACKETS.add,
      calls: {
        group: { keyPair: "3n + 1", dh: "11n", sign: "n + 2", verify: "n² + 2n" },
        initiator: { keyPair: "3", dh: "5", sign: "2", verify: "n + 1" },
        recipientMax: { keyPair: "2", dh: "5", sign: "1", verify: "n + 1" },
      },
      growth: GROWTH,
    },
    remove: {
      from: 3,
      ...PACKETS.remove,
      calls: {
        group: { keyPair: "n − 1", dh: "2n − 4", sign: "n − 1", verify: "n² − 3n + 3" },
        initiator: { keyPair: "1", sign: "1", verify: "n − 2" },
        recipientMax: { keyPair: "1", dh: "2", sign: "1", verify: "n − 2" },
      },
      growth: GROWTH,
    },
    update: {
      ...PACKETS.update,
      calls: {
        group: { keyPair: "n", dh: "2n − 2", sign: "n", verify: "n² − n" },
        initiator: { keyPair: "1", sign: "1", verify: "n − 1" },
        recipientMax: { keyPair: "1", dh: "2", sign: "1", verify: "n − 1" },
      },
      growth: GROWTH,
    },
    heal: {
      twoParty: "3n − 3", // 2(n − 1) on the victim's channels, then its update
      inBroadcasts: "n − 1",
      broadcasts: "n",
      deliveries: "n² + n − 2",
      rounds: "4",
      calls: {
        group: { keyPair: "3n − 2", dh: "6n − 6", sign: "n", verify: "n² − n" },
        initiator: { keyPair: "n", dh: "2n − 2", sign: "1", verify: "n − 1" },
        recipientMax: { keyPair: "2", dh: "4", sign: "1", verify: "n − 1" },
      },
      growth: GROWTH,
    },
    "heal-fresh": {
      ...PACKETS.update, // whose ciphertexts open the victim's new sessions
      calls: {
        group: { keyPair: "3n − 2", dh: "11n − 11", sign: "n", verify: "n² − 1" },
        initiator: { keyPair: "2n − 1", dh: "5n − 5", sign: "1", verify: "2n − 2" },
        recipientMax: { keyPair: "1", dh: "6", sign: "1", verify: "n − 1" },
      },
      growth: GROWTH,
    },
  },
}

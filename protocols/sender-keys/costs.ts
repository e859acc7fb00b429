/**
 * What Sender Keys cost over each channel.
 *
 * Source of the messages: ePrint 2020/1281 of 2020-10-07, §3. The calls of a channel:
 * - X3DH and the Double Ratchet: a pair that opens a session and answers on it makes 4 key pairs, 13 agreements and 1
 *   verification; a message that answers another 1 key pair, made by its reader for the answer after it, and 2 agreements.
 * - 2SM: a message makes 3 key pairs, and 1 agreement at each end, the first on a channel 4 and 1 verification; a reader
 *   whose key the sender had made computes the public half of it.
 */
import type { Cost, Costs, CostsByChannel } from "../costs.ts"
import { CHAIN_MESSAGE } from "../sending-chain/costs.ts"

const OVER_DOUBLE_RATCHETS: Costs = {
  create: {
    twoParty: "n² − n",
    deliveries: "n² − n",
    rounds: "2", // of two members one opens their session, the other answers
    calls: {
      group: { keyPair: "2n² − n", dh: "6.5n² − 6.5n", verify: "0.5n² − 0.5n" },
      initiator: { keyPair: "3n − 2", dh: "7n − 7", verify: "n − 1" },
      recipientMax: { keyPair: "3n − 4", dh: "7n − 8", verify: "n − 2" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  message: CHAIN_MESSAGE,
  add: {
    twoParty: "2n", // one from each to the newcomer, then one from it to each
    deliveries: "2n",
    rounds: "2",
    calls: {
      group: { keyPair: "4n + 1", dh: "13n", verify: "n" },
      initiator: { keyPair: "3", dh: "7", verify: "1" },
      recipientMax: { keyPair: "3", dh: "7", verify: "1" },
    },
    growth: { bytes: "n", work: "n" },
  },
  remove: {
    from: 3, // who is left alone of two makes no key
    twoParty: "n² − 3n + 2", // (n − 1)(n − 2): those who are left give one another fresh keys
    deliveries: "n² − 3n + 2",
    rounds: "1",
    calls: {
      group: { keyPair: "0.5n² − 0.5n", dh: "n² − 3n + 2" },
      initiator: { keyPair: "1" },
      recipientMax: { keyPair: "n − 1", dh: "2n − 4" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  update: {
    twoParty: "n − 1",
    deliveries: "n − 1",
    rounds: "1",
    calls: {
      group: { keyPair: "n", dh: "2n − 2" },
      initiator: { keyPair: "1" },
      recipientMax: { keyPair: "1", dh: "2" },
    },
    growth: { bytes: "n", work: "n" },
  },
  heal: {
    twoParty: "n² + n − 2", // 2(n − 1) on the victim's channels, then n(n − 1) fresh keys
    deliveries: "n² + n − 2",
    rounds: "4",
    calls: {
      group: { keyPair: "0.5n² + 3.5n − 3", dh: "n² + 5n − 6" },
      initiator: { keyPair: "2n − 1", dh: "4n − 4" },
      recipientMax: { keyPair: "n + 1", dh: "2n" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  "heal-fresh": {
    twoParty: "n² − n", // n(n − 1) fresh keys; those of the victim open its new sessions
    deliveries: "n² − n",
    rounds: "2",
    calls: {
      group: { keyPair: "0.5n² + 3.5n − 3", dh: "n² + 10n − 11", verify: "n − 1" },
      initiator: { keyPair: "3n − 2", dh: "7n − 7", verify: "n − 1" },
      recipientMax: { keyPair: "n", dh: "2n + 2" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
}

/** Other calls than over Double Ratchets, and one message of the victim heals a channel. */
const OVER_2SM: Costs = {
  create: {
    twoParty: "n² − n",
    deliveries: "n² − n",
    rounds: "2",
    calls: {
      group: { keyPair: "3n² − 2n", dh: "5n² − 5n", verify: "0.5n² − 0.5n" },
      initiator: { keyPair: "3n − 2", dh: "5n − 5", verify: "n − 1" },
      recipientMax: { keyPair: "3n − 2", dh: "5n − 5", verify: "n − 2" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  message: CHAIN_MESSAGE,
  add: {
    twoParty: "2n",
    deliveries: "2n",
    rounds: "2",
    calls: {
      group: { keyPair: "6n + 1", dh: "10n", verify: "n" },
      initiator: { keyPair: "3", dh: "5", verify: "1" },
      recipientMax: { keyPair: "3", dh: "5", verify: "1" },
    },
    growth: { bytes: "n", work: "n" },
  },
  remove: {
    from: 3,
    twoParty: "n² − 3n + 2",
    deliveries: "n² − 3n + 2",
    rounds: "1",
    calls: {
      group: { keyPair: "3n² − 8n + 5", dh: "2n² − 6n + 4", publicKey: "0.5n² − 1.5n + 1" },
      initiator: { keyPair: "3n − 5", dh: "2n − 4", publicKey: "n − 2" },
      recipientMax: { keyPair: "3n − 5", dh: "2n − 4", publicKey: "n − 3" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  update: {
    twoParty: "n − 1",
    deliveries: "n − 1",
    rounds: "1",
    calls: {
      group: { keyPair: "3n − 2", dh: "2n − 2" },
      initiator: { keyPair: "3n − 2", dh: "n − 1" },
      recipientMax: { dh: "1" },
    },
    growth: { bytes: "n", work: "n" },
  },
  heal: {
    twoParty: "n² − n", // n(n − 1) fresh keys; those of the victim heal its channels
    deliveries: "n² − n",
    rounds: "2",
    calls: {
      group: { keyPair: "3n² − 2n", dh: "2n² − 2n", publicKey: "0.5n² − 1.5n + 1" },
      initiator: { keyPair: "3n − 2", dh: "2n − 2" },
      recipientMax: { keyPair: "3n − 2", dh: "2n − 2", publicKey: "n − 2" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
}

export const SENDER_KEYS_COSTS: CostsByChannel = { signal: OVER_DOUBLE_RATCHETS, "2sm": OVER_2SM }

/** Nobody notices: all n renew four times, over 2SM twice (`claims.ts`). */
const PERIODIC_HEAL: { readonly [channel in string]?: Cost } = {
  signal: {
    twoParty: "4n² − 4n",
    deliveries: "4n² − 4n",
    rounds: "4",
    calls: {
      group: { keyPair: "2n² + 2n", dh: "4n² − 4n" },
      initiator: { keyPair: "2n + 2", dh: "4n − 4" },
      recipientMax: { keyPair: "2n + 2", dh: "4n − 4" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
  "2sm": {
    twoParty: "2n² − 2n",
    deliveries: "2n² − 2n",
    rounds: "2",
    calls: {
      group: { keyPair: "6n² − 4n", dh: "4n² − 4n", publicKey: "0.5n² − 0.5n" },
      initiator: { keyPair: "6n − 4", dh: "4n − 4", publicKey: "n − 1" },
      recipientMax: { keyPair: "6n − 4", dh: "4n − 4", publicKey: "n − 2" },
    },
    growth: { bytes: "n²", work: "n²" },
  },
}

/**
 * The same with periodic renewal, which falls due in no operation but `heal`.
 *
 * @param periodMessages - of 1, every message of a member who has spoken renews too: no claims are made for that
 */
export function periodicCosts(periodMessages: number): CostsByChannel {
  if (periodMessages === 1) return {}
  const costs = Object.entries(SENDER_KEYS_COSTS) as [string, Costs][]
  return Object.fromEntries(
    costs.map(([channel, cost]) => [channel, { ...cost, heal: PERIODIC_HEAL[channel] ?? cost.heal }]),
  )
}

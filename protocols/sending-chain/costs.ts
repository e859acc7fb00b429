/** What a message under a sending chain costs, the same for every protocol that has such chains. */
import type { Cost } from "../costs.ts"

/** One signed broadcast; no channel is used. */
export const CHAIN_MESSAGE: Cost = {
  broadcasts: "1",
  deliveries: "n − 1",
  rounds: "1",
  calls: {
    group: { sign: "1", verify: "n − 1" },
    initiator: { sign: "1" },
    recipientMax: { verify: "1" },
  },
  growth: { bytes: "1", work: "n" },
}

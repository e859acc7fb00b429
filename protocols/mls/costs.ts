/**
 * What MLS costs.
 *
 * Source: RFC 9420. A commit with a path encrypts one secret for each subtree beside its author's way to the root: log n
 * of them in a full tree, up to n − 1 where inner nodes are blank. How many, a formula in n alone cannot say: the
 * calls of update, remove and heal are not claimed, and their bytes by the state of the tree.
 *
 * All members begin the epoch, and each derives the secrets of all leaves and hashes what changed of the tree: so does
 * ts-mls, and thus the group's work grows as n². Whoever joins verifies the signatures of all leaves.
 */
import type { Cost, CostsByChannel } from "../costs.ts"
import type { TreeState } from "../group.ts"

/** A commit to all. */
const COMMIT = { broadcasts: "1", deliveries: "n − 1", rounds: "1" } as const

export function mlsCosts(tree: TreeState | undefined): CostsByChannel {
  const bytes = tree === "full" ? "log n" : "n"
  const committed: Cost = { ...COMMIT, growth: { bytes, work: "n²" } }
  return {
    none: {
      create: CREATE,
      message: MESSAGE,
      add: ADD,
      remove: committed,
      update: committed,
      heal: committed,
    },
  }
}

const CREATE: Cost = {
  welcomes: "1",
  deliveries: "n − 1",
  rounds: "1",
  calls: {
    group: { keyPair: "n + 1", dh: "2n − 2", publicKey: "n − 1", edSign: "4", edVerify: "n² + 2n − 3" },
    initiator: { keyPair: "n + 1", dh: "n − 1", edSign: "4", edVerify: "2n − 2" },
    recipientMax: { dh: "1", publicKey: "1", edVerify: "n + 1" },
  },
  growth: { bytes: "n", work: "n²" },
}

const MESSAGE: Cost = {
  broadcasts: "1",
  deliveries: "n − 1",
  rounds: "1",
  calls: {
    group: { edSign: "1", edVerify: "n − 1" },
    initiator: { edSign: "1" },
    recipientMax: { edVerify: "1" },
  },
  growth: { bytes: "1", work: "n" },
}

/** The commit has no path; the welcome has the tree in it. */
const ADD: Cost = {
  ...COMMIT,
  welcomes: "1",
  deliveries: "n",
  calls: {
    group: { keyPair: "1", dh: "2", publicKey: "1", edSign: "2", edVerify: "4n + 1" },
    initiator: { keyPair: "1", dh: "1", edSign: "2", edVerify: "2" },
    recipientMax: { edVerify: "3" },
  },
  growth: { bytes: "n", work: "n²" },
}

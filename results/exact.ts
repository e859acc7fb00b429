/** The measures without statistics, and the adversary's finding: what a counting run gives. */
import { z } from "zod"

const count = z.int().nonnegative()

/** One figure for each suite operation, by its name. */
const primitiveCounts = z.record(z.string(), z.number().nonnegative())

/** The same figures for each part that members play. */
const byRole = z.object({
  group: primitiveCounts,
  initiator: primitiveCounts,
  recipientMax: primitiveCounts,
  recipientMean: primitiveCounts,
  /** Operation `add` only; the newcomer is not among the recipients. */
  newcomer: primitiveCounts.optional(),
})

/** Counted, not sampled. Every figure covers the operation alone: not the forming of the group it runs on. */
export const exact = z.object({
  /** Two-party ciphertexts uploaded: each a packet of its own, or inside a broadcast. */
  twoParty: count,
  /** Those of them that are inside a broadcast, each for one recipient. */
  inBroadcasts: count,
  /** Group messages uploaded once and fanned out by the server. */
  broadcasts: count,
  /** Messages to those who join that are on no channel, uploaded once each. */
  welcomes: count,
  /**
   * Copies handed to recipients: one for a two-party ciphertext, one per recipient for a broadcast or a welcome. What
   * travels with a broadcast for one recipient alone is no copy of its own.
   */
  deliveries: count,
  /** One-way trips that have to follow one another: waves, and answers to packets of the same wave (docs/measures.md). */
  rounds: count,
  /** Members whose update secret was renewed, from which the keys of their messages follow. */
  renewedSecrets: count,
  /** Each packet once, as its sender uploads it. */
  bytesUploaded: count,
  /** Each packet once per recipient, who gets its own of the ciphertexts inside a broadcast and no others. */
  bytesDelivered: count,
  /** The same from a server that cannot split a broadcast: each recipient gets all ciphertexts inside it. */
  bytesDeliveredUnsplit: count,
  /** The initiator's part of `bytesUploaded`; the rest is what others sent in answer. */
  bytesUploadedByInitiator: count,
  /** Membership changes announced by the server; in none of the figures above. */
  notices: count,
  /** Prekey bundles fetched from the server, and their bytes; in none of the figures above. */
  prekeyBundles: count,
  prekeyBundleBytes: count,
  /** A member's state after the operation: keys, counters and names, without container overhead. */
  stateBytesMax: count,
  stateBytesMean: z.number().nonnegative(),
  /** SHA-256 over every packet of the operation, hex; in what order: docs/measures.md. */
  transcript: z.string().regex(/^[0-9a-f]{64}$/),
  /** Calls. */
  primitives: byRole,
  /** Bytes that grow a call's price (docs/measures.md), summed over its calls; absent in files of 0.1. */
  primitiveBytes: byRole.optional(),
})
export type Exact = z.infer<typeof exact>

/** Packets uploaded; ciphertexts inside a broadcast are part of it. */
export const messagesIn = ({
  twoParty,
  inBroadcasts,
  broadcasts,
  welcomes,
}: Pick<Exact, "twoParty" | "inBroadcasts" | "broadcasts" | "welcomes">): number =>
  twoParty - inBroadcasts + broadcasts + welcomes

/** What the adversary found while one member was healing from the theft of its whole state. */
export const healing = z.object({
  /** No application message of any member can be read with the copy any more. */
  healed: z.boolean(),
  /** Packets sent by the heal itself that the copy could still open. */
  readableMessages: count,
  /** 1-based: from this round of the heal on, nothing sent in it or after it can be read; null: never. */
  firstSafeRound: count.nullable(),
  /**
   * Members whose message after the heal was tried by a second adversary too, who follows every derivation and must
   * agree: all up to 64 devices, above that some that the seed draws.
   */
  judged: count,
  /** Messages of theirs whose keys follow from the stolen state and from what went over the wire. */
  derivable: count,
})
export type Healing = z.infer<typeof healing>

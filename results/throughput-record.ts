/** The lines of a run of `throughput`; a part of `results/schema.ts`, which says how lines are written and checked. */
import { z } from "zod"
import { SUITES } from "./suites.ts"

const throughputKey = {
  protocol: z.string().min(1),
  channel: z.string(),
  suite: z.enum(SUITES),
  groupSize: z.int().min(2),
  threads: z.int().positive(),
  block: z.int().nonnegative(),
}

/** Members of a group on several threads talked in turn, and everybody opened everything. */
export const throughputRecord = z.object({
  kind: z.literal("throughput"),
  ...throughputKey,
  messages: z.int().positive(),
  /** Messages opened and compared with what was said: `messages` times (`groupSize` − 1). */
  deliveries: z.int().nonnegative(),
  /** Packets that were sent for them, renewals of keys included. */
  twoParty: z.int().nonnegative(),
  broadcasts: z.int().nonnegative(),
  /** From the first send until the last delivery was opened. */
  elapsedNs: z.number().positive(),
})
export type ThroughputRecord = z.infer<typeof throughputRecord>

export const throughputFailureRecord = z.object({
  kind: z.literal("throughput-failure"),
  ...throughputKey,
  reason: z.string(),
})
export type ThroughputFailureRecord = z.infer<typeof throughputFailureRecord>

/** What names one measurement of throughput. */
export type ThroughputKey = Pick<ThroughputRecord, keyof typeof throughputKey>

/**
 * The records a run leaves behind, one JSON object a line, and the check every file passes on its way in.
 *
 * Four kinds of line. `run` comes first and says what was asked and where. `count` holds one cell's exact
 * measures: equal on every machine for one seed. `block` holds one cell's times in one block. `failure` names
 * work that died. A cell is one (protocol, suite, operation, groupSize); a reader folds the lines of a cell
 * together (`results/document.ts`). A run of `throughput` has lines of its own, one for each (protocol, suite,
 * groupSize, threads, block) (`results/throughput.ts`). Units are in the names; times are nanoseconds.
 *
 * The version changes only together with a note here. Names may be added without one: what was added since is
 * optional, so that older files of the same version stay readable.
 * 2 (2026-11): `heal` is the least that heals, `heal-fresh` is an operation, groups form in two trips, ciphertexts inside
 *   broadcasts stand apart (`inBroadcasts`), and so does what a server delivers that cannot split a broadcast.
 * 1 (2026-11): first version. Later in it: kinds `throughput` and `throughput-failure`, plans without operations, twins.
 */
import { z } from "zod"
import { environment } from "./environment-record.ts"
import { type Exact, exact, type Healing, healing } from "./exact.ts"
import { priceList } from "./prices.ts"
import { SUITES } from "./suites.ts"
import {
  type ThroughputFailureRecord,
  type ThroughputKey,
  throughputFailureRecord,
  throughputRecord,
} from "./throughput-record.ts"

export type { Environment } from "./environment-record.ts"
export { SUITES, type SuiteName } from "./suites.ts"
export type { Exact, Healing }

export const SCHEMA_VERSION = 2

/** `heal-fresh`: the heal in which the victim leaves its sessions behind; of those protocols that have any. */
export const OPERATIONS = ["create", "message", "add", "remove", "update", "heal", "heal-fresh"] as const
export type Operation = (typeof OPERATIONS)[number]

/** Whether an adversary judges it. */
export const isHeal = (operation: Operation): boolean => operation === "heal" || operation === "heal-fresh"

const count = z.int().nonnegative()
const nanoseconds = z.number().nonnegative()

const cellKey = {
  protocol: z.string().min(1),
  channel: z.string(),
  suite: z.enum(SUITES),
  operation: z.enum(OPERATIONS),
  groupSize: z.int().min(2),
}

/** Present where a cell is timed once more in a block, as if it were another competitor; see `plan.twins`. */
const twin = z.literal(true).optional()

const runRecord = z.object({
  kind: z.literal("run"),
  schema: z.literal(SCHEMA_VERSION, `written by another version; this one reads ${SCHEMA_VERSION}`),
  id: z.string().min(1),
  seed: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  tool: z.object({ name: z.string(), version: z.string(), commit: z.string() }),
  environment,
  plan: z.object({
    protocols: z.array(z.string()).min(1),
    sizes: z.array(z.int().min(2)).min(1),
    /** None in a run of `throughput`. */
    operations: z.array(z.enum(OPERATIONS)),
    suites: z.array(z.enum(SUITES)).min(1),
    /** Larger groups are not timed on `noble`; absent: all are. */
    nobleUpTo: z.int().positive().optional(),
    /** In a run of `throughput` alone: the numbers of threads. */
    threads: z.array(z.int().positive()).min(1).optional(),
    /** 0: counts only. */
    blocks: count,
    payloadBytes: count,
    /** `periodic-sender-keys` renews after this many of a member's messages. */
    periodMessages: z.int().positive(),
    /** Each block warms up this long, and measures at least one iteration and about this long. */
    warmUpMs: z.number().nonnegative(),
    measureMs: z.number().nonnegative(),
    /** Of each operation and suite one cell, drawn by the seed, is timed twice in every block. Absent: none is. */
    twins: z.literal("one-per-operation").optional(),
  }),
  /** For which times are predicted from the counts. */
  prices: priceList.optional(),
})
export type RunHeader = z.infer<typeof runRecord>

const countRecord = z.object({
  kind: z.literal("count"),
  ...cellKey,
  exact,
  healing: healing.optional(),
  /** Most memory that the process held in which all operations of this protocol at this size were counted. */
  peakMemoryBytes: count.optional(),
})
export type CountRecord = z.infer<typeof countRecord>

const blockRecord = z.object({
  kind: z.literal("block"),
  ...cellKey,
  block: count,
  twin,
  /** Medians over the iterations of this block. */
  initiatorNs: nanoseconds,
  /** One recipient, mean over those timed: a member before and after the operation, not its initiator. */
  recipientNs: nanoseconds,
  /** Operation `add` only. */
  newcomerNs: nanoseconds.optional(),
  groupNs: nanoseconds,
  /** The same four, as the first decile over the iterations: for comparisons. Absent in files of 0.1. */
  firstDecile: z
    .object({
      initiatorNs: nanoseconds,
      recipientNs: nanoseconds,
      newcomerNs: nanoseconds.optional(),
      groupNs: nanoseconds,
    })
    .optional(),
  /** Suite operations alone, count × price in this isolate, as a share of `groupNs`; absent in files of 0.1. */
  efficiency: z.number().nonnegative().optional(),
  iterations: z.int().positive(),
  /** Replays that are in no iteration, since a probe beside them found the core slowed; absent in files of 0.1. */
  slowedReplays: count.optional(),
  /** The core was never left alone in this block: its times are those of a slowed core. */
  slowed: z.literal(true).optional(),
  recipients: count,
  /** Those of them that were timed; where they are fewer, `groupNs` scales their mean up. */
  recipientsTimed: count,
  /** Time that the thread was ready to run and had no core, as a share of the time it was measured for. */
  runQueueWaitShare: z.number().nonnegative().optional(),
  /** Where this block's iterations end in the file of raw samples, bytes (`results/sample-store.ts`). */
  samplesEnd: count.optional(),
})
export type BlockRecord = z.infer<typeof blockRecord>

const failureRecord = z.object({
  kind: z.literal("failure"),
  ...cellKey,
  /** Absent when the counting run died: then the cell has no figures at all. */
  block: count.optional(),
  twin,
  reason: z.string(),
})
export type FailureRecord = z.infer<typeof failureRecord>

const endRecord = z.object({ kind: z.literal("end"), finishedAt: z.iso.datetime() })

export const resultRecord = z.discriminatedUnion("kind", [
  runRecord,
  countRecord,
  blockRecord,
  failureRecord,
  throughputRecord,
  throughputFailureRecord,
  endRecord,
])
export type ResultRecord = z.infer<typeof resultRecord>

/** What names a cell. */
export type CellKey = Pick<CountRecord, "protocol" | "channel" | "suite" | "operation" | "groupSize">

/** Median and 95 % interval over blocks. */
export type Sampled = { readonly median: number; readonly low: number; readonly high: number }

/** Times that nobody measured: exact counts under a price list. */
export type Predicted = {
  /** Of the price list. */
  readonly device: string
  readonly initiatorNs: number
  readonly recipientNs: number
  /** Operation `add` only. */
  readonly newcomerNs: number | null
  readonly groupNs: number
}

/** One cell of the document that `--json` prints; the names are a contract. */
export type Cell = CellKey & {
  readonly exact: Exact
  readonly healing?: Healing | undefined
  /** Of the process that counted all operations of this protocol at this size. */
  readonly peakMemoryBytes?: number | undefined
  readonly sampled: {
    readonly initiatorNs: Sampled
    readonly recipientNs: Sampled
    /** Operation `add` only. */
    readonly newcomerNs: Sampled | null
    readonly groupNs: Sampled
    /** Operation `message` only: messages a second that the whole group gets through on one core. */
    readonly messagesPerSecond: Sampled | null
    /** Suite operations alone, as a share of `groupNs`; null where no block has it. */
    readonly efficiency: Sampled | null
  } | null
  /** In a run with a price list. */
  readonly predicted?: Predicted | undefined
  readonly blocks: number
  /** Blocks in which something slowed the core all the time. */
  readonly slowedBlocks: number
  /** Of the block that waited longest for a core; absent where the system does not tell. */
  readonly runQueueWaitShare?: number | undefined
  /** Members before and after the operation without its initiator, and how many of them were timed. */
  readonly recipients: number
  readonly recipientsTimed: number
}

export type Failure = Omit<FailureRecord, "kind">

/** Throughput of one group on so many threads, over its blocks. */
export type ThroughputCell = Omit<ThroughputKey, "block"> & {
  readonly messagesPerSecond: Sampled
  readonly deliveriesPerSecond: Sampled
  /** Over one thread, from blocks that have both; null where none has, or where this is one thread. */
  readonly speedUp: Sampled | null
  /** Sums over the blocks. */
  readonly messages: number
  readonly deliveries: number
  readonly twoParty: number
  readonly broadcasts: number
  readonly blocks: number
}

export type ThroughputFailure = Omit<ThroughputFailureRecord, "kind">

/** Power of n through the group's times, fitted in each block; none below 3 sizes. */
export type TimeExponent = Omit<CellKey, "groupSize"> & {
  readonly exponent: Sampled
  readonly blocks: number
}

/** The document that `--json` prints. Names may be added, never renamed or dropped. */
export type ResultDocument = {
  readonly run: Omit<RunHeader, "kind" | "schema"> & { readonly finishedAt: string | null }
  readonly cells: readonly Cell[]
  readonly timeExponents: readonly TimeExponent[]
  readonly failures: readonly Failure[]
  readonly throughput: readonly ThroughputCell[]
  readonly throughputFailures: readonly ThroughputFailure[]
}

/**
 * One line of a results file.
 *
 * @throws Error with one line of text: which field is wrong and what it should be
 */
export function parseRecord(value: unknown): ResultRecord {
  const parsed = resultRecord.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${issue?.path.join(".") || "record"}: ${issue?.message ?? "not a result record"}`)
}

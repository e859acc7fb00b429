/**
 * How much of a cell's time its cryptography alone would take: what is left is encoding, copies and bookkeeping.
 *
 * The timed members repeat their steps once more under observation; then the very calls they made are timed alone,
 * operation by operation, in the isolate in which the cell was timed.
 */
import {
  noOperations,
  type OperationCounts,
  observedSuite,
  type SuiteCall,
} from "../../protocols/crypto/counting.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import { type CreateSuite, SUITE_OPERATIONS, type SuiteOperation } from "../../protocols/crypto/suite.ts"
import { type Call, priceCalls } from "./price.ts"
import type { RecordedMember } from "./recording.ts"
import { Sample } from "./sample.ts"
import { type Replay, replayMember, timedMembers, wholeGroup } from "./time.ts"

const PRICING_MS = 8

/**
 * Count × price over all operations, as a share of `groupNs`, to which it is scaled up from the timed members in
 * the same way. May exceed 1 by noise.
 *
 * @param observed - the suite for the repetition under observation; any will do, and the fastest costs the least
 * @param groupNs - what `measure` gave for this replay in this isolate
 */
export function efficiencyOf(replay: Replay, observed: CreateSuite, groupNs: number): number {
  const samples = new Map<SuiteOperation, Sample<Call>>()
  const counts = new Map(
    timedMembers(replay.recording).map((member) => [member, observe(replay, observed, member, samples)]),
  )
  const prices = pricesOf(replay, samples)
  const { groupNs: callsNs } = wholeGroup(replay.recording, (member) =>
    cost(counts.get(member) as OperationCounts, prices),
  )
  return callsNs / groupNs
}

/** Count what `member` calls, and keep some of it. */
function observe(
  replay: Replay,
  observed: CreateSuite,
  member: RecordedMember,
  samples: Map<SuiteOperation, Sample<Call>>,
): OperationCounts {
  const counts = noOperations()
  const note = ({ operation, args }: SuiteCall) => {
    counts[operation]++
    const sample = samples.get(operation) ?? new Sample<Call>()
    samples.set(operation, sample)
    sample.offer({ operation, args } as Call)
  }
  replayMember({ ...replay, createSuite: (random) => observedSuite(observed(random), note) }, member)
  return counts
}

/** Nanoseconds a call of each operation that was called. */
function pricesOf(
  { createSuite, clock }: Replay,
  samples: ReadonlyMap<SuiteOperation, Sample<Call>>,
): Map<SuiteOperation, number> {
  const suite = createSuite(seededRandom(seedRandom(0, "prices")))
  const lists = [...samples.values()].map((sample) => sample.items())
  const prices = priceCalls(suite, lists, clock, PRICING_MS)
  return new Map([...samples.keys()].map((operation, index) => [operation, prices[index] as number]))
}

const cost = (counts: OperationCounts, prices: ReadonlyMap<SuiteOperation, number>): number =>
  SUITE_OPERATIONS.reduce((sum, name) => sum + counts[name] * (prices.get(name) ?? 0), 0)

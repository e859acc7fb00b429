/** A throughput run, measurement by measurement: one that fails costs itself alone. Files and signals are the caller's. */
import { competitorNamed } from "../../protocols/registry.ts"
import type {
  ThroughputFailureRecord,
  ThroughputKey,
  ThroughputRecord,
} from "../../results/throughput-record.ts"
import type { FormedGroup, GroupKey } from "./form.ts"
import type { ThroughputJob } from "./jobs.ts"
import type { Measured } from "./thread.ts"

/** Where groups are formed and talk. */
export interface Threads {
  form(group: GroupKey, signal: AbortSignal): Promise<FormedGroup>
  measure(job: ThroughputJob, group: FormedGroup, signal: AbortSignal): Promise<Measured>
}

export type ThroughputOutcome = {
  readonly job: ThroughputJob
  readonly record: ThroughputRecord | ThroughputFailureRecord
}

/**
 * One after another, so that nothing else runs while one is measured; a group is formed when it is first needed.
 *
 * @throws AbortError when the signal says so
 */
export async function* runThroughput(
  jobs: readonly ThroughputJob[],
  threads: Threads,
  signal: AbortSignal,
): AsyncGenerator<ThroughputOutcome> {
  const groups = new Map<string, Promise<FormedGroup>>()
  const transcripts = new Map<string, Measured["transcript"]>()
  for (const job of jobs) {
    const name = `${job.protocol} ${job.groupSize}`
    try {
      const group = groups.get(name) ?? threads.form(job, signal)
      groups.set(name, group)
      const measured = await threads.measure(job, await group, signal)
      requireEverythingOpened(job, measured)
      requireSameBytes(transcripts.get(name), measured.transcript)
      transcripts.set(name, longer(transcripts.get(name), measured.transcript))
      yield { job, record: recordOf(job, measured) }
    } catch (error) {
      signal.throwIfAborted()
      const reason = error instanceof Error ? error.message : String(error)
      yield { job, record: { kind: "throughput-failure", ...keyOf(job), reason } }
    }
  }
}

export function keyOf({ protocol, suite, groupSize, threads, block }: ThroughputJob): ThroughputKey {
  return { protocol, channel: competitorNamed(protocol).channel, suite, groupSize, threads, block }
}

function recordOf(job: ThroughputJob, measured: Measured): ThroughputRecord {
  const { messages, opened, twoParty, broadcasts, elapsedNs } = measured
  return { kind: "throughput", ...keyOf(job), messages, deliveries: opened, twoParty, broadcasts, elapsedNs }
}

function requireEverythingOpened({ groupSize }: ThroughputJob, { messages, opened }: Measured): void {
  const deliveries = messages * (groupSize - 1)
  if (opened !== deliveries) throw new Error(`${opened} of ${deliveries} deliveries were opened`)
}

type Transcript = Measured["transcript"]

/** The turns before the clock started, as far as both have them, were the same on any threads and any suite. */
function requireSameBytes(known: Transcript | undefined, transcript: Transcript): void {
  for (const [turn, digest] of known ?? []) {
    if ((transcript.get(turn) ?? digest) !== digest)
      throw new Error(`other bytes in turn ${turn} than in an earlier measurement`)
  }
}

const longer = (known: Transcript | undefined, other: Transcript): Transcript =>
  known !== undefined && known.size > other.size ? known : other

/** A thread's whole part in a measurement: warm up, then talk while the clock runs. */
import { competitorNamed } from "../../protocols/registry.ts"
import type { Clock } from "../meter/clock.ts"
import { loadSuite } from "../run/suites.ts"
import type { Member } from "../sim/observer.ts"
import { Crew } from "./crew.ts"
import type { FormedGroup } from "./form.ts"
import type { ThroughputJob } from "./jobs.ts"
import { type Mail, Talk, type Waiting } from "./talk.ts"
import type { Tally } from "./tally.ts"
import { TIMEKEEPER } from "./turns.ts"

/** What a thread is given, as plain data. */
export type ThreadShare = Omit<FormedGroup, "members"> & {
  readonly job: ThroughputJob
  readonly thread: number
  /** Those members that live here. */
  readonly members: readonly Member[]
}

export type Measured = Tally & {
  /** From the first send until everything that was sent meanwhile was opened. */
  readonly elapsedNs: number
  /** Of the turns before the clock started. */
  readonly transcript: Tally["transcript"]
}

const NS_PER_MS = 1e6

/** @returns how to run it, once all that it needs is loaded; only the timekeeper's thread has a result */
export async function loadThread(
  share: ThreadShare,
  mail: Mail,
  clock: Clock,
): Promise<Waiting<Measured | undefined>> {
  const { job, thread, speakers, members, now } = share
  const protocol = competitorNamed(job.protocol).protocol(job)
  const createSuite = await loadSuite(job.suite)
  const crew = new Crew({ protocol, createSuite, speakers, members, now, payloadBytes: job.payloadBytes })
  const talk = new Talk({ crew, mail, thread, threads: job.threads, speakers })
  return thread === TIMEKEEPER ? keepTime(talk, job, clock) : talkAlong(talk)
}

function* keepTime(talk: Talk, { warmUpMs, measureMs }: ThroughputJob, clock: Clock): Waiting<Measured> {
  const { transcript } = yield* talk.phase(within(warmUpMs, clock), "digests")
  const began = clock()
  const tally = yield* talk.phase(within(measureMs, clock), "counts")
  return { ...tally, elapsedNs: clock() - began, transcript }
}

function* talkAlong(talk: Talk): Waiting<undefined> {
  yield* talk.phase(() => true, "digests")
  yield* talk.phase(() => true, "counts")
  return undefined
}

function within(ms: number, clock: Clock): () => boolean {
  const end = clock() + ms * NS_PER_MS
  return () => clock() < end
}

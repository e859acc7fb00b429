/** Threads without threads, for tests: their parts run in turn, in one isolate. */
import type { Clock } from "../meter/clock.ts"
import type { FormedGroup } from "./form.ts"
import type { ThroughputJob } from "./jobs.ts"
import type { Mail, Message } from "./talk.ts"
import { loadThread, type Measured } from "./thread.ts"
import { dealt, TIMEKEEPER } from "./turns.ts"

export const JOB: ThroughputJob = {
  protocol: "sender-keys",
  suite: "native",
  groupSize: 4,
  threads: 1,
  block: 0,
  seed: 1,
  payloadBytes: 32,
  periodMessages: 100,
  warmUpMs: 12,
  measureMs: 12,
}

/** Each look at the clock takes a millisecond, so that a measurement ends after as many turns on any machine. */
export function steppingClock(): Clock {
  let looks = 0
  return () => looks++ * 1e6
}

export type Posted = { readonly from: number; readonly to: number; readonly message: Message }

export type Trial = {
  /** What becomes of a message on its way; it is delivered as it is returned. */
  readonly onPost?: (posted: Posted) => Message
}

/** @returns what the timekeeper reports, with everything that crossed threads */
export async function talkInOneIsolate(job: ThroughputJob, group: FormedGroup, { onPost }: Trial = {}) {
  const own = structuredClone(group)
  const posted: Posted[] = []
  const boxes = Array.from({ length: job.threads }, (): Message[] => [])
  const clock = steppingClock()
  const parts = await Promise.all(
    boxes.map((box, thread) => {
      const members = dealt(own.members, job.threads, thread)
      const mail: Mail = {
        post(to, message) {
          const sent = { from: thread, to, message: structuredClone(message) }
          posted.push(sent)
          boxes[to]?.push(onPost?.(sent) ?? sent.message)
        },
        take: () => box.splice(0),
      }
      return loadThread({ ...own, job, thread, members }, mail, clock)
    }),
  )
  const results = new Map<number, Measured | undefined>()
  while (results.size < parts.length) {
    for (const [thread, part] of parts.entries()) {
      const { done, value } = part.next()
      if (done) results.set(thread, value)
      else if (value !== "waiting") await value
    }
  }
  return { measured: results.get(TIMEKEEPER) as Measured, posted }
}

/** Whether a thread that is measured had its core to itself. */
import { type Clock, monotonicClock } from "../bench/meter/clock.ts"
import { type ReadSystem, readSystem } from "../results/machine.ts"

/**
 * Do the work, and find for which share of its time this thread was ready to run and had no core.
 *
 * @returns `runQueueWaitShare` is left out where the kernel does not count
 */
export async function withWaitShare<T>(
  work: () => Promise<T>,
  read: ReadSystem = readSystem,
  clock: Clock = monotonicClock,
): Promise<{ readonly result: T; readonly runQueueWaitShare?: number }> {
  const [waitedBefore, start] = [waitedNs(read), clock()]
  const result = await work()
  const elapsedNs = clock() - start
  const waitedAfter = waitedNs(read)
  if (waitedBefore === undefined || waitedAfter === undefined) return { result }
  return { result, runQueueWaitShare: (waitedAfter - waitedBefore) / elapsedNs }
}

/** Since the thread began. The file's fields: time on a core, time in the queue for one, turns (sched-stats of Linux). */
export function waitedNs(read: ReadSystem = readSystem): number | undefined {
  const waited = read("/proc/thread-self/schedstat")?.split(" ")[1]
  return waited === undefined ? undefined : Number(waited)
}

/**
 * Looks out for what slows a thread. Other threads may take its core: the system counts that. Neighbours of a virtual machine
 * may use the other half of the same core, and nothing inside says so: they come and go within milliseconds, and code that
 * fills the core's units then takes up to twice its time.
 *
 * A probe is one X25519 of the native suite, some 30 µs of compiled code that always does the same. While it takes much
 * longer than the fastest one, so does everything else. What is kept is chosen by the probes alone, never by its own time:
 * what a member's steps cost by themselves, garbage included, stays in it.
 */
import type { Clock } from "../meter/clock.ts"
import { loadFastestSuite } from "./suites.ts"

export interface Lookout {
  /** Nanoseconds of a probe now or of the one before, whichever took longer; infinite if the thread had no core meanwhile. */
  sinceLast(): number
  /** Whether a probe of so many nanoseconds was slowed. */
  isSlowed(probeNs: number): boolean
  /** Nanoseconds of the fastest probe that this lookout made. */
  fastestNs(): number
}

/** Nanoseconds of one piece of work that is always the same. */
export type Probe = () => number

/** Nanoseconds that this thread has been ready to run and had no core, since it began; always 0 where nobody counts. */
export type WaitedNs = () => number

/** Shorter than any turn of another thread, longer than what an interrupt takes. */
const TOLERATED_WAIT_NS = 20e3

/** Probes lie within a few per cent of the fastest where nothing disturbs; the mildest neighbour seen makes it 12 %. */
const SLOWED = 1.08

/** @param knownNs - fastest probe that was seen on this machine a short while ago */
export function lookoutBy(probe: Probe, waitedNs: WaitedNs, knownNs = Number.POSITIVE_INFINITY): Lookout {
  let [fastest, last, waited] = [Number.POSITIVE_INFINITY, 0, waitedNs()]
  return {
    sinceLast: () => {
      // of two, since the first one may find its code gone from the cache
      const now = Math.min(probe(), probe())
      const waitedNow = waitedNs()
      const slower = waitedNow - waited > TOLERATED_WAIT_NS ? Number.POSITIVE_INFINITY : Math.max(last, now)
      ;[last, waited] = [now, waitedNow]
      fastest = Math.min(fastest, now)
      return slower
    },
    isSlowed: (probeNs) => probeNs > SLOWED * Math.min(fastest, knownNs),
    fastestNs: () => fastest,
  }
}

const COMPILE_PROBES = 100
/** Where nobody knows the fastest probe yet, it is looked for so long. */
const CALIBRATION_NS = 200e6

/** Load the probe and have it compiled. */
export async function createLookout(clock: Clock, waitedNs: WaitedNs, knownNs?: number): Promise<Lookout> {
  const work = await loadFixedWork()
  const probe: Probe = () => {
    const start = clock()
    work()
    return clock() - start
  }
  for (let probes = 0; probes < COMPILE_PROBES; probes++) probe()
  const lookout = lookoutBy(probe, waitedNs, knownNs)
  const end = clock() + (knownNs === undefined ? CALIBRATION_NS : 0)
  do lookout.sinceLast()
  while (clock() < end)
  return lookout
}

/** What a probe does: one X25519, always of the same numbers. */
export async function loadFixedWork(): Promise<() => void> {
  const suite = (await loadFastestSuite())((length) => new Uint8Array(length).fill(7))
  const { secret, public: point } = suite.keyPair()
  return () => void suite.dh(secret, point)
}

/** Is this machine fit to measure? Each check looks at one thing that has spoilt measurements before. */
import {
  availableBytes,
  coreQuota,
  coreTicks,
  cpuPressureShare,
  governorOf,
  isVirtual,
  loadAverage1m,
  type ReadSystem,
  smtOf,
  throttledTimes,
  turboOf,
} from "../../results/machine.ts"
import { formatBytes, formatNs, formatShare } from "../../results/units.ts"
import type { Clock } from "../meter/clock.ts"
import { NOISE_BLOCKS, noiseShare, resolutionNs } from "./noise.ts"

/** What is looked at; another one in tests. */
export type Machine = {
  readonly read: ReadSystem
  readonly clock: Clock
  /**
   * Some microseconds that are always the same, of the kind that is measured: cryptography fills the units of a core, and
   * shows a neighbour on its other half. Arithmetic that waits for itself does not.
   */
  readonly work: () => void
  /** That this process may use. */
  readonly cores: number
}

export type Finding = {
  readonly name: string
  /** `unknown`: the system does not say. */
  readonly verdict: "ok" | "warning" | "unknown"
  readonly found: string
  /** What to do about it; empty where all is well. */
  readonly advice: string
}

/** Takes about half a second, in which this thread works: load and pressure are looked at before. */
export function examine(machine: Machine): Finding[] {
  const { read, clock, work } = machine
  const still = STILL_CHECKS.map((check) => check(machine))
  const [ticksBefore, throttledBefore] = [coreTicks(read), throttledTimes(read)]
  const noise = noiseFinding(noiseShare(clock, work))
  return [
    ...still,
    noise,
    stealFinding(ticksBefore, coreTicks(read)),
    heatFinding(throttledBefore, throttledTimes(read)),
  ]
}

const ok = (name: string, found: string): Finding => ({ name, verdict: "ok", found, advice: "" })
const warning = (name: string, found: string, advice: string): Finding => {
  return { name, verdict: "warning", found, advice }
}
const unknown = (name: string, advice: string): Finding => {
  return { name, verdict: "unknown", found: "the system does not say", advice }
}

const MOST_LOAD = 0.5
/** Of time: for waiting in the queue, and for what a hypervisor takes. */
const MOST_LOST_SHARE = 0.01
const MOST_NOISE_SHARE = 0.05
const COARSEST_TIMER_NS = 1000
const LEAST_BYTES = 1e9

const STILL_CHECKS: readonly ((machine: Machine) => Finding)[] = [
  ({ cores }) => {
    if (cores > 1) return ok("cores", `${cores}`)
    return warning("cores", "1", "use a machine with 2: on one, everything else interrupts what is measured")
  },
  ({ read, cores }) => {
    const quota = coreQuota(read)
    if (quota === undefined || quota >= cores) return ok("quota", "no limit on the time of cores")
    const found = `${formatShare(quota)} of ${cores} cores`
    return warning("quota", found, "lift the limit of the container: a thread that used it up is stopped")
  },
  ({ read }) => {
    const smt = smtOf(read)
    if (smt === undefined) return unknown("smt", "leave every second core idle where two share one")
    if (smt === "off") return ok("smt", "off: no two cores share one")
    return warning(
      "smt",
      "on: two cores share one",
      "echo off | sudo tee /sys/devices/system/cpu/smt/control",
    )
  },
  ({ read }) => {
    const governor = governorOf(read)
    if (governor === undefined) return unknown("governor", "in a virtual machine the host decides; ask there")
    if (governor === "performance") return ok("governor", governor)
    return warning("governor", governor, "sudo cpupower frequency-set --governor performance")
  },
  ({ read }) => {
    const turbo = turboOf(read)
    if (turbo === undefined) return unknown("turbo", "in a virtual machine the host decides; ask there")
    if (turbo === "off") return ok("turbo", "off")
    return warning(
      "turbo",
      "on: the clock falls as cores warm up",
      "switch it off in /sys/devices/system/cpu",
    )
  },
  ({ read }) => {
    const virtual = isVirtual(read)
    if (virtual === undefined) return unknown("hardware", "compare within one run, not across runs")
    if (!virtual) return ok("hardware", "not shared by a hypervisor")
    const advice = "neighbours cannot be seen from here: compare within one run, not across runs"
    return warning("hardware", "virtual machine", advice)
  },
  ({ read, cores }) => {
    const load = loadAverage1m(read)
    if (load === undefined) return unknown("load", "see that nothing else runs")
    const found = `${formatShare(load)} on ${cores} cores, mean over a minute`
    if (load <= MOST_LOAD) return ok("load", found)
    return warning("load", found, "stop what else runs, or wait a minute if it has just ended")
  },
  ({ read }) => {
    const share = cpuPressureShare(read)
    if (share === undefined) return unknown("pressure", "see that nothing else runs")
    const found = `for ${percent(share)} of the last 10 s something waited for a core`
    if (share <= MOST_LOST_SHARE) return ok("pressure", found)
    return warning("pressure", found, "stop what else runs; what is measured waits too")
  },
  ({ clock }) => {
    const ns = resolutionNs(clock)
    const found = `steps of ${formatNs(ns)}`
    if (ns <= COARSEST_TIMER_NS) return ok("timer", found)
    return warning("timer", found, "use another clock source: a step of a member may take a few µs")
  },
  ({ read }) => {
    const bytes = availableBytes(read)
    if (bytes === undefined) return unknown("memory", "have 1 GB free, for groups of 1024 some 3 GB a core")
    const found = `${formatBytes(bytes)} available`
    if (bytes >= LEAST_BYTES) return ok("memory", `${found}; groups of 1024 take some 3 GB a core`)
    return warning("memory", found, "free 1 GB: a machine that swaps measures its disk")
  },
]

function noiseFinding(share: number): Finding {
  const found = `${NOISE_BLOCKS} blocks of the same work within ${percent(share)}`
  if (share <= MOST_NOISE_SHARE) return ok("noise", found)
  return warning(
    "noise",
    found,
    "something slows this core, on a virtual machine its neighbours: runs take longer; take --blocks 12 or a quieter time",
  )
}

type Ticks = ReturnType<typeof coreTicks>

function stealFinding(before: Ticks, after: Ticks): Finding {
  if (before === undefined || after === undefined) return unknown("steal", "see what the host does")
  const share = (after.stolen - before.stolen) / Math.max(1, after.all - before.all)
  const found = `${percent(share)} of the time went to other machines on this host`
  if (share <= MOST_LOST_SHARE) return ok("steal", found)
  return warning("steal", found, "use a host of your own, or a quieter time")
}

function heatFinding(before: number | undefined, after: number | undefined): Finding {
  if (before === undefined || after === undefined) return unknown("heat", "see that the cooling works")
  if (after === before) return ok("heat", "no core was slowed down meanwhile")
  return warning(
    "heat",
    `slowed down ${after - before} times meanwhile`,
    "see to the cooling, switch turbo off",
  )
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

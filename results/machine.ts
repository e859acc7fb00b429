/** What Linux says of the machine under /proc and /sys. A probe gives undefined where that is not said. */
import { readFileSync } from "node:fs"

/** The text of a system file, without white space around it; undefined where it cannot be read. */
export type ReadSystem = (path: string) => string | undefined

export const readSystem: ReadSystem = (path) => {
  try {
    return readFileSync(path, "utf8").trim()
  } catch {
    return undefined
  }
}

type Switch = "on" | "off"

const CPU = "/sys/devices/system/cpu"

/** How the kernel chooses the clock rate: `performance`, or several where cores differ: `performance powersave`. */
export function governorOf(read: ReadSystem): string | undefined {
  const governors = onlineCores(read).flatMap(
    (core) => read(`${CPU}/cpu${core}/cpufreq/scaling_governor`) ?? [],
  )
  return governors.length === 0 ? undefined : [...new Set(governors)].sort().join(" ")
}

/** Whether cores may run above their nominal clock rate for as long as they stay cool. */
export function turboOf(read: ReadSystem): Switch | undefined {
  const noTurbo = asSwitch(read(`${CPU}/intel_pstate/no_turbo`))
  if (noTurbo !== undefined) return noTurbo === "on" ? "off" : "on"
  return asSwitch(read(`${CPU}/cpufreq/boost`))
}

/** Whether two of the cores that we see may be one. */
export const smtOf = (read: ReadSystem): Switch | undefined => asSwitch(read(`${CPU}/smt/active`))

const asSwitch = (text: string | undefined): Switch | undefined =>
  text === "1" ? "on" : text === "0" ? "off" : undefined

/** How often a core was slowed down because it was too hot, since the machine started; summed over cores. */
export function throttledTimes(read: ReadSystem): number | undefined {
  const counts = onlineCores(read).flatMap(
    (core) => numberIn(read(`${CPU}/cpu${core}/thermal_throttle/core_throttle_count`)) ?? [],
  )
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0)
}

/** Whether a hypervisor shares the machine out to others. */
export function isVirtual(read: ReadSystem): boolean | undefined {
  const flags = /^flags\s*:(.*)$/m.exec(read("/proc/cpuinfo") ?? "")?.[1]
  return flags?.split(" ").includes("hypervisor")
}

/** Tasks that ran or wanted to, mean over the last minute. */
export const loadAverage1m = (read: ReadSystem): number | undefined => numberIn(read("/proc/loadavg"))

/** Share of the last 10 s in which some task was ready to run and had no core. */
export function cpuPressureShare(read: ReadSystem): number | undefined {
  const percent = numberIn(/^some avg10=([\d.]+)/m.exec(read("/proc/pressure/cpu") ?? "")?.[1])
  return percent === undefined ? undefined : percent / 100
}

/** Ticks of all cores since the machine started, and those of them that a hypervisor gave to others. */
export function coreTicks(read: ReadSystem): { readonly all: number; readonly stolen: number } | undefined {
  // user nice system idle iowait irq softirq steal; guests are counted in user (proc_stat(5))
  const line = /^cpu +(.*)$/m.exec(read("/proc/stat") ?? "")?.[1]
  const ticks = line?.split(" ").slice(0, 8).map(Number)
  const stolen = ticks?.[7]
  if (ticks === undefined || stolen === undefined) return undefined
  return { all: ticks.reduce((sum, each) => sum + each, 0), stolen }
}

const BYTES_PER_KIB = 1024

/** Memory that a new process could have without swapping. */
export function availableBytes(read: ReadSystem): number | undefined {
  const kibibytes = numberIn(/^MemAvailable: +(\d+) kB$/m.exec(read("/proc/meminfo") ?? "")?.[1])
  return kibibytes === undefined ? undefined : kibibytes * BYTES_PER_KIB
}

/** Cores' worth of time that the control group may use, where it is limited (cgroup v2, then v1). */
export function coreQuota(read: ReadSystem): number | undefined {
  const v1 = ["quota", "period"].map((name) => read(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`)).join(" ")
  const [quota, period] = (read("/sys/fs/cgroup/cpu.max") ?? v1).split(" ").map(Number)
  return quota !== undefined && quota > 0 && period !== undefined ? quota / period : undefined
}

/** From a list as `0-3,8`. */
function onlineCores(read: ReadSystem): number[] {
  return (read(`${CPU}/online`) ?? "").split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(numberIn)
    if (first === undefined || last === undefined) return []
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

/** The number that a text begins with. */
function numberIn(text: string | undefined): number | undefined {
  const value = Number.parseFloat(text ?? "")
  return Number.isNaN(value) ? undefined : value
}

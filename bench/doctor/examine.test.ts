import assert from "node:assert/strict"
import { test } from "node:test"
import type { Clock } from "../meter/clock.ts"
import { examine, type Finding, type Machine } from "./examine.ts"

const CPU = "/sys/devices/system/cpu"

/** A machine on which all is well. */
const QUIET: Readonly<Record<string, string>> = {
  [`${CPU}/online`]: "0-1",
  [`${CPU}/smt/active`]: "0",
  [`${CPU}/cpufreq/boost`]: "0",
  [`${CPU}/cpu0/cpufreq/scaling_governor`]: "performance",
  [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: "7",
  "/proc/cpuinfo": "flags : fpu sse",
  "/proc/loadavg": "0.10 0.10 0.10 1/100 1",
  "/proc/pressure/cpu": "some avg10=0.20 avg60=0 avg300=0 total=1",
  "/proc/stat": "cpu  100 0 0 900 0 0 0 5 0 0",
  "/proc/meminfo": "MemAvailable: 8000000 kB",
}

const TIMER_READINGS = 10_001

/** A clock of fine steps, on which the n-th reading while work is repeated comes so much later than the one before. */
function clockWith(laterNs: (reading: number) => number): Clock {
  let [now, readings] = [0, 0]
  return () => {
    now += readings < TIMER_READINGS ? 40 : laterNs(readings - TIMER_READINGS)
    readings++
    return now
  }
}

/** Blocks of one repetition, so that tests are quick. */
const STEADY = () => 8e6

const machine = (files: Readonly<Record<string, string>> = {}, other: Partial<Machine> = {}): Machine => {
  const all = { ...QUIET, ...files }
  return { read: (path) => all[path], clock: clockWith(STEADY), work: () => {}, cores: 2, ...other }
}

const findingIn = (findings: readonly Finding[], name: string): Finding =>
  findings.find((finding) => finding.name === name) ?? assert.fail(`nothing was found out about ${name}`)

test("a quiet machine gets no warning and no advice", () => {
  for (const { name, verdict, advice } of examine(machine()))
    assert.deepEqual([name, verdict, advice], [name, "ok", ""])
})

test("where the system says nothing, nothing is claimed but what was measured", () => {
  const findings = examine(machine({}, { read: () => undefined }))
  const measured = ["cores", "quota", "timer", "noise"]
  for (const { name, verdict, advice } of findings) {
    assert.equal(verdict, measured.includes(name) ? "ok" : "unknown", name)
    if (verdict === "unknown") assert.notEqual(advice, "")
  }
})

const TROUBLES: readonly (readonly [name: string, files: Record<string, string>, found: RegExp])[] = [
  ["quota", { "/sys/fs/cgroup/cpu.max": "50000 100000" }, /0.50 of 2 cores/],
  ["smt", { [`${CPU}/smt/active`]: "1" }, /on/],
  ["governor", { [`${CPU}/cpu1/cpufreq/scaling_governor`]: "powersave" }, /performance powersave/],
  ["turbo", { [`${CPU}/cpufreq/boost`]: "1" }, /on/],
  ["hardware", { "/proc/cpuinfo": "flags : fpu hypervisor" }, /virtual machine/],
  ["load", { "/proc/loadavg": "1.70 0 0" }, /1.70 on 2 cores/],
  ["pressure", { "/proc/pressure/cpu": "some avg10=14.00 " }, /14.0 % of the last 10 s/],
  ["memory", { "/proc/meminfo": "MemAvailable: 900000 kB" }, /922 MB available/],
]

for (const [name, files, found] of TROUBLES) {
  test(`${name}: trouble is seen, said in figures, and there is something to do about it`, () => {
    const findings = examine(machine(files))
    const warnings = findings.filter(({ verdict }) => verdict === "warning")
    assert.deepEqual(
      warnings.map((finding) => finding.name),
      [name],
    )
    assert.match(findingIn(findings, name).found, found)
    assert.notEqual(findingIn(findings, name).advice, "")
  })
}

test("one core is too few, and a clock of a millisecond too coarse", () => {
  assert.equal(findingIn(examine(machine({}, { cores: 1 })), "cores").verdict, "warning")
  let readings = 0
  const coarse: Clock = () => Math.floor(readings++ / 5) * 1e6
  const timer = findingIn(examine(machine({}, { clock: coarse })), "timer")
  assert.deepEqual([timer.verdict, timer.found], ["warning", "steps of 1.00 ms"])
})

test("noise is what blocks of the same work differ by, and a single slow repetition is none", () => {
  const noiseWith = (laterNs: (reading: number) => number) =>
    findingIn(examine(machine({}, { clock: clockWith(laterNs) })), "noise")
  const slower = noiseWith((reading) => (reading > 30 ? 8.8e6 : 8e6))
  assert.deepEqual([slower.verdict, slower.found], ["warning", "20 blocks of the same work within 9.1 %"])
  assert.equal(noiseWith((reading) => (reading % 20 === 0 ? 9e6 : 1e6)).verdict, "ok")
})

/** Files that read otherwise once the fixed work is under way. */
function changing(path: string, before: string, after: string): Machine {
  let reads = 0
  const read = (asked: string) => {
    if (asked !== path) return QUIET[asked]
    return reads++ === 0 ? before : after
  }
  return machine({}, { read })
}

test("time that a hypervisor took, and heat, count for as long as the fixed work ran", () => {
  const stolen = examine(changing("/proc/stat", "cpu  0 0 0 1000 0 0 0 50", "cpu  40 0 0 1050 0 0 0 60"))
  assert.deepEqual(
    [findingIn(stolen, "steal").verdict, findingIn(stolen, "steal").found],
    ["warning", "10.0 % of the time went to other machines on this host"],
  )
  const hot = examine(changing(`${CPU}/cpu0/thermal_throttle/core_throttle_count`, "7", "9"))
  assert.match(findingIn(hot, "heat").found, /slowed down 2 times/)
})

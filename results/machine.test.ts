import assert from "node:assert/strict"
import { test } from "node:test"
import {
  availableBytes,
  coreQuota,
  coreTicks,
  cpuPressureShare,
  governorOf,
  isVirtual,
  loadAverage1m,
  readSystem,
  smtOf,
  throttledTimes,
  turboOf,
} from "./machine.ts"

const CPU = "/sys/devices/system/cpu"
const reading = (files: Readonly<Record<string, string>>) => (path: string) => files[path]
const PROBES = {
  ...{ availableBytes, coreQuota, coreTicks, cpuPressureShare, governorOf, isVirtual },
  ...{ loadAverage1m, smtOf, throttledTimes, turboOf },
}

for (const [name, probe] of Object.entries(PROBES)) {
  test(`${name} says nothing where the system says nothing, or something else`, () => {
    assert.equal(
      probe(() => undefined),
      undefined,
    )
    assert.equal(
      probe(() => ""),
      undefined,
    )
    assert.equal(
      probe(() => "no such thing"),
      undefined,
    )
  })
}

test("governors of all cores that are switched on are named once each", () => {
  const files = {
    [`${CPU}/online`]: "0-1,3",
    [`${CPU}/cpu0/cpufreq/scaling_governor`]: "powersave",
    [`${CPU}/cpu1/cpufreq/scaling_governor`]: "performance",
    [`${CPU}/cpu2/cpufreq/scaling_governor`]: "ondemand",
    [`${CPU}/cpu3/cpufreq/scaling_governor`]: "performance",
  }
  assert.equal(governorOf(reading(files)), "performance powersave")
})

test("turbo is read from Intel's driver, whose file says the opposite, or from the common one", () => {
  assert.equal(
    turboOf(reading({ [`${CPU}/intel_pstate/no_turbo`]: "1", [`${CPU}/cpufreq/boost`]: "1" })),
    "off",
  )
  assert.equal(turboOf(reading({ [`${CPU}/intel_pstate/no_turbo`]: "0" })), "on")
  assert.equal(turboOf(reading({ [`${CPU}/cpufreq/boost`]: "0" })), "off")
  assert.equal(smtOf(reading({ [`${CPU}/smt/active`]: "1" })), "on")
})

test("throttling is summed over cores", () => {
  const files = {
    [`${CPU}/online`]: "0-1",
    [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: "2",
    [`${CPU}/cpu1/thermal_throttle/core_throttle_count`]: "3",
  }
  assert.equal(throttledTimes(reading(files)), 5)
})

test("a virtual machine is known by its flag, which is a word of its own", () => {
  const flags = (text: string) =>
    isVirtual(reading({ "/proc/cpuinfo": `model\t: x\nflags\t\t: fpu ${text} sse\n` }))
  assert.deepEqual([flags("hypervisor"), flags("hypervisors")], [true, false])
})

test("load, pressure, ticks and memory are read from their files", () => {
  const files = {
    "/proc/loadavg": "0.52 0.58 0.59 1/467 12345",
    "/proc/pressure/cpu": "some avg10=8.60 avg60=12.81 avg300=17.24 total=4915866872\nfull avg10=0.00",
    "/proc/stat": "cpu  10 20 30 400 5 6 7 22 9 9\ncpu0 1 1 1 1 1 1 1 1 1 1",
    "/proc/meminfo": "MemTotal:  24684084 kB\nMemAvailable:   1024 kB\n",
  }
  const read = reading(files)
  assert.equal(loadAverage1m(read), 0.52)
  assert.equal(cpuPressureShare(read)?.toFixed(3), "0.086")
  assert.deepEqual(coreTicks(read), { all: 500, stolen: 22 })
  assert.equal(availableBytes(read), 1_048_576)
})

test("a limit of cores is read from either version of control groups; without one there is none", () => {
  const v1 = (quota: string) => ({
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": quota,
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
  })
  assert.equal(coreQuota(reading({ "/sys/fs/cgroup/cpu.max": "150000 100000" })), 1.5)
  assert.equal(coreQuota(reading({ "/sys/fs/cgroup/cpu.max": "max 100000" })), undefined)
  assert.equal(coreQuota(reading(v1("50000"))), 0.5)
  assert.equal(coreQuota(reading(v1("-1"))), undefined)
})

test("a file that is not there reads as undefined", () => {
  assert.equal(readSystem("/proc/no/such/file"), undefined)
})

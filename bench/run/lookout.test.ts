import assert from "node:assert/strict"
import { test } from "node:test"
import { monotonicClock } from "../meter/clock.ts"
import { createLookout, lookoutBy } from "./lookout.ts"

/** Never without a core. */
const NEVER = () => 0

/** Probes that take what the list says, each looked at twice. */
function lookoutOf(probes: readonly number[], known?: number) {
  let calls = 0
  return lookoutBy(() => probes[calls++ >> 1] as number, NEVER, known)
}

test("of the two probes around a replay the slower one counts", () => {
  const lookout = lookoutOf([100, 150, 101])
  lookout.sinceLast()
  assert.equal(lookout.sinceLast(), 150)
  assert.equal(lookout.sinceLast(), 150)
})

test("a probe that finds its code gone from the cache is made again at once", () => {
  const probes = [140, 100]
  const lookout = lookoutBy(() => probes.shift() as number, NEVER)
  assert.equal(lookout.sinceLast(), 100)
})

test("slowed is what takes 8 % longer than the fastest probe so far, or than one that others saw; that is not passed on", () => {
  const lookout = lookoutOf([100])
  lookout.sinceLast()
  assert.deepEqual([107, 109].map(lookout.isSlowed), [false, true])
  const told = lookoutOf([100], 80)
  told.sinceLast()
  assert.deepEqual([told.isSlowed(100), told.fastestNs()], [true, 100])
})

test("a thread that had no core for a while is slowed, however fast the probes; the replay after it is not", () => {
  let waited = 5e6 // before the lookout began
  const lookout = lookoutBy(
    () => 100,
    () => waited,
  )
  assert.equal(lookout.sinceLast(), 100)
  waited += 3e6
  assert.equal(lookout.isSlowed(lookout.sinceLast()), true)
  waited += 5e3 // an interrupt
  assert.equal(lookout.isSlowed(lookout.sinceLast()), false)
})

test("on this machine a probe takes some microseconds, and repeats", async () => {
  const lookout = await createLookout(monotonicClock, NEVER)
  const fastest = lookout.fastestNs()
  assert.ok(fastest > 1e3 && fastest < 1e7, `${fastest}`)
  const again = (await createLookout(monotonicClock, NEVER)).fastestNs()
  assert.ok(Math.max(again, fastest) / Math.min(again, fastest) < 2)
})

test("who is told the fastest probe looks for none", async () => {
  let readings = 0
  const clock = () => readings++
  await createLookout(clock, NEVER, 1)
  assert.ok(readings < 1000)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { measure } from "./measure.ts"
import type { Pass } from "./scenarios.ts"

/** A clock that moves only when it is told to, and passes that take what they are told, nanoseconds. */
function simulated(passes: readonly (readonly [encryptNs: number, decryptNs: number])[]) {
  let now = 0
  const take = (ns: number) => () => {
    now += ns
  }
  const turns = passes.values()
  const pass: Pass = async (stopwatch) => {
    const [encryptNs, decryptNs] = turns.next().value ?? [0, 0]
    await stopwatch("encrypt", take(encryptNs))
    now += 1000 // a check, which is not under the clock
    await stopwatch("decrypt", take(decryptNs))
  }
  return { pass, clock: () => now }
}

const passes = (leastPasses: number) => ({ milliseconds: 0, leastPasses })

test("a row is the median over passes of the sum of its parts", async () => {
  const { pass, clock } = simulated([
    [10, 1],
    [20, 5],
    [30, 3],
  ])
  const { elapsedNs } = await measure("group-message-32", { pass }, passes(3), clock)
  assert.deepEqual(elapsedNs, { "encrypt 32 B": 20, "decrypt 32 B": 3, "both 32 B": 25 })
})

test("a part that comes twice in a pass counts twice", async () => {
  const { pass, clock } = simulated([
    [10, 1],
    [20, 2],
  ])
  const bothWays: Pass = async (stopwatch) => {
    await pass(stopwatch)
    await pass(stopwatch)
  }
  const { elapsedNs } = await measure("ping-pong", { pass: bothWays }, passes(1), clock)
  assert.deepEqual(elapsedNs, { "ping-pong": 33 })
})

test("the share is that of clocked passes, which take turns with plain ones and add nothing to their times", async () => {
  const turns: string[] = []
  const { pass, clock } = simulated(Array(6).fill([10, 30]))
  const noted = (name: string): Pass => {
    return (stopwatch) => {
      turns.push(name)
      return pass(stopwatch)
    }
  }
  const suiteClock = () => clock() / 2 // the suite works half of the time
  const underway = { pass: noted("plain"), clocked: { pass: noted("clocked"), suiteClock } }
  const times = await measure("ping-pong", underway, passes(3), clock)
  assert.deepEqual(times, { elapsedNs: { "ping-pong": 40 }, primitivesShare: { "ping-pong": 0.5 } })
  assert.deepEqual(turns, ["plain", "clocked", "plain", "clocked", "plain", "clocked"])
})

test("a block may have thousands of passes", async () => {
  const { pass, clock } = simulated(Array(3000).fill([1, 1]))
  const { elapsedNs } = await measure("ping-pong", { pass }, passes(3000), clock)
  assert.deepEqual(elapsedNs, { "ping-pong": 2 })
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { createNobleSuite } from "../../protocols/crypto/noble.ts"
import { registry } from "../../protocols/registry.ts"
import type { Clock } from "../meter/clock.ts"
import { replayOf as fixtureReplay, recordingOf, UNDISTURBED } from "./fixture.ts"
import { lookoutBy } from "./lookout.ts"
import type { RecordedMember, Recording } from "./recording.ts"
import { measure, type Replay, warmUp } from "./time.ts"

const TICK = 1000

/** A clock that moves by one tick each time it is read: a step then takes one tick. */
function tickingClock(): Clock {
  let now = 0
  return () => {
    now += TICK
    return now
  }
}

function replayOf(name: string, recording: Recording, createSuite = createNativeSuite): Replay {
  return fixtureReplay(name, recording, { createSuite, clock: tickingClock() })
}

const stepsOf = (members: readonly RecordedMember[]) =>
  members.reduce((sum, { steps }) => sum + steps.length, 0)

for (const { name } of registry) {
  for (const operation of ["create", "message", "add", "remove", "update", "heal"] as const) {
    test(`${name} ${operation}: only steps are under the clock; the group's time is the sum over its members`, async () => {
      const recording = await recordingOf(name, operation)
      const times = await measure(replayOf(name, recording), 0, UNDISTURBED)
      const { initiator, recipients, recipientCount, newcomer } = recording
      const recipientNs = (stepsOf(recipients) / recipients.length) * TICK
      assert.equal(times.initiatorNs, initiator.steps.length * TICK)
      assert.equal(times.recipientNs, recipientNs)
      assert.equal(times.newcomerNs, newcomer && newcomer.steps.length * TICK)
      assert.equal(times.groupNs, times.initiatorNs + recipientCount * recipientNs + (times.newcomerNs ?? 0))
      assert.deepEqual(
        [times.iterations, times.recipients, times.recipientsTimed],
        [1, operation === "remove" ? 4 : 5, 2],
      )
      assert.equal(newcomer === undefined, operation !== "add")
    })
  }

  test(`${name}: what was counted on one suite replays on the other`, async () => {
    const recording = await recordingOf(name, "heal", 3)
    assert.ok((await measure(replayOf(name, recording, createNobleSuite), 0, UNDISTURBED)).groupNs > 0)
  })

  test(`${name}: a replay that sends other bytes than were counted is worth nothing`, async () => {
    const recording = await recordingOf(name, "update")
    const [step] = recording.initiator.steps
    const packet = step?.sent[0] as Uint8Array
    packet[0] = (packet[0] as number) ^ 1
    await assert.rejects(() => measure(replayOf(name, recording), 0, UNDISTURBED), /other bytes/)
  })

  test(`${name}: nor is one that sends fewer or more packets`, async () => {
    for (const change of [(sent: readonly Uint8Array[]) => sent.slice(1), () => []]) {
      const recording = await recordingOf(name, "update")
      const { initiator } = recording
      const steps = initiator.steps.map((step) => ({ ...step, sent: change(step.sent) }))
      const altered = { ...recording, initiator: { ...initiator, steps } }
      await assert.rejects(() => measure(replayOf(name, altered), 0, UNDISTURBED), /other bytes/)
    }
  })

  test(`${name}: replays leave the recording as it was, so that each iteration is the same`, async () => {
    const recording = await recordingOf(name, "add")
    const before = structuredClone(recording)
    const replay = replayOf(name, recording)
    await warmUp(replay, 1)
    const times = await measure(replay, 1, UNDISTURBED)
    assert.deepEqual(recording, before)
    assert.ok(times.iterations > 1)
    assert.deepEqual(await measure(replay, 1, UNDISTURBED), times)
  })
}

test("the time of a block is the median over its iterations, which are kept in their order; the first decile stands beside it", async () => {
  const recording = await recordingOf("sender-keys", "message")
  const durations = [5, 900, 7, 6, 8]
  let [reads, now, steps] = [0, 0, 0]
  /** The initiator's step of each iteration takes what the list says, everything else nothing. */
  const clock: Clock = () => {
    // Before the first iteration one reading. In each: around each of three replays and around its step, one in the end
    const place = reads++ % 13
    if (place === 3) now += (durations[steps++] as number) * 1e6
    return now
  }
  const times = await measure({ ...replayOf("sender-keys", recording), clock }, 920, UNDISTURBED)
  assert.equal(times.iterations, 5)
  assert.equal(times.initiatorNs, 7e6)
  assert.deepEqual(times.firstDecile, { initiatorNs: 5e6, recipientNs: 0, groupNs: 5e6 })
  const inOrder = durations.map((milliseconds) => milliseconds * 1e6)
  assert.deepEqual(times.samples, { initiatorNs: inOrder, recipientNs: [0, 0, 0, 0, 0], groupNs: inOrder })
  assert.equal(times.recipientNs, 0)
})

test("what a step awaits is in its time; what waits while a step is done at once is not", async () => {
  const recording = await recordingOf("sender-keys", "message")
  let now = 0
  const replay = { ...replayOf("sender-keys", recording), clock: () => now }
  const { send } = replay.protocol
  const atOnce: typeof send = (...args) => {
    void Promise.resolve().then(() => {
      now += 9e6
    })
    return send(...args)
  }
  const later: typeof send = async (...args) => {
    await Promise.resolve()
    now += 7e6
    return send(...args)
  }
  const initiatorNs = async (step: typeof send) =>
    (await measure({ ...replay, protocol: { ...replay.protocol, send: step } }, 0, UNDISTURBED)).initiatorNs
  assert.equal(await initiatorNs(atOnce), 0)
  assert.equal(await initiatorNs(later), 7e6)
})

/**
 * An initiator alone, whose n-th replay takes so many milliseconds, with a probe behind it that takes so many
 * nanoseconds; the probe before the first replay takes 100.
 */
async function disturbed(replays: readonly (readonly [milliseconds: number, probeNs: number])[]) {
  const recording = await recordingOf("pairwise", "message")
  let [now, replay, probe] = [0, 0, -1]
  const { send } = replayOf("pairwise", recording).protocol
  const step: typeof send = (...args) => {
    now += (replays[replay++] as readonly [number, number])[0] * 1e6
    return send(...args)
  }
  const alone = { ...recording, recipients: [], recipientCount: 0 }
  const { protocol, ...rest } = replayOf("pairwise", alone)
  // a lookout takes the faster one of two probes
  const probeNs = () => (probe++ < 1 ? 100 : (replays[replay - 1]?.[1] as number))
  const lookout = lookoutBy(probeNs, () => 0)
  return { replay: { ...rest, protocol: { ...protocol, send: step }, clock: () => now }, lookout }
}

test("a replay beside which a probe was slow is made again, and is in no figure", async () => {
  const { replay, lookout } = await disturbed([
    [5, 100],
    [9, 150],
    [8, 101], // the probe before it was slow
    [6, 103],
    [7, 100],
  ])
  const times = await measure(replay, 18, lookout)
  assert.deepEqual(times.samples.initiatorNs, [5e6, 6e6, 7e6])
  assert.deepEqual([times.iterations, times.initiatorNs, times.slowedReplays], [3, 6e6, 2])
  assert.equal(times.slowed, undefined)
})

test("what seemed undisturbed is left out when a faster probe shows that it was not", async () => {
  const { replay, lookout } = await disturbed([
    [9, 100],
    [5, 80],
    [5, 80],
    [6, 80],
  ])
  const times = await measure(replay, 20, lookout)
  assert.deepEqual(times.samples.initiatorNs, [5e6, 6e6])
  assert.equal(times.slowedReplays, 2)
})

test("where the core is never left alone, patience ends and the block says so", async () => {
  const slowed = Array.from({ length: 30 }, () => [4, 150] as const)
  const { replay, lookout } = await disturbed(slowed)
  const times = await measure(replay, 10, lookout) // patience: 100 ms
  assert.deepEqual([times.slowed, times.iterations, times.slowedReplays], [true, 1, 24])
  assert.equal(times.initiatorNs, 4e6)
})

/** Members that take this long for their n-th replay, of which all steps count as one. */
async function gettingFaster(...replaysNs: readonly number[]) {
  const recording = await recordingOf("pairwise", "message")
  const { initiator } = recording
  let [now, reads, replays] = [0, 0, 0]
  const clock: Clock = () => {
    // around each replay once, and around its one step
    if (reads++ % 5 === 4) now += replaysNs[Math.min(replays++, replaysNs.length - 1)] as number
    return now
  }
  const alone = { ...recording, initiator, recipients: [], recipientCount: 0 }
  return { replay: { ...replayOf("pairwise", alone), clock }, made: () => replays }
}

test("a warm-up goes on until a part has got no faster for its share of the time, and ends with patience", async () => {
  const steady = await gettingFaster(1e6)
  await warmUp(steady.replay, 10)
  assert.equal(steady.made(), 11) // the best so far, then ten milliseconds
  const compiled = await gettingFaster(8e6, 4e6, 2e6, 1e6)
  await warmUp(compiled.replay, 10)
  assert.equal(compiled.made(), 4 + 10)
  const endless = await gettingFaster(...Array.from({ length: 200 }, (_, k) => 8e6 * 0.9 ** k))
  await warmUp(endless.replay, 5)
  assert.ok(endless.made() < 200)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { Packet } from "../../protocols/group.ts"
import { monotonicClock } from "./clock.ts"
import { Meter, type Roles } from "./meter.ts"

const ROLES: Roles = { initiator: "alice", recipients: ["bob", "carol"], newcomer: undefined }
const suite = createNativeSuite(seededRandom(seedRandom(1, "meter")))

const broadcast = (from: string, ...bytes: number[]): Packet => ({
  kind: "broadcast",
  from,
  bytes: Uint8Array.from(bytes),
})
const twoParty = (from: string, to: string, ...bytes: number[]): Packet => ({
  kind: "two-party",
  from,
  to,
  bytes: Uint8Array.from(bytes),
})

/** Each wave is a list of packets with the number of their recipients. */
function metered(...waves: (readonly (readonly [Packet, number])[])[]) {
  const meter = new Meter()
  for (const wave of waves) {
    meter.observer.onWave()
    for (const [packet, recipients] of wave) meter.observer.onUpload(packet, recipients)
  }
  return meter.exact(ROLES, [new Uint8Array(10), new Uint8Array(20)])
}

test("a broadcast is uploaded once and delivered to each recipient; a two-party packet once each way", () => {
  const exact = metered([
    [broadcast("alice", 1, 2, 3), 2],
    [twoParty("bob", "alice", 1, 2, 3, 4, 5), 1],
  ])
  const { broadcasts, deliveries, bytesUploaded, bytesDelivered, bytesUploadedByInitiator } = exact
  assert.deepEqual([exact.twoParty, broadcasts, deliveries], [1, 1, 3])
  assert.deepEqual([bytesUploaded, bytesDelivered, bytesUploadedByInitiator], [8, 11, 3])
})

test("a round is a wave in which somebody sent something", () => {
  const one = [[broadcast("alice", 1), 2]] as const
  assert.equal(metered().rounds, 0)
  assert.equal(metered([]).rounds, 0)
  assert.equal(metered([...one, ...one]).rounds, 1)
  assert.equal(metered(one, [], one).rounds, 2)
})

test("state is given for the largest member and in the mean", () => {
  const { stateBytesMax, stateBytesMean } = metered()
  assert.deepEqual([stateBytesMax, stateBytesMean], [20, 15])
})

test("the transcript depends on sender, addressee, bytes, their order and where packets end", () => {
  const packets: (readonly Packet[])[] = [
    [],
    [broadcast("alice", 1)],
    [broadcast("bob", 1)],
    [broadcast("alice", 2)],
    [twoParty("alice", "bob", 1)],
    [twoParty("alice", "carol", 1)],
    [broadcast("alice", 1), broadcast("bob", 1)],
    [broadcast("bob", 1), broadcast("alice", 1)],
    [broadcast("alice", 1, 2)],
    [broadcast("alice", 1), broadcast("alice", 2)],
  ]
  const transcripts = packets.map((wave) => metered(wave.map((packet) => [packet, 1] as const)).transcript)
  assert.equal(new Set(transcripts).size, packets.length)
})

test("operations are counted for the group, the initiator, and recipients in the mean and at most", () => {
  const meter = new Meter()
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((member) => meter.observeSuite(member, suite))
  alice?.keyPair()
  meter.reset() // before the operation
  alice?.keyPair()
  for (let times = 0; times < 3; times++) bob?.keyPair()
  carol?.keyPair()
  const { primitives } = meter.exact(ROLES, [])
  const counts = [primitives.group, primitives.initiator, primitives.recipientMax, primitives.recipientMean]
  assert.deepEqual(
    counts.map(({ keyPair }) => keyPair),
    [5, 1, 3, 2],
  )
  assert.equal(primitives.newcomer, undefined)
  assert.ok(counts.every(({ sign }) => sign === 0))
})

test("bytes are summed by operation and role beside the calls, and forgotten with them", () => {
  const meter = new Meter()
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((member) => meter.observeSuite(member, suite))
  alice?.random(99)
  meter.reset() // before the operation
  for (const length of [10, 20]) alice?.random(length)
  bob?.random(6)
  carol?.random(2)
  const { primitiveBytes, primitives } = meter.exact(ROLES, [])
  const { group, initiator, recipientMax, recipientMean } = primitiveBytes ?? primitives
  assert.deepEqual(
    [group, initiator, recipientMax, recipientMean].map(({ random }) => random),
    [38, 30, 6, 4],
  )
  assert.equal(primitives.group.random, 4)
})

test("a counted suite gives the same bytes, and a failed call is not counted", () => {
  const make = () => createNativeSuite(seededRandom(seedRandom(2, "meter")))
  const meter = new Meter()
  const counted = meter.observeSuite("alice", make())
  assert.deepEqual(counted.keyPair(), make().keyPair())
  const { secret, public: point } = counted.keyPair()
  assert.throws(() => counted.dh(secret, point.fill(0) as typeof point))
  const { keyPair, dh } = meter.operationsOf("alice")
  assert.deepEqual([keyPair, dh], [2, 0])
})

test("the clock goes forward, in nanoseconds", async () => {
  const start = monotonicClock()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const elapsed = monotonicClock() - start
  assert.ok(elapsed > 10e6 && elapsed < 10e9, `${elapsed}`)
})

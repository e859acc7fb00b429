import assert from "node:assert/strict"
import { test } from "node:test"
import { toHex } from "../../protocols/bytes.ts"
import { noOperations } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import { monotonicClock } from "./clock.ts"
import { Meter } from "./meter.ts"

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

type State = { readonly own: Uint8Array; readonly channels: Uint8Array }
const protocol = { channelsIn: (state) => (state as State).channels } as GroupProtocol<unknown>

/** Each wave is a list of packets with the number of their recipients. */
function metered(...waves: (readonly (readonly [Packet, number])[])[]) {
  const meter = new Meter()
  for (const wave of waves) {
    meter.observer.onWave()
    for (const [packet, recipients] of wave) meter.observer.onUpload(packet, recipients)
  }
  return meter.tally(protocol, [])
}

test("a broadcast is uploaded once and delivered to each recipient; a two-party packet once each way", () => {
  const { twoParty: pairwise, ...tally } = metered([
    [broadcast("alice", 1, 2, 3), 2],
    [twoParty("bob", "alice", 1, 2, 3, 4, 5), 1],
  ])
  assert.deepEqual([pairwise, tally.broadcasts, tally.deliveries], [1, 1, 3])
})

test("only the bytes of broadcasts are counted: those of channels are where the channels are played", () => {
  const { bytesUploaded, bytesDelivered, bytesUploadedBy } = metered([
    [broadcast("alice", 1, 2, 3), 2],
    [broadcast("alice", 1), 2],
    [twoParty("bob", "alice", 1, 2, 3, 4, 5), 1],
  ])
  assert.deepEqual([bytesUploaded, bytesDelivered], [4, 8])
  assert.deepEqual([...bytesUploadedBy], [["alice", 4]])
})

test("a round is a wave in which somebody sent something", () => {
  const one = [[broadcast("alice", 1), 2]] as const
  assert.equal(metered().rounds, 0)
  assert.equal(metered([]).rounds, 0)
  assert.equal(metered([...one, ...one]).rounds, 1)
  assert.equal(metered(one, [], one).rounds, 2)
  assert.equal(metered([[twoParty("bob", "alice", 1), 1]]).rounds, 1)
})

test("a member's state is given without its channels", () => {
  const state = { own: new Uint8Array(10), channels: new Uint8Array(500) }
  const { stateBytes } = new Meter().tally(protocol, [{ id: "alice", state }])
  assert.deepEqual([...stateBytes], [["alice", 10]])
})

test("the transcript depends on sender and bytes of each broadcast, their order and where they end", () => {
  const packets: (readonly Packet[])[] = [
    [],
    [broadcast("alice", 1)],
    [broadcast("bob", 1)],
    [broadcast("alice", 2)],
    [broadcast("alice", 1), broadcast("bob", 1)],
    [broadcast("bob", 1), broadcast("alice", 1)],
    [broadcast("alice", 1, 2)],
    [broadcast("alice", 1), broadcast("alice", 2)],
  ]
  const transcripts = packets.map((wave) =>
    toHex(metered(wave.map((packet) => [packet, 1] as const)).transcript),
  )
  assert.equal(new Set(transcripts).size, packets.length)
})

test("suite operations are counted by member, from the last reset on", () => {
  const meter = new Meter()
  const [alice, bob] = ["alice", "bob"].map((member) => meter.observeSuite(member, suite))
  alice?.keyPair()
  meter.reset() // before the operation
  alice?.keyPair()
  for (let times = 0; times < 3; times++) bob?.keyPair()
  const { operations } = meter.tally(protocol, [])
  alice?.keyPair() // a tally that was taken does not change any more
  const none = noOperations()
  assert.deepEqual(operations.get("alice")?.calls, { ...none, keyPair: 1 })
  assert.deepEqual(operations.get("bob")?.calls, { ...none, keyPair: 3 })
})

test("a counted suite gives the same bytes, and a failed call is not counted", () => {
  const make = () => createNativeSuite(seededRandom(seedRandom(2, "meter")))
  const meter = new Meter()
  const counted = meter.observeSuite("alice", make())
  assert.deepEqual(counted.keyPair(), make().keyPair())
  const { secret, public: point } = counted.keyPair()
  assert.throws(() => counted.dh(secret, point.fill(0) as typeof point))
  const { keyPair, dh } = meter.operationsOf("alice").calls
  assert.deepEqual([keyPair, dh], [2, 0])
})

test("the clock goes forward, in nanoseconds", async () => {
  const start = monotonicClock()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const elapsed = monotonicClock() - start
  assert.ok(elapsed > 10e6 && elapsed < 10e9, `${elapsed}`)
})

/** The two halves of a count, made up here, and what comes of them. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { noOperations, emptyTally as nothing, type Tally } from "../../protocols/crypto/counting.ts"
import { addOperations, type ChannelTally, emptyTally } from "../channels/tally.ts"
import { exactOf, type Roles } from "./exact.ts"
import { idleGroup } from "./fixture.ts"

const MEMBERS = ["m000", "m001", "m002"]
const ROLES: Roles = { initiator: "m000", recipients: ["m001", "m002"], newcomer: undefined }

const NOTHING = idleGroup(MEMBERS)

function channels(prepare: (tally: ChannelTally) => void = () => {}): ChannelTally {
  const tally = emptyTally(4)
  prepare(tally)
  return tally
}

const madeKeyPairs = (keyPair: number): Tally => ({ ...nothing(), calls: { ...noOperations(), keyPair } })
const drewBytes = (random: number): Tally => ({ ...nothing(), bytes: { ...noOperations(), random } })

const byMember = (...tallies: readonly Tally[]) =>
  new Map(tallies.map((tally, index) => [MEMBERS[index] as string, tally]))
const keyPairs = (...counts: readonly number[]) => byMember(...counts.map(madeKeyPairs))

test("bytes are those of broadcasts and those on channels; a channel's are delivered once", () => {
  const group = { ...NOTHING, bytesUploaded: 3, bytesDelivered: 6, bytesUploadedBy: new Map([["m000", 3]]) }
  const tally = channels(({ bytesUploaded }) => bytesUploaded.set([10, 20, 30]))
  const { bytesUploaded, bytesDelivered, bytesUploadedByInitiator } = exactOf(group, tally, ROLES)
  assert.deepEqual([bytesUploaded, bytesDelivered, bytesUploadedByInitiator], [63, 66, 13])
})

test("packets, rounds and notices are the group's to count, bundles the channels'", () => {
  const group = { ...NOTHING, twoParty: 1, broadcasts: 2, deliveries: 3, rounds: 4, notices: 5 }
  const tally = { ...channels(), prekeyBundles: 6, prekeyBundleBytes: 7 }
  const exact = exactOf(group, tally, ROLES)
  assert.deepEqual(
    [exact.twoParty, exact.broadcasts, exact.deliveries, exact.rounds, exact.notices],
    [1, 2, 3, 4, 5],
  )
  assert.deepEqual([exact.prekeyBundles, exact.prekeyBundleBytes], [6, 7])
})

test("state is given for the largest member and in the mean, of those in the group afterwards", () => {
  const stateBytes = new Map([
    ["m000", 10],
    ["m002", 0],
  ])
  const tally = channels(({ stateBytes: ofChannels }) => ofChannels.set([0, 1000, 20]))
  const { stateBytesMax, stateBytesMean } = exactOf({ ...NOTHING, stateBytes }, tally, ROLES)
  assert.deepEqual([stateBytesMax, stateBytesMean], [20, 15])
})

test("operations are counted for the group, the initiator, and recipients in the mean and at most", () => {
  const tally = channels((own) => addOperations(own, 1, madeKeyPairs(2)))
  const { primitives } = exactOf({ ...NOTHING, operations: keyPairs(1, 1, 1) }, tally, ROLES)
  const counts = [primitives.group, primitives.initiator, primitives.recipientMax, primitives.recipientMean]
  assert.deepEqual(
    counts.map(({ keyPair }) => keyPair),
    [5, 1, 3, 2],
  )
  assert.equal(primitives.newcomer, undefined)
  assert.ok(counts.every(({ sign }) => sign === 0))
})

test("bytes are summed by operation and role beside the calls", () => {
  const tally = channels((own) => addOperations(own, 1, drewBytes(4)))
  const operations = byMember(drewBytes(30), drewBytes(2), drewBytes(2))
  const { primitiveBytes, primitives } = exactOf({ ...NOTHING, operations }, tally, ROLES)
  const { group, initiator, recipientMax, recipientMean } = primitiveBytes ?? primitives
  assert.deepEqual(
    [group, initiator, recipientMax, recipientMean].map(({ random }) => random),
    [38, 30, 6, 4],
  )
})

test("a newcomer is shown apart, and alone nobody has recipients", () => {
  const roles = { initiator: "m000", recipients: [], newcomer: "m001" }
  const { primitives } = exactOf({ ...NOTHING, operations: keyPairs(1, 2) }, channels(), roles)
  assert.equal(primitives.newcomer?.keyPair, 2)
  assert.deepEqual([primitives.recipientMax.keyPair, primitives.recipientMean.keyPair], [0, 0])
})

test("the transcript depends on the broadcasts' and on each device's, in order of devices", () => {
  const bytes = (byte: number) => new Uint8Array(32).fill(byte)
  const transcriptOf = (broadcasts: number, ...devices: (readonly [device: number, byte: number])[]) => {
    const tally = channels(({ transcripts }) => {
      for (const [device, byte] of devices) transcripts.set(device, bytes(byte))
    })
    return exactOf({ ...NOTHING, transcript: bytes(broadcasts) }, tally, ROLES).transcript
  }
  const all = [
    transcriptOf(0),
    transcriptOf(1),
    transcriptOf(0, [1, 1]),
    transcriptOf(0, [1, 1], [2, 2]),
    transcriptOf(0, [1, 2], [2, 1]),
  ]
  assert.equal(new Set(all).size, all.length)
  assert.equal(transcriptOf(0, [2, 2], [1, 1]), transcriptOf(0, [1, 1], [2, 2]), "parts come in any order")
})

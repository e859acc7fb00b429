import assert from "node:assert/strict"
import { test } from "node:test"
import { registry } from "../../protocols/registry.ts"
import { JOB, type Posted, talkInOneIsolate } from "./fixture.ts"
import { formGroup } from "./form.ts"
import type { Message } from "./talk.ts"

const parcelsOf = (posted: readonly Posted[]) =>
  posted.flatMap(({ to, message }) => (message.kind === "parcel" ? [{ to, ...message.parcel }] : []))

const opening = (transcript: ReadonlyMap<number, string>, turns: number) =>
  Array.from({ length: turns }, (_, turn) => transcript.get(turn))

for (const { name: protocol } of registry) {
  test(`${protocol}: everybody reads everything, and any number of threads sends the same bytes`, async () => {
    const group = await formGroup({ ...JOB, protocol })
    const transcripts: ReadonlyMap<number, string>[] = []
    for (const threads of [1, 2, 3]) {
      const { measured } = await talkInOneIsolate({ ...JOB, protocol, threads }, group)
      assert.ok(measured.messages > JOB.groupSize)
      assert.equal(measured.opened, measured.messages * (JOB.groupSize - 1))
      transcripts.push(measured.transcript)
    }
    const turns = Math.min(...transcripts.map(({ size }) => size))
    assert.ok(turns > 2 * JOB.groupSize, "everybody spoke again after hearing everybody")
    const [alone, ...others] = transcripts.map((transcript) => opening(transcript, turns))
    for (const other of others) assert.deepEqual(other, alone)
  })
}

test("a broadcast crosses once to each other thread, not once to each member", async () => {
  const job = { ...JOB, groupSize: 6, threads: 3 }
  const { measured, posted } = await talkInOneIsolate(job, await formGroup(job))
  const turns = measured.transcript.size + measured.messages
  const parcels = parcelsOf(posted)
  assert.equal(parcels.length, turns * 2)
  for (const { packets } of parcels)
    assert.deepEqual(
      packets.map(({ kind }) => kind),
      ["broadcast"],
    )
})

test("two-party packets cross in one message to the thread of their recipients, and to no other", async () => {
  const job = { ...JOB, protocol: "pairwise", groupSize: 6, threads: 3 }
  const { measured, posted } = await talkInOneIsolate(job, await formGroup(job))
  const turns = measured.transcript.size + measured.messages
  const parcels = parcelsOf(posted)
  assert.equal(parcels.length, turns * 2)
  for (const { to, packets } of parcels) {
    const members = packets.map((packet) => packet.kind === "two-party" && Number(packet.to.slice(1)))
    assert.deepEqual(members, [to, to + 3])
  }
})

test("a member that renews in the middle takes its new key along, and it is counted", async () => {
  const job = { ...JOB, protocol: "periodic-sender-keys", periodMessages: 4, threads: 2 }
  const { measured } = await talkInOneIsolate(job, await formGroup(job))
  assert.equal(measured.opened, measured.messages * 3)
  assert.ok(measured.twoParty > 0 && measured.twoParty % 3 === 0)
  assert.equal(measured.broadcasts, measured.messages)
})

test("a payload shorter than the words of a turn, or none, is talked too", async () => {
  for (const payloadBytes of [0, 1, 100]) {
    const { measured } = await talkInOneIsolate({ ...JOB, payloadBytes }, await formGroup(JOB))
    assert.ok(measured.opened > 0)
  }
})

test("a measurement too short for a turn still has one", async () => {
  const job = { ...JOB, threads: 2, warmUpMs: 0, measureMs: 0 }
  const { measured } = await talkInOneIsolate(job, await formGroup(job))
  assert.ok(measured.messages > 0)
  assert.equal(measured.opened, measured.messages * 3)
})

/** The same message with one bit of its n-th packet flipped, once it has come to `turn`. */
function tampered(message: Message, turn: number): Message {
  const bytes = message.kind === "parcel" && message.parcel.turn === turn && message.parcel.packets[0]?.bytes
  if (bytes) bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
  return message
}

for (const protocol of ["sender-keys", "pairwise"]) {
  test(`${protocol}: one flipped bit between threads ends the talk, and the reason says where`, async () => {
    const onPost = ({ message }: Posted) => tampered(message, 5)
    const job = { ...JOB, protocol, threads: 2 }
    await assert.rejects(
      talkInOneIsolate(job, await formGroup(job), { onPost }),
      /^Error: m00\d cannot open what m001 sent in turn 5: /,
    )
  })
}

test("packets that are lost on their way end the talk", async () => {
  const onPost = ({ message }: Posted): Message =>
    message.kind === "parcel" && message.parcel.turn === 5
      ? { kind: "parcel", parcel: { turn: 5, packets: [] } }
      : message
  const job = { ...JOB, threads: 2 }
  await assert.rejects(
    talkInOneIsolate(job, await formGroup(job), { onPost }),
    /^Error: m00\d did not read what m001 said in turn 5$/,
  )
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { memberId } from "../../protocols/ids.ts"
import {
  byChannel,
  type Call,
  CallLog,
  type Calls,
  callAt,
  channelKey,
  endsOf,
  KINDS,
  type Segment,
  sameCalls,
  split,
} from "./calls.ts"

const SEGMENT: Segment = { phase: "counted", now: 0, wave: -1 }
const DEVICES = 12

type Noted = Pick<Call, "kind" | "me" | "peer" | "argument">

function logged(calls: readonly Noted[], segment = SEGMENT): Calls {
  const log = new CallLog()
  log.begin(segment)
  for (const { kind, me, peer, argument } of calls) log.note(kind, memberId(me), memberId(peer), argument)
  return log.finish()
}

/** All of `calls`, by channel, each in its order. */
const listed = (calls: Calls): Map<number, Call[]> =>
  new Map([...byChannel(calls)].map(([key, rows]) => [key, rows.map((row) => callAt(calls, row))]))

const notes = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...KINDS),
      me: fc.nat(DEVICES - 1),
      peer: fc.nat(DEVICES - 1),
      argument: fc.nat(1000),
    })
    .filter(({ me, peer }) => me !== peer),
  { maxLength: 60 },
)

test("what was noted is read again: who asked what of whom, and when", () => {
  const segments: readonly Segment[] = [SEGMENT, { phase: "probe", now: 7, wave: 2 }]
  const log = new CallLog()
  for (const segment of segments) {
    log.begin(segment)
    log.note("open", "m003", "m001", 5)
    log.note("decrypt", "m001", "m003", 0)
  }
  assert.deepEqual(
    listed(log.finish()).get(channelKey(1, 3)),
    segments.flatMap((segment) => [
      { kind: "open", segment, me: 3, peer: 1, argument: 5 },
      { kind: "decrypt", segment, me: 1, peer: 3, argument: 0 },
    ]),
  )
})

test("more calls than a log has room for at first are kept all the same", () => {
  const calls = Array.from(
    { length: 3000 },
    (_, argument): Noted => ({ kind: "open", me: 0, peer: 1, argument }),
  )
  const rows = listed(logged(calls)).get(channelKey(0, 1)) ?? []
  assert.deepEqual(
    rows.map(({ argument }) => argument),
    calls.map(({ argument }) => argument),
  )
})

test("one content for many peers is kept once, and is what its index gives", () => {
  const log = new CallLog()
  log.begin(SEGMENT)
  const [one, other] = [Uint8Array.of(1), Uint8Array.of(1)]
  const indices = [one, other, one].map((content) => log.indexOf(content))
  assert.equal(indices[0], indices[2])
  assert.equal(log.contentOf(log.placeholder(indices[1] as number)), other)
  assert.equal(log.placeholder(0), log.placeholder(0), "nor is what stands for it")
  assert.ok(log.finish().contents.length <= 2)
})

test("cut into parts no call is lost, none is there twice, and each channel's are in order and in one part", () => {
  fc.assert(
    fc.property(notes, fc.integer({ min: 1, max: 5 }), (calls, parts) => {
      const whole = listed(logged(calls))
      const pieces = split(logged(calls), parts).map(listed)
      assert.equal(pieces.length, parts)
      const keys = pieces.flatMap((piece) => [...piece.keys()])
      assert.equal(new Set(keys).size, keys.length, "a channel in two parts")
      assert.deepEqual(
        new Map(pieces.flatMap((piece) => [...piece])),
        new Map(keys.map((key) => [key, whole.get(key)])),
      )
      assert.equal(keys.length, whole.size)
    }),
  )
})

test("a device's channels with all devices before it are in the part that its number leaves as remainder", () => {
  fc.assert(
    fc.property(notes, fc.integer({ min: 1, max: 5 }), (calls, parts) => {
      for (const [index, piece] of split(logged(calls), parts).entries()) {
        for (const key of byChannel(piece).keys()) assert.equal(endsOf(key)[1] % parts, index)
      }
    }),
  )
})

test("a channel has one key from either end, and sorted the keys of one device stand together", () => {
  const device = fc.nat(1024)
  fc.assert(
    fc.property(device, device, device, (one, other, third) => {
      assert.equal(channelKey(one, other), channelKey(other, one))
      assert.deepEqual(endsOf(channelKey(one, other)), [Math.min(one, other), Math.max(one, other)])
      if (Math.max(one, other) < third) assert.ok(channelKey(one, other) < channelKey(0, third))
    }),
  )
})

test("calls are the same when every call and its content are, whatever the time", () => {
  const made = (call: Partial<Noted> = {}, segment: Partial<Segment> = {}, content = 1): Calls => {
    const calls = logged([{ kind: "encrypt", me: 0, peer: 1, argument: 0, ...call }], {
      ...SEGMENT,
      ...segment,
    })
    return { ...calls, contents: [Uint8Array.of(content)] }
  }
  assert.ok(sameCalls(made(), made()) && sameCalls(made(), made({}, { now: 1 })))
  const others = [
    made({ kind: "decrypt" }),
    made({ me: 2 }),
    made({ peer: 2 }),
    made({ argument: 1 }),
    made({}, { phase: "uncounted" }),
    made({}, { wave: 0 }),
    made({}, {}, 2),
    { ...made(), contents: [] },
    { ...made(), table: new Int32Array() },
  ]
  for (const other of others) assert.ok(!sameCalls(made(), other) && !sameCalls(other, made()))
})

/** One channel, played by itself: what it costs, and that it cannot be played wrongly unnoticed. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { memberId } from "../../protocols/ids.ts"
import { channelNamed } from "../../protocols/registry.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { Account } from "./account.ts"
import { byChannel, type Call, CallLog, channelKey, type Phase } from "./calls.ts"
import { Devices } from "./ends.ts"
import { Player } from "./player.ts"
import { type ChannelTally, operationsOf } from "./tally.ts"

const SIGNAL = channelNamed("signal")

/** Who is asked to do what, in which phase; each of the two is the other's peer. */
type Line = readonly [me: 0 | 1, kind: Call["kind"], phase?: Phase]

const OPENED: readonly Line[] = [
  [0, "open"],
  [0, "encrypt"],
  [1, "decrypt"],
]

function play(lines: readonly Line[], changes: Partial<TwoParty<unknown>> = {}): ChannelTally {
  const channel = { ...SIGNAL, ...changes }
  const log = new CallLog()
  let sent = 0
  for (const [me, kind, phase = "counted"] of lines) {
    log.begin({ phase, now: 0, wave: 0 })
    const argument = kind === "open" ? 1 : log.indexOf(Uint8Array.of(sent))
    log.note(kind, memberId(me), memberId(1 - me), argument)
    if (kind === "encrypt" && phase !== "probe") sent++
  }
  const calls = log.finish()
  const account = new Account(2)
  const between = new Devices(channel, createNativeSuite, 1).channel([0, 1])
  const rows = byChannel(calls).get(channelKey(0, 1)) ?? []
  new Player(channel, createNativeSuite).play(between, [0, 1], calls, rows, account)
  account.closeColumn(1)
  return account.tally
}

test("both ends of a channel are booked: bytes and operations, state, and the bundle it was opened with", () => {
  const tally = play([...OPENED, [1, "encrypt"], [0, "decrypt"]])
  assert.ok(tally.bytesUploaded.every((bytes) => bytes > 32))
  assert.ok(tally.stateBytes.every((bytes) => bytes > 64))
  assert.deepEqual([tally.prekeyBundles, tally.transcripts.size], [1, 1])
  assert.equal(operationsOf(tally, 0).calls.verify, 1, "of the signed prekey in the bundle")
  for (const device of [0, 1]) assert.equal(operationsOf(tally, device).calls.decryptCbc, 1)
})

test("what is not counted is played and not booked, and state is taken before it", () => {
  const after: readonly Line[] = [
    [1, "encrypt", "uncounted"],
    [0, "decrypt", "uncounted"],
  ]
  assert.deepEqual(play([...OPENED, ...after]), play(OPENED))
  const { bytesUploaded, prekeyBundles, operations, transcripts } = play(
    [...OPENED, ...after].map(([me, kind]) => [me, kind, "uncounted"]),
  )
  assert.deepEqual([prekeyBundles, transcripts.size], [0, 0])
  assert.ok([...bytesUploaded, ...operations].every((number) => number === 0))
})

test("a probe changes nothing: the next message is the same as without it", () => {
  const answer: readonly Line[] = [
    [1, "encrypt"],
    [0, "decrypt"],
  ]
  assert.deepEqual(play([...OPENED, [1, "encrypt", "probe"], ...answer]), play([...OPENED, ...answer]))
})

test("messages under way each way are opened first in, first out", () => {
  const opened: number[] = []
  const decrypt: typeof SIGNAL.decrypt = (...args) => {
    const content = SIGNAL.decrypt(...args)
    opened.push(...content)
    return content
  }
  const underWay: readonly Line[] = [
    [0, "encrypt"],
    [1, "encrypt"],
    [0, "encrypt"],
    [1, "decrypt"],
    [0, "decrypt"],
    [1, "decrypt"],
  ]
  play([...OPENED, ...underWay], { decrypt })
  assert.deepEqual(opened, [0, 1, 2, 3])
})

const DISORDER: readonly (readonly [what: string, lines: readonly Line[], reason: RegExp])[] = [
  ["a message on a channel that was not opened", [[0, "encrypt"]], /there is no channel/],
  [
    "a channel that is opened twice",
    [
      [0, "open"],
      [0, "open"],
    ],
    /opened twice/,
  ],
  ["a message that nobody sent", [...OPENED, [1, "decrypt"]], /nothing is under way/],
  [
    "a message that its sender is to open",
    [
      [0, "open"],
      [0, "encrypt"],
      [0, "decrypt"],
    ],
    /nothing is under way/,
  ],
]
for (const [what, lines, reason] of DISORDER) {
  test(`${what} ends the play`, () => assert.throws(() => play(lines), reason))
}

const FAULTS: readonly (readonly [what: string, changes: Partial<TwoParty<unknown>>, reason: RegExp])[] = [
  ["changes what it carries", { decrypt: () => utf8("other words") }, /changed what it carried/],
  [
    "draws from its member's own randomness",
    { encrypt: (_channels, { suite }) => suite.random(1) },
    /random/,
  ],
  [
    "fetches a bundle to encrypt",
    { encrypt: (_channels, { fetchBundle }, peer) => fetchBundle(peer) },
    /no bundle was to be fetched/,
  ],
]
for (const [what, changes, reason] of FAULTS) {
  test(`a channel that ${what} ends the play`, () => assert.throws(() => play(OPENED, changes), reason))
}

test("a channel must not expire between the two times at which it is taken for the same", () => {
  const channel = { ...SIGNAL, hasChannel: (_channels: unknown, { now }: { now: number }) => now < 10 }
  const resting = new Devices(channel, createNativeSuite, 1).channel([0, 1])
  const player = new Player(channel, createNativeSuite)
  player.requireTimeless(resting, 9)
  assert.throws(() => player.requireTimeless(resting, 10), /expired/)
})

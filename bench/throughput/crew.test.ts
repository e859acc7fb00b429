import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { createNobleSuite } from "../../protocols/crypto/noble.ts"
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import type { Awaitable, Effects, GroupProtocol, Packet } from "../../protocols/group.ts"
import { Crew } from "./crew.ts"

const SPEAKERS = ["m000", "m001", "m002", "m003"]

/** Says words as they are; what comes of a packet is the test's. */
function fakeProtocol(process: (packet: Packet) => Awaitable<Effects>): GroupProtocol<unknown> {
  const send = (_state: unknown, _context: unknown, bytes: Uint8Array): Effects => ({
    packets: [{ kind: "broadcast", bytes }],
  })
  return { send, process: (_state: unknown, _context: unknown, packet: Packet) => process(packet) } as never
}

const honest = ({ from, bytes }: Packet): Effects => ({ message: { from, plaintext: bytes } })

function crewOf(here: readonly string[], process: (packet: Packet) => Awaitable<Effects> = honest): Crew {
  const members = here.map((id) => ({ id, state: {}, random: seedRandom(1, id) }))
  const protocol = fakeProtocol(process)
  return new Crew({
    protocol,
    createSuite: createNobleSuite,
    speakers: SPEAKERS,
    members,
    now: 0,
    payloadBytes: 8,
  })
}

/** Everything that can be done before turn `end`, one string each. */
async function doAll(crew: Crew, end: number): Promise<string[]> {
  const done: string[] = []
  for (let work = crew.due(end); work !== undefined; work = crew.due(end)) {
    done.push(`${work.resident.id} ${work.kind}s ${work.resident.turn}`)
    if (work.kind === "speak") await crew.speak(work.resident)
    else await crew.open(work.resident)
  }
  return done
}

const parcel = (turn: number) => {
  const bytes = utf8(`turn ${turn}`.padEnd(8, "\0"))
  return { turn, packets: [{ kind: "broadcast", from: SPEAKERS[turn % 4] as string, bytes }] as const }
}

test("nobody speaks before it has opened everything that was said before", async () => {
  const done = await doAll(crewOf(SPEAKERS), 9)
  for (let turn = 0; turn < 9; turn++) {
    const speaker = SPEAKERS[turn % 4]
    const before = done.slice(0, done.indexOf(`${speaker} speaks ${turn}`))
    const own = before
      .filter((each) => each.startsWith(`${speaker} `))
      .map((each) => Number(each.split(" ")[2]))
    assert.deepEqual(
      own,
      Array.from({ length: turn }, (_, each) => each),
    )
  }
  assert.equal(done.length, 9 * 4)
})

test("the next speaker goes first, the others while it is elsewhere", async () => {
  const crew = crewOf(["m000", "m002"])
  assert.deepEqual(await doAll(crew, 9), ["m000 speaks 0", "m002 opens 0"])
  crew.take(parcel(1))
  assert.deepEqual(await doAll(crew, 9), ["m002 opens 1", "m002 speaks 2", "m000 opens 1", "m000 opens 2"])
})

test("parcels that overtake one another are opened in the order of turns", async () => {
  const crew = crewOf(["m003"])
  for (const turn of [2, 0]) crew.take(parcel(turn))
  assert.deepEqual(await doAll(crew, 9), ["m003 opens 0"])
  crew.take(parcel(1))
  assert.deepEqual(await doAll(crew, 9), ["m003 opens 1", "m003 opens 2", "m003 speaks 3"])
})

test("the next speaker waits for a member that lies four turns behind", async () => {
  const [near, far] = [crewOf(["m000", "m003"]), crewOf(["m000", "m003"])]
  for (const crew of [near, far]) await doAll(crew, 1)
  for (const turn of [1, 2]) near.take(parcel(turn))
  assert.deepEqual((await doAll(near, 4)).slice(0, 3), ["m003 opens 1", "m003 opens 2", "m003 speaks 3"])
  for (const turn of [1, 2, 4]) far.take(parcel(turn))
  assert.deepEqual((await doAll(far, 4)).slice(0, 3), ["m003 opens 1", "m000 opens 1", "m003 opens 2"])
})

test("members whose steps have to be awaited go through the same turns", async () => {
  const later = async (packet: Packet) => honest(packet)
  assert.deepEqual(await doAll(crewOf(SPEAKERS, later), 9), await doAll(crewOf(SPEAKERS), 9))
})

const wrong: readonly (readonly [
  what: string,
  process: (packet: Packet) => Awaitable<Effects>,
  reason: RegExp,
])[] = [
  ["reads other words", ({ from }) => ({ message: { from, plaintext: utf8("turn 9") } }), /did not read/],
  ["reads nothing", () => ({}), /m001 did not read what m000 said in turn 0$/],
  [
    "answers",
    (packet) => ({ ...honest(packet), packets: [{ kind: "broadcast", bytes: utf8("yes") }] }),
    /answered in turn 0/,
  ],
  [
    "throws",
    () => {
      throw new Error("bad mac")
    },
    /m001 cannot open what m000 sent in turn 0: bad mac$/,
  ],
  [
    "fails later",
    () => Promise.reject(new Error("bad mac")),
    /m001 cannot open what m000 sent in turn 0: bad mac$/,
  ],
]

for (const [what, process, reason] of wrong) {
  test(`a member that ${what} ends the talk`, async () => {
    const crew = crewOf(["m001"], process)
    crew.take(parcel(0))
    await assert.rejects(doAll(crew, 1), reason)
  })
}

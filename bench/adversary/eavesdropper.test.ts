/**
 * The thief at channels that it robbed neither end of finds nothing in an honest run. So that this can fail, it is
 * given the state of one more member here, and has to open that member's channels.
 */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { Packet } from "../../protocols/group.ts"
import { memberId } from "../../protocols/ids.ts"
import {
  type Competitor,
  channelNamed,
  competitorNamed,
  DEFAULT_SETTINGS,
  registry,
} from "../../protocols/registry.ts"
import { combine, countChannels, cut, ownPart, sumOf, tallyOf } from "../run/count.ts"
import { GroupCounter, type Theft } from "../run/count-group.ts"
import { listen, NATIVE, NO_PAYLOAD, restingGroup } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { membersOf, wavesOf } from "../sim/operations.ts"
import { Eavesdropper } from "./eavesdropper.ts"
import { type Loot, Thief } from "./thief.ts"

const SIZE = 4
const LEAK = 2
const EVERYBODY = new Set(membersOf(SIZE))
const heal = { operation: "heal", groupSize: SIZE, payload: NO_PAYLOAD } as const

/** The state of a member whom nobody should have robbed, as it was when the group was at rest. */
const leakOf = async (competitor: Competitor): Promise<unknown> =>
  (await restingGroup(competitor.protocol(DEFAULT_SETTINGS), SIZE)).member(memberId(LEAK)).state

function lootOf(competitor: Competitor, leak: unknown): Loot {
  const channels = competitor.protocol(DEFAULT_SETTINGS).channelsIn(leak)
  return { stolen: structuredClone(channels), live: structuredClone(channels) }
}

/** A heal of which the channels are played in `parts` under a thief with `leak`, if there is one. */
async function robbedHeal(competitor: Competitor, leak?: unknown) {
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 0 } // none but the victim is whole
  const counter = new GroupCounter(laboratory, { groupSize: SIZE, operations: ["heal"], payload: NO_PAYLOAD })
  const { forming } = await counter.form()
  const { part, calls } = await counter.perform("heal")
  const honest = part.theft as Theft
  const theft =
    leak === undefined ? honest : { ...honest, loots: honest.loots.map(() => lootOf(competitor, leak)) }
  return (parts: number) => {
    const tallies = cut(forming, new Map([["heal", calls]]), parts).map((piece, index) => {
      const work = { channel: competitor.channel, thefts: new Map([["heal", theft] as const]), ...piece }
      const [own] = countChannels(laboratory, SIZE, [work], { index, of: parts })
      assert.ok(own !== undefined)
      return tallyOf(own, "heal")
    })
    const channels = sumOf(tallies)
    return { channels, ...combine(SIZE, "heal", ownPart(part), channels) }
  }
}

/** By wave of a plain group's heal: packets between others than the first that each open with the leak alone. */
async function openedPlainly(competitor: Competitor, leak: unknown): Promise<number[]> {
  const protocol = competitor.protocol(DEFAULT_SETTINGS)
  const group = await restingGroup(protocol, SIZE)
  const wire = listen(group)
  const isForeign = (packet: Packet) =>
    packet.kind === "two-party" && packet.from !== memberId(0) && packet.to !== memberId(0)
  const opens = (packet: Packet) => Thief.steal(protocol, createNativeSuite, leak).hears(packet)
  return inTurn(wavesOf(heal, competitor), async (wave) => {
    wire.length = 0
    await group.perform(wave)
    const opened = await inTurn(wire.filter(isForeign), opens)
    return opened.filter(Boolean).length
  })
}

/** Four renewals that nobody asked for turn the leaked session as well: of those, one is played. */
const unhealing = (competitor: Competitor): Competitor =>
  competitor.healing[0] === "period-passes"
    ? { ...competitor, healing: competitor.healing.slice(0, 1) }
    : competitor

for (const competitor of registry.filter(({ channel }) => channel !== "none")) {
  describe(competitor.name, () => {
    test("with what the victim had, no channel of others opens", async () => {
      const { channels, healing } = (await robbedHeal(competitor))(1)
      assert.deepEqual([channels.opened.size, channels.readable.size], [0, 0])
      assert.equal(healing?.healed, true)
    })

    test("a leaked session of others opens what a plain thief opens with it, and the heal does not heal", async () => {
      const short = unhealing(competitor)
      const leak = await leakOf(short)
      const { channels, healing } = (await robbedHeal(short, leak))(1)
      const expected = await openedPlainly(short, leak)
      assert.deepEqual(
        expected.map((_, wave) => channels.opened.get(wave) ?? 0),
        expected,
      )
      const aftermath = expected.length
      assert.ok((channels.opened.get(aftermath) ?? 0) + (channels.readable.get(aftermath)?.size ?? 0) > 0)
      assert.deepEqual([healing?.healed, healing?.firstSafeRound], [false, null])
      const own = (await robbedHeal(short))(1).healing?.readableMessages ?? 0 // by the victim's copy alone
      assert.equal(healing?.readableMessages, own + expected.reduce((sum, opened) => sum + opened, 0))
    })

    test("it opens the same in however many parts the channels are played", async () => {
      const play = await robbedHeal(competitor, await leakOf(competitor))
      const whole = play(1)
      for (const parts of [2, 3]) assert.deepEqual(play(parts), whole)
    })
  })
}

test("the eavesdropper hears only in waves for which it has loot", async () => {
  const [competitor] = registry as [Competitor]
  const protocol = competitor.protocol(DEFAULT_SETTINGS)
  const group = await restingGroup(protocol, SIZE)
  const loot = lootOf(competitor, await leakOf(competitor))
  const wire = listen(group)
  await group.act(memberId(1), { kind: "update" })
  const packet = wire.find((one) => one.kind === "two-party" && one.to === memberId(LEAK))
  assert.ok(packet?.kind === "two-party")
  const eavesdropper = new Eavesdropper(memberId(0), EVERYBODY, [loot])
  const channel = channelNamed(competitor.channel)
  assert.deepEqual(
    [0, 0, 1, -1].map((wave) => eavesdropper.hears(channel, createNativeSuite, packet, wave)),
    [true, true, false, false],
    "and the same packet opens again: what one opened teaches it nothing",
  )
})

test("pairwise: after the heal a leaked session lets it read whoever speaks on that device's channels next", async () => {
  const pairwise = competitorNamed("pairwise")
  const { channels } = (await robbedHeal(pairwise, await leakOf(pairwise)))(1)
  const waves = pairwise.healing.length
  for (const wave of [waves - 1, waves]) {
    assert.deepEqual([...(channels.readable.get(wave) ?? [])].toSorted(), [1, 2, 3], `after wave ${wave}`)
  }
})

test("two eavesdroppers are alike when they robbed the same one of the same channels, wave by wave", async () => {
  const [competitor] = registry as [Competitor]
  const loot = async () => lootOf(competitor, await leakOf(competitor))
  const poor: Loot = { ...(await loot()), live: undefined }
  const one = new Eavesdropper(memberId(0), EVERYBODY, [await loot(), await loot()])
  assert.ok(one.isLike(new Eavesdropper(memberId(0), EVERYBODY, [await loot(), await loot()])))
  const others = [
    new Eavesdropper(memberId(1), EVERYBODY, [await loot(), await loot()]),
    new Eavesdropper(memberId(0), EVERYBODY, [await loot()]),
    new Eavesdropper(memberId(0), EVERYBODY, [await loot(), poor]),
  ]
  for (const other of others) assert.ok(!one.isLike(other) && !other.isLike(one))
})

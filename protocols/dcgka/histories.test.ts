/** Random histories: whatever members do at once, and in whatever order each of them hears of it, in the end all agree. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { signal } from "../two-party/signal.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { assertQuiet } from "../vectors/dcgka-quiet.ts"
import { drawFrom } from "../vectors/fuzz.ts"
import type { Draw } from "../vectors/protobuf-mutations.ts"
import { dcgka } from "./dcgka.ts"

const FOUNDERS = ["a", "b", "c", "d"]
const ACTIONS = ["update", "update", "remove", "add", "add again", "say", "say"] as const
/** More of them, to look for what is rare. */
const MORE = Number(process.env.FUZZ_CASES ?? 0)

type Deed = (typeof ACTIONS)[number]
type History = { readonly network: Network; readonly draw: Draw; readonly newcomers: string[] }

const pick = <T>(items: readonly T[], draw: Draw): T | undefined => items[draw(Math.max(1, items.length))]

/** One deed of somebody, before all have heard of the one before. */
function act({ network, draw, newcomers }: History, deed: Deed): void {
  const who = pick(network.members(), draw)
  if (who === undefined) return
  if (deed === "update") network.update(who)
  if (deed === "say") network.say(who)
  if (deed === "remove") removeSomebody(network, who, draw)
  if (deed === "add") newcomers.push(`n${newcomers.length}`)
  if (deed === "add") network.register(newcomers.at(-1) as string)
  if (deed === "add") network.add(who, newcomers.at(-1) as string)
  if (deed === "add again") addAgain(network, draw)
}

function removeSomebody(network: Network, who: string, draw: Draw): void {
  const known = network.members().filter((name) => network.knows(who, name))
  const whom = pick(known, draw)
  if (known.length > 2 && whom !== undefined) network.remove(who, whom)
}

/** A device that was removed, when nothing is under way to it any more. */
function addAgain(network: Network, draw: Draw): void {
  network.settle(draw)
  const gone = FOUNDERS.filter((name) => !network.isIn(name))
  const [who, whom] = [pick(network.members(), draw), pick(gone, draw)]
  if (who !== undefined && whom !== undefined) network.add(who, whom)
}

function play(channel: TwoParty<unknown>, label: string, deeds: number): void {
  const draw = drawFrom(label)
  const network = new Network(dcgka(channel), FOUNDERS)
  const history = { network, draw, newcomers: [] }
  network.create("a", FOUNDERS)
  for (let deed = 0; deed < deeds; deed++) {
    network.deliver(draw, draw(10))
    act(history, ACTIONS[draw(ACTIONS.length)] as Deed)
  }
  network.settle(draw)
  assertQuiet(network)
  for (const name of network.members()) network.say(name)
  network.settle(draw)
  assertQuiet(network)
}

for (const [channel, times] of [
  [twoSm as TwoParty<unknown>, 14],
  [signal as TwoParty<unknown>, 4],
] as const) {
  test(`over ${channel.name}: all end with the same members, secrets and chains, and read one another`, () => {
    for (let seed = 0; seed < times + MORE; seed++) {
      const label = `history ${seed}`
      assert.doesNotThrow(() => play(channel, label, 4 + (seed % 12)), label)
    }
  })
}

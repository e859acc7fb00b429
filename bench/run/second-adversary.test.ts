/** Heals that a thief who runs honest code takes for healed, and that are not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { concat, equal, key32, utf8 } from "../../protocols/bytes.ts"
import type { Packet } from "../../protocols/group.ts"
import { type Competitor, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { Mutation, Protocol } from "../adversary/mutants-fixture.ts"
import { NATIVE, NO_PAYLOAD } from "../sim/fixture.ts"
import { INITIATOR } from "../sim/operations.ts"
import { countAll } from "./count.ts"
import { judgedIn } from "./sampled-members.ts"

/** A member that renews its key by giving out the old one under a new id. */
const renaming =
  (member: string): Mutation =>
  (protocol) => ({
    ...protocol,
    update: (state, context) => {
      const old = state.own?.key.chainKey
      if (state.me !== member || old === undefined) return protocol.update(state, context)
      const { suite } = context
      const random = (length: number) => (length === old.length ? key32(old) : suite.random(length))
      return protocol.update(state, { ...context, suite: { ...suite, random } })
    },
  })

const NOTE = utf8("for you alone")
const isNote = ({ bytes }: Packet): boolean => equal(bytes.subarray(0, NOTE.length), NOTE)

/** Whoever renews its key gives it to one other in the clear as well. */
const telling: Mutation = (protocol) => ({
  ...protocol,
  update: (state, context) => {
    const effects = protocol.update(state, context)
    const to = state.members.find((member) => member !== state.me) as string
    const bytes = concat(NOTE, state.own?.key.chainKey as Uint8Array)
    return { ...effects, packets: [...(effects.packets ?? []), { kind: "two-party", to, bytes }] }
  },
  process: (state, context, packet) => (isNote(packet) ? {} : protocol.process(state, context, packet)),
  overhear: (stolen, live, context, packet) =>
    !isNote(packet) && protocol.overhear(stolen, live, context, packet),
})

function healOf(mutate: Mutation, groupSize: number) {
  const honest = competitorNamed("sender-keys")
  const competitor: Competitor = {
    ...honest,
    protocol: (settings, channel) => mutate(honest.protocol(settings, channel) as Protocol) as never,
  }
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 0 }
  return countAll(laboratory, { groupSize, operations: ["heal"], payload: NO_PAYLOAD })
}

const DISAGREEMENT =
  /the adversaries disagree .*: [1-9]\d* messages follow from the stolen state, the thief opened 0/

test("a member that keeps its chain key under a new id is found, in a group of any size in which it is judged", async () => {
  await assert.rejects(healOf(renaming("m003"), 5), DISAGREEMENT)
  const judged = [...judgedIn(70, NATIVE.seed)].filter((member) => member !== INITIATOR)
  await assert.rejects(healOf(renaming(judged.at(-1) as string), 70), DISAGREEMENT)
})

test("members that give their fresh keys to one other in the clear are found", async () => {
  await assert.rejects(healOf(telling, 5), DISAGREEMENT)
})

test("without anything wrong all messages are judged, and none follows", async () => {
  const heal = (await healOf((protocol) => protocol, 5)).get("heal")
  assert.deepEqual([heal?.healing?.judged, heal?.healing?.derivable], [5, 0])
})

/** A formed group under the ears of both adversaries: what every scenario begins with. */
import type { RandomSource } from "../../../protocols/crypto/suite.ts"
import type { Packet } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { Group, type GroupSnapshot } from "../../sim/group.ts"
import type { DeliveryOrder } from "../../sim/network.ts"
import { form, talk } from "../../sim/operations.ts"
import { settlingOf } from "../../sim/settling.ts"
import { DerivationLog } from "../derivability.ts"
import { leavesOf } from "../plain-data.ts"
import { Thief } from "../thief.ts"
import type { ReadFinding, Setting } from "./setting.ts"
import { Speeches } from "./speeches.ts"

/** A formed group under the ears of the adversaries. */
export type Stage = {
  readonly group: Group
  readonly log: DerivationLog
  readonly wire: Packet[]
  readonly speeches: Speeches
}

/** What a stage begins with: nothing, or what happened on another. */
type Opening = Pick<Stage, "wire" | "speeches"> & {
  readonly earlier: DerivationLog
  readonly snapshot?: GroupSnapshot
}

function curtainUp({ protocol, createSuite, seed }: Setting, order: DeliveryOrder, opening: Opening): Stage {
  const { wire, speeches } = opening
  const log = opening.earlier.continued((plaintext) => speeches.isIn(plaintext))
  const options = { seed, createSuite: (random: RandomSource) => log.observe(createSuite(random)), order }
  const group = new Group(protocol, options, opening.snapshot)
  log.listenTo(group)
  group.observe({
    onStep: ({ member, step }) =>
      step.kind === "send" ? speeches.says(member, step.plaintext, log.encryptions) : speeches.isSilent(),
    onUpload: (packet) => {
      wire.push(packet)
      speeches.uploads(packet, log.encryptions)
    },
  })
  return { group, log, wire, speeches }
}

/** @throws NotPlainData */
export async function stage(setting: Setting, order: DeliveryOrder): Promise<Stage> {
  const opening = { wire: [], speeches: new Speeches(), earlier: new DerivationLog() }
  const scene = curtainUp(setting, order, opening)
  const { group } = scene
  await form(group, setting.groupSize)
  for (const wave of settlingOf(setting.settling, group.roster, setting.seed)) await group.perform(wave)
  await talk(group, group.roster)
  for (const { id, state } of group.release().members) leavesOf(state, `${id}'s state`) // it will be copied
  return scene
}

const formed = new WeakMap<Setting, Promise<Stage>>()

/** Where everything arrives in order, to form takes longest and comes out the same: it is done once for a setting. */
export async function copiedStage(setting: Setting): Promise<Stage> {
  const { group, log, wire, speeches } = await formedOnce(setting)
  group.requireAllHeard()
  const opening = {
    wire: [...wire],
    speeches: speeches.continued(),
    earlier: log,
    snapshot: group.snapshot(),
  }
  return curtainUp(setting, "total", opening)
}

/** A copy of the group alone, where nobody reads and derives. */
export async function copiedGroup(setting: Setting): Promise<Group> {
  const { group } = await formedOnce(setting)
  return new Group(setting.protocol, setting, group.snapshot())
}

function formedOnce(setting: Setting): Promise<Stage> {
  const original = formed.get(setting) ?? stage(setting, "total")
  formed.set(setting, original)
  return original
}

/** @throws NotPlainData for a state that a copy would not have all of */
export function steal({ protocol, createSuite }: Setting, { group }: Stage, victim: MemberId): Thief {
  const { state } = group.member(victim)
  leavesOf(state, `${victim}'s state`)
  return Thief.steal(protocol, createSuite, state)
}

/** What the adversaries read: packets that opened, and positions in the log. */
export const findingOf = (
  { speeches }: Stage,
  opened: readonly Packet[],
  derivable: readonly number[],
): ReadFinding => ({
  kind: "read",
  opened: opened.length,
  derivable: derivable.length,
  first: speeches.firstOf(opened, derivable),
})

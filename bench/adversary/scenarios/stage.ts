/** A formed group under the ears of both adversaries: what every scenario begins with. */
import type { RandomSource } from "../../../protocols/crypto/suite.ts"
import type { Packet } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import { Group, type GroupSnapshot } from "../../sim/group.ts"
import type { DeliveryOrder } from "../../sim/network.ts"
import { form, talk } from "../../sim/operations.ts"
import { settlingOf } from "../../sim/settling.ts"
import { DerivationLog } from "../derivability.ts"
import { Thief } from "../thief.ts"
import type { Setting } from "./setting.ts"

/** A formed group under the ears of the adversaries. */
export type Stage = {
  readonly group: Group
  readonly log: DerivationLog
  readonly wire: Packet[]
  /** What members said, as text. */
  readonly said: Set<string>
}

/** What a stage begins with: nothing, or what happened on another. */
type Opening = Pick<Stage, "wire" | "said"> & {
  readonly earlier: DerivationLog
  readonly snapshot?: GroupSnapshot
}

function curtainUp({ protocol, createSuite, seed }: Setting, order: DeliveryOrder, opening: Opening): Stage {
  const { wire, said } = opening
  const log = opening.earlier.continued((plaintext) => carriesAny(said, plaintext))
  const options = { seed, createSuite: (random: RandomSource) => log.observe(createSuite(random)), order }
  const group = new Group(protocol, options, opening.snapshot)
  group.observe({
    onUpload: (packet) => wire.push(packet),
    onStep: ({ step }) => step.kind === "send" && said.add(new TextDecoder().decode(step.plaintext)),
  })
  return { group, log, wire, said }
}

export async function stage(setting: Setting, order: DeliveryOrder): Promise<Stage> {
  const scene = curtainUp(setting, order, { wire: [], said: new Set(), earlier: new DerivationLog() })
  const { group } = scene
  await form(group, setting.groupSize)
  for (const wave of settlingOf(setting.settling, group.roster, setting.seed)) await group.perform(wave)
  await talk(group, group.roster)
  return scene
}

const formed = new WeakMap<Setting, Promise<Stage>>()

/** Where everything arrives in order, to form takes longest and comes out the same: it is done once for a setting. */
export async function copiedStage(setting: Setting): Promise<Stage> {
  const { group, log, wire, said } = await formedOnce(setting)
  group.requireAllHeard()
  const opening = { wire: [...wire], said: new Set(said), earlier: log, snapshot: group.snapshot() }
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

/**
 * What a thief must not read is what members say. Other ciphertexts lead to that or to nothing: those that name the
 * sender of a message (MLS, RFC 9420 §6.3.2) may be read by all who know the epoch.
 */
const carriesAny = (said: ReadonlySet<string>, plaintext: Uint8Array): boolean =>
  [...said].some((words) => Buffer.from(plaintext).includes(words))

export const steal = ({ protocol, createSuite }: Setting, { group }: Stage, victim: MemberId): Thief =>
  Thief.steal(protocol, createSuite, group.member(victim).state)

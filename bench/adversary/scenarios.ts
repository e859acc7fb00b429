/**
 * The claims, played: what happens around a theft, and whether the adversaries read what they should not. A
 * scenario knows nothing of any protocol; it says what members do.
 */
import type { CreateSuite, RandomSource } from "../../protocols/crypto/suite.ts"
import type { ClaimName, GroupProtocol, HealingRound, Packet, TreeState } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { PERIOD_SECONDS } from "../../protocols/registry.ts"
import { Group, type GroupSnapshot } from "../sim/group.ts"
import type { DeliveryOrder } from "../sim/network.ts"
import {
  beforehand,
  form,
  healingWave,
  INITIATOR,
  membersOf,
  newcomerOf,
  talk,
  wavesOf,
} from "../sim/operations.ts"
import { settlingOf } from "../sim/settling.ts"
import type { Wave } from "../sim/step.ts"
import { DerivationLog } from "./derivability.ts"
import { Thief } from "./thief.ts"

export type Setting = {
  readonly protocol: GroupProtocol<unknown>
  readonly createSuite: CreateSuite
  readonly seed: number
  readonly groupSize: number
  /** Of the group when the theft comes; by default nothing has happened to it. */
  readonly tree?: TreeState | undefined
}

/** What the two adversaries read of the messages at stake. */
export type Finding = {
  /** Packets that the thief opened. */
  readonly opened: number
  /** Messages whose key follows from the stolen state. */
  readonly derivable: number
}

export type Scenario = (setting: Setting) => Promise<Finding>

/** Written down here once more: what a claim means must not depend on what a competitor says it needs. */
const HEAL_CHANNELS: readonly HealingRound[] = [
  "victim-ratchets-channels",
  "peers-ratchet-channels",
  "victim-ratchets-channels",
]

/** How long members go on talking in `healsInTraffic`. */
const PERIODS = 4

export const SCENARIOS: Readonly<Record<ClaimName, Scenario>> = {
  forwardSecrecy,
  joinerCannotReadPast,
  removedCannotReadFuture,
  healsAfterOwnUpdate: afterTheft(() => [updates([INITIATOR])]),
  healsAfterOthersUpdate: afterTheft((members) => members.slice(1).map((member) => updates([member]))),
  healsAfterChannelSteps: afterRounds(HEAL_CHANNELS),
  healsAfterEveryonesUpdate: afterRounds(["everyone-updates"]),
  healsAfterAllButOneUpdate: afterTheft((members) => [
    ...inRounds(HEAL_CHANNELS, members),
    updates(members.slice(0, -1)),
  ]),
  healsAfterChannelStepsThenUpdates: afterRounds([...HEAL_CHANNELS, "everyone-updates"]),
  healsAfterRemovalOfAnother: afterTheft(({ length: groupSize }) =>
    wavesOf({ operation: "remove", groupSize, payload: new Uint8Array() }, []),
  ),
  healsAfterRemovalByAnother: afterTheft((members) => [
    { actions: [[members[1] as MemberId, { kind: "remove", member: members.at(-1) as MemberId }]] },
    { actions: members.slice(0, -1).map((member) => [member, { kind: "prepare" }]) },
  ]),
  healsInTraffic: afterTheft((members) => Array.from({ length: PERIODS }, () => period(members)).flat()),
}

/** The member whose state is stolen does `rounds` with the others. */
export function afterRounds(rounds: readonly HealingRound[]): Scenario {
  return afterTheft((members) => inRounds(rounds, members))
}

const inRounds = (rounds: readonly HealingRound[], members: readonly MemberId[]): Wave[] =>
  rounds.map((round) => healingWave(round, INITIATOR, members))

const updates = (members: readonly MemberId[]): Wave => ({
  actions: members.map((member) => [member, { kind: "update" }]),
})

/** A renewal period passes, then each member speaks in turn. */
const period = (members: readonly MemberId[]): Wave[] =>
  members.map((member, index) => ({
    afterSeconds: index === 0 ? PERIOD_SECONDS : 0,
    actions: [[member, { kind: "send", plaintext: words(member) }]],
  }))

const words = (member: MemberId): Uint8Array => new TextEncoder().encode(`${member} has something to say`)

/** Everybody speaks before anybody hears the others. */
const everyoneSpeaks = (members: readonly MemberId[]): Wave => ({
  actions: members.map((member) => [member, { kind: "send", plaintext: words(member) }]),
})

/** A formed group under the ears of the adversaries. */
type Stage = {
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

async function stage(setting: Setting, order: DeliveryOrder): Promise<Stage> {
  const scene = curtainUp(setting, order, { wire: [], said: new Set(), earlier: new DerivationLog() })
  const { group } = scene
  await form(group, setting.groupSize)
  for (const wave of settlingOf(setting.tree, group.roster, setting.seed)) await group.perform(wave)
  await talk(group, group.roster)
  return scene
}

const formed = new WeakMap<Setting, Promise<Stage>>()

/** Where everything arrives in order, to form takes longest and comes out the same: it is done once for a setting. */
async function copiedStage(setting: Setting): Promise<Stage> {
  const original = formed.get(setting) ?? stage(setting, "total")
  formed.set(setting, original)
  const { group, log, wire, said } = await original
  group.requireAllHeard()
  const opening = { wire: [...wire], said: new Set(said), earlier: log, snapshot: group.snapshot() }
  return curtainUp(setting, "total", opening)
}

/**
 * What a thief must not read is what members say. Other ciphertexts lead to that or to nothing: those that name the
 * sender of a message (MLS, RFC 9420 §6.3.2) may be read by all who know the epoch.
 */
const carriesAny = (said: ReadonlySet<string>, plaintext: Uint8Array): boolean =>
  [...said].some((words) => Buffer.from(plaintext).includes(words))

const steal = ({ protocol, createSuite }: Setting, { group }: Stage, victim: MemberId): Thief =>
  Thief.steal(protocol, createSuite, group.member(victim).state)

/** Steal the first member's state, let `waves` happen, then ask who can read what everybody says next. */
function afterTheft(waves: (members: readonly MemberId[]) => readonly Wave[]): Scenario {
  return async (setting) => {
    const scene = await copiedStage(setting)
    const { group, log, wire } = scene
    const thief = steal(setting, scene, INITIATOR)
    const state = structuredClone(group.member(INITIATOR).state)
    wire.length = 0
    for (const wave of waves(membersOf(setting.groupSize))) await group.perform(wave)
    await thief.hearsAll(wire.splice(0))
    const start = log.encryptions
    await group.perform(everyoneSpeaks(group.roster))
    return { opened: await thief.hearsAll(wire), derivable: log.readable(state, start, log.encryptions) }
  }
}

/** Messages arrive in any order, so that keys are stored for later; then all have arrived, and the theft comes. */
async function forwardSecrecy(setting: Setting): Promise<Finding> {
  const scene = await stage(setting, "reordered")
  const { group, log, wire } = scene
  const twice = everyoneSpeaks(group.roster).actions
  await group.perform({ actions: [...twice, ...twice] })
  await group.perform(updates(group.roster))
  await group.perform({ actions: [...twice, ...twice] })
  group.requireAllHeard()
  // The first opened its channels, the last answered on all of its own: they hold different keys
  const victims = [INITIATOR, group.roster.at(-1) as MemberId]
  const states = victims.map((victim) => group.member(victim).state)
  const opened = victims.map((victim) => steal(setting, scene, victim).hearsAll(wire))
  return {
    opened: sum(await Promise.all(opened)),
    derivable: sum(states.map((state) => log.readable(state, 0, log.encryptions))),
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

async function joinerCannotReadPast(setting: Setting): Promise<Finding> {
  const scene = await copiedStage(setting)
  const { group, log, wire } = scene
  const task = { operation: "add", groupSize: setting.groupSize, payload: new Uint8Array() } as const
  const [past, end] = [wire.slice(), log.encryptions]
  await beforehand(group, task)
  for (const wave of wavesOf(task, [])) await group.perform(wave)
  await talk(group, group.roster)
  const newcomer = newcomerOf(setting.groupSize)
  const derivable = log.readable(group.member(newcomer).state, 0, end)
  return { opened: await steal(setting, scene, newcomer).hearsAll(past), derivable }
}

async function removedCannotReadFuture(setting: Setting): Promise<Finding> {
  const scene = await copiedStage(setting)
  const { group, log, wire } = scene
  const removed = membersOf(setting.groupSize).at(-1) as MemberId
  const thief = steal(setting, scene, removed)
  const state = structuredClone(group.member(removed).state)
  const start = log.encryptions
  wire.length = 0
  const task = { operation: "remove", groupSize: setting.groupSize, payload: new Uint8Array() } as const
  for (const wave of wavesOf(task, [])) await group.perform(wave)
  await group.perform(everyoneSpeaks(group.roster))
  return { opened: await thief.hearsAll(wire), derivable: log.readable(state, start, log.encryptions) }
}

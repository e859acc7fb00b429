/**
 * The counting run of a cell: the whole group goes through the operation once. It gives the exact measures, the
 * adversary's verdict, and the recording from which the times are taken.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Competitor, Settings } from "../../protocols/registry.ts"
import type { Exact, Healing, Operation } from "../../results/schema.ts"
import { Compromise, verdict, type WaveReport } from "../adversary/heal.ts"
import { Meter } from "../meter/meter.ts"
import { Group, type GroupOptions, type GroupSnapshot } from "../sim/group.ts"
import {
  beforehand,
  INITIATOR,
  membersOf,
  registerAll,
  rolesOf,
  type Task,
  talk,
  wavesOf,
} from "../sim/operations.ts"
import type { Wave } from "../sim/step.ts"
import { evenlySpaced, type Recording, record } from "./recording.ts"

export type Laboratory = {
  readonly competitor: Competitor
  readonly settings: Settings
  readonly seed: number
  readonly createSuite: CreateSuite
  /** At most so many recipients are recorded, to be timed. */
  readonly recipientsTimed: number
}

export type Counted = {
  readonly exact: Exact
  readonly healing: Healing | undefined
  readonly recording: Recording
}

/** How many members must be understood by all others, and not by the thief, when an operation is over. */
const SPOKESMEN = 4

/** Form a group under count; the group is returned at rest, for the other operations. */
export function countCreate(
  laboratory: Laboratory,
  task: Task & { readonly operation: "create" },
): Counted & { readonly formed: GroupSnapshot } {
  const meter = new Meter()
  const group = newGroup(laboratory, meter)
  registerAll(group, task.groupSize)
  const counted = count(laboratory, group, task, meter)
  talk(group, group.roster)
  return { ...counted, formed: group.release() }
}

/** Any other operation. `formed` is used up: whoever needs it again passes a copy. */
export function countOperation(
  laboratory: Laboratory,
  task: Task & { readonly operation: Exclude<Operation, "create"> },
  formed: GroupSnapshot,
): Counted {
  const meter = new Meter()
  const group = newGroup(laboratory, meter, formed)
  beforehand(group, task)
  const counted = count(laboratory, group, task, meter)
  talk(group, evenlySpaced(group.roster, SPOKESMEN))
  return counted
}

function newGroup(laboratory: Laboratory, meter: Meter, snapshot?: GroupSnapshot): Group {
  const { competitor, settings, seed, createSuite } = laboratory
  const observeSuite: GroupOptions["observeSuite"] = (member, suite) => meter.observeSuite(member, suite)
  return new Group(competitor.protocol(settings), { seed, createSuite, observeSuite }, snapshot)
}

function count(laboratory: Laboratory, group: Group, task: Task, meter: Meter): Counted {
  const { operation, groupSize } = task
  const roles = rolesOf(operation, groupSize)
  const recorder = record(group, roles, laboratory.recipientsTimed)
  const waves = wavesOf(task, laboratory.competitor.healing)
  meter.reset() // registering devices is no part of the operation
  const stop = group.observe(meter.observer)
  const measured = operation === "heal" ? compromised(laboratory, group, waves) : undefined
  if (measured === undefined) for (const wave of waves) group.perform(wave)
  stop()
  const exact = meter.exact(
    roles,
    group.roster.map((member) => group.member(member).state),
  )
  const recording = recorder.finish()
  return { exact, recording, healing: measured?.finish() }
}

/** Perform the waves under a thief's ears. */
function compromised(laboratory: Laboratory, group: Group, waves: readonly Wave[]) {
  const compromise = new Compromise(group, INITIATOR, laboratory.createSuite)
  const heal = waves.map((wave) => compromise.performBriefly(wave))
  return { finish: () => verdict(heal, [aftermath(compromise)]) }
}

/** After the heal the victim and a peer each renew and speak: not one byte of it may open. */
function aftermath(compromise: Compromise): WaveReport {
  const [victim, peer] = membersOf(2) as [string, string]
  const plaintext = new TextEncoder().encode("are we alone?")
  const opened = [victim, peer].flatMap((member) => [
    compromise.overhear({ actions: [[member, { kind: "update" }]] }),
    compromise.overhear({ actions: [[member, { kind: "send", plaintext }]] }),
  ])
  const readable = compromise.readableSenders(evenlySpaced(compromise.group.roster, SPOKESMEN))
  return { opened: opened.reduce((sum, count) => sum + count, 0), readable }
}

/**
 * The operations, as what members do: each runs until everybody who should be able to send can send again.
 *
 * What is measured is the operation alone, on a group that is at rest: formed, and every member has sent one
 * message since, so that every channel has carried messages both ways.
 */
import { unreachable } from "../../protocols/errors.ts"
import type { Healing, HealingRound } from "../../protocols/group.ts"
import { type MemberId, memberId } from "../../protocols/ids.ts"
import { PERIOD_SECONDS } from "../../protocols/registry.ts"
import { OPERATIONS, type Operation } from "../../results/schema.ts"
import type { Roles } from "../meter/exact.ts"
import type { Group } from "./group.ts"
import type { Action, Wave } from "./step.ts"

/** An operation on a group of `groupSize` devices before it. */
export type Task = {
  readonly operation: Operation
  readonly groupSize: number
  /** The application message of operation `message`. */
  readonly payload: Uint8Array
}

export const membersOf = (groupSize: number): MemberId[] =>
  Array.from({ length: groupSize }, (_, index) => memberId(index))

/** It creates, sends, adds, removes, updates, and is the victim of a theft. */
export const INITIATOR = memberId(0)
/** The one that `add` adds to a group of `groupSize`. */
export const newcomerOf = (groupSize: number): MemberId => memberId(groupSize)
const lastOf = (groupSize: number): MemberId => memberId(groupSize - 1)

/** A removed member is no recipient: it has nothing to do. */
export function rolesOf(operation: Operation, groupSize: number): Roles {
  const recipients = membersOf(operation === "remove" ? groupSize - 1 : groupSize).slice(1)
  return {
    initiator: INITIATOR,
    recipients,
    newcomer: operation === "add" ? newcomerOf(groupSize) : undefined,
  }
}

/** Register the devices of a group to be formed. */
export async function registerAll(group: Group, groupSize: number): Promise<void> {
  for (const member of membersOf(groupSize)) await group.register(member)
}

/** Register the devices and let them become a group in which everybody is able to send; nobody has spoken yet. */
export async function form(group: Group, groupSize: number): Promise<void> {
  await registerAll(group, groupSize)
  const task = { operation: "create", groupSize, payload: new Uint8Array() } as const
  for (const wave of wavesOf(task)) await group.perform(wave)
}

/** What has to be there before the clock starts. */
export async function beforehand(
  group: Group,
  { operation, groupSize }: Pick<Task, "operation" | "groupSize">,
): Promise<void> {
  if (operation === "add") await group.register(newcomerOf(groupSize))
}

/** What of a protocol's healing an operation is; nothing for the others, undefined where it has no such way to heal. */
export function roundsOf(
  { healing, healingAfresh }: Healing,
  operation: Operation,
): readonly HealingRound[] | undefined {
  if (operation === "heal-fresh") return healingAfresh
  return operation === "heal" ? healing : []
}

/** Those that a protocol has: not all can leave sessions behind. */
export const operationsOf = (healing: Healing): Operation[] =>
  OPERATIONS.filter((operation) => roundsOf(healing, operation) !== undefined)

/** The operation, wave by wave; of a heal, the rounds that its protocol needs. */
export function wavesOf({ operation, groupSize, payload }: Task, healing: Healing = NEVER_HEALS): Wave[] {
  const members = membersOf(groupSize)
  switch (operation) {
    case "create":
      return create(members)
    case "message":
      return [alone(INITIATOR, { kind: "send", plaintext: payload })]
    case "add":
      return add(members, newcomerOf(groupSize))
    case "remove":
      return [
        alone(INITIATOR, { kind: "remove", member: lastOf(groupSize) }),
        together(members.slice(0, -1), PREPARE),
      ]
    case "update":
      return [alone(INITIATOR, { kind: "update" })]
    case "heal":
    case "heal-fresh":
      return required(roundsOf(healing, operation)).map((round) => healingWave(round, INITIATOR, members))
    default:
      return unreachable(operation)
  }
}

const NEVER_HEALS: Healing = { healing: [] }

function required<T>(rounds: T | undefined): T {
  if (rounds === undefined) throw new Error("a protocol without sessions to leave was to leave them")
  return rounds
}

const PREPARE: Action = { kind: "prepare" }

const alone = (member: MemberId, action: Action): Wave => ({ actions: [[member, action]] })

const together = (members: readonly MemberId[], action: Action): Wave => ({
  actions: members.map((member) => [member, action]),
})

/**
 * Of two members the one that was named first opens their session, and the other answers on it: two that open sessions
 * to each other at once would end with two. So all become able to send in two trips, however many they are.
 */
const create = (members: readonly MemberId[]): Wave[] => [
  alone(INITIATOR, { kind: "create", members }),
  {
    actions: members.map((member, index) => [member, { kind: "prepare", readers: members.slice(index + 1) }]),
  },
  together(members, PREPARE),
]

/** The members first, the newcomer when it has heard from them. */
const add = (members: readonly MemberId[], newcomer: MemberId): Wave[] => [
  alone(INITIATOR, { kind: "add", newcomer }),
  together(members, PREPARE),
  alone(newcomer, PREPARE),
]

/** Who does what in a round of a heal. */
export function healingWave(round: HealingRound, victim: MemberId, members: readonly MemberId[]): Wave {
  const peers = members.filter((member) => member !== victim)
  switch (round) {
    case "victim-updates":
      return alone(victim, { kind: "update" })
    case "victim-ratchets-channels":
      return alone(victim, { kind: "ratchet-channels", peers })
    case "peers-ratchet-channels":
      return together(peers, { kind: "ratchet-channels", peers: [victim] })
    case "victim-updates-over-fresh-sessions":
      return {
        actions: [
          [victim, { kind: "leave-channels", peers }],
          [victim, { kind: "update" }],
        ],
      }
    case "peers-update":
      return together(peers, { kind: "update" })
    case "everyone-updates":
      return together(members, { kind: "update" })
    case "period-passes":
      return { afterSeconds: PERIOD_SECONDS, ...together(members, PREPARE) }
    default:
      return unreachable(round)
  }
}

/** Each of `speakers` in turn sends a message, and everybody must have read it. */
export async function talk(group: Group, speakers: readonly MemberId[]): Promise<void> {
  for (const member of speakers) {
    await group.act(member, { kind: "send", plaintext: new TextEncoder().encode(`${member} speaks`) })
  }
  group.requireAllHeard()
}

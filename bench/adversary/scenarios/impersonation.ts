/**
 * Authenticity after a theft: an impersonator who has one member's state and its login. After what the group does
 * about it, can it still speak, invite or remove in the victim's name?
 */
import type { ClaimName, HealingRound } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"
import type { Group } from "../../sim/group.ts"
import { healingWave, newcomerOf } from "../../sim/operations.ts"
import type { Wave } from "../../sim/step.ts"
import { attempted, type Parties } from "../deeds.ts"
import { Forgery } from "../forgery.ts"
import { type Copy, Impersonator, PREPARATIONS } from "../impersonator.ts"
import {
  type Accepted,
  DEEDS,
  type Deed,
  type ForgedFinding,
  type Scenario,
  type Setting,
} from "./setting.ts"
import { copiedGroup } from "./stage.ts"
import { everyoneSpeaks, HEAL_CHANNELS, updates } from "./waves.ts"

/** What a group does after a theft. */
type Reaction = (victim: MemberId, others: readonly MemberId[]) => readonly Wave[]

export const IMPERSONATION = {
  impersonationEndsWithOwnUpdate: impersonationAfter((victim, others) => [
    updates([victim]),
    everyoneSpeaks([victim, ...others]),
  ]),
  impersonationEndsWithHeal: impersonationAfter((victim, others) => [
    ...heal(victim, [victim, ...others].toSorted()),
    everyoneSpeaks([victim, ...others]),
  ]),
  impersonationEndsWithRemoval: impersonationAfter((victim, others) => [
    { actions: [[others[0] as MemberId, { kind: "remove", member: victim }]] },
    { actions: others.map((member) => [member, { kind: "prepare" }]) },
    everyoneSpeaks(others),
  ]),
} satisfies Partial<Record<ClaimName, Scenario>>

const HEAL: readonly HealingRound[] = [...HEAL_CHANNELS, "everyone-updates"]

const heal = (victim: MemberId, members: readonly MemberId[]): Wave[] =>
  HEAL.map((round) => healingWave(round, victim, members))

/**
 * A member's state is stolen, the group does what it does, then everything is tried in the member's name. It may be the
 * first, to whom the others spoke last and who goes first in every round, or the last, who spoke last and goes last.
 */
export function impersonationAfter(reaction: Reaction): Scenario<ForgedFinding> {
  return async (setting) => {
    const tally = new Tally()
    for (const place of [0, -1]) if (tally.open.length > 0) await impersonate(setting, place, reaction, tally)
    return tally.finding
  }
}

/** @param place - of the victim in the roster */
async function impersonate(setting: Setting, place: number, reaction: Reaction, tally: Tally): Promise<void> {
  const group = await copiedGroup(setting)
  const victim = group.roster.at(place) as MemberId
  const others = group.roster.filter((member) => member !== victim)
  const newcomer = newcomerOf(setting.groupSize)
  await group.register(newcomer)
  const impersonator = new Impersonator(group, setting.createSuite, victim)
  for (const wave of reaction(victim, others)) await group.perform(wave)
  for (const copy of await impersonator.copies())
    await tryAll(setting, group, copy, { victim, others, newcomer }, tally)
}

/** Every deed from one copy, after every preparation that gives it a key, a session or a later number. */
async function tryAll(
  { protocol, createSuite }: Setting,
  group: Group,
  { name, impersonator }: Copy,
  parties: Parties,
  tally: Tally,
): Promise<void> {
  const start = new Forgery(protocol, createSuite, group.snapshot(), impersonator)
  for (const preparation of PREPARATIONS) {
    const prepared = start.copy()
    const steps = preparation.steps(parties.others)
    for (const step of steps) await prepared.forge(step)
    tally.disturbances += prepared.disturbances
    if (steps.length === 0 || prepared.isBeyond(start))
      await tryOpen(prepared, `${name}, ${preparation.name}`, parties, tally)
  }
}

async function tryOpen(prepared: Forgery, way: string, parties: Parties, tally: Tally): Promise<void> {
  for (const deed of tally.open) {
    const forgery = prepared.copy()
    tally.note({ deed, way, ...(await attempted(deed, forgery, parties)) })
    tally.disturbances += forgery.disturbances
  }
}

/** Of each deed the attempt that most members took, the first of them. */
class Tally {
  readonly #best = new Map<Deed, Accepted>()
  disturbances = 0

  note(attempt: Accepted): void {
    const { deed, members } = attempt
    if (members > (this.#best.get(deed)?.members ?? 0)) this.#best.set(deed, attempt)
  }

  /** What not everybody who could has taken yet. */
  get open(): Deed[] {
    return DEEDS.filter((deed) => {
      const best = this.#best.get(deed)
      return best === undefined || best.members < best.of
    })
  }

  get finding(): ForgedFinding {
    const accepted = DEEDS.flatMap((deed) => this.#best.get(deed) ?? [])
    return { kind: "forged", accepted, disturbances: this.disturbances }
  }
}

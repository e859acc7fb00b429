/**
 * The impersonator: it holds a copy of one member's complete state and that device's login, hears everything, has
 * randomness of its own, and speaks, invites and removes in the victim's name.
 *
 * It knows no protocol better than the protocol's own code: from each copy it has it calls the steps that the victim
 * could call, in several orders.
 */
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { contextOf } from "../sim/context.ts"
import type { Group } from "../sim/group.ts"
import type { Member, PerformedStep } from "../sim/observer.ts"
import { type Action, perform } from "../sim/step.ts"
import { hurriedly, thiefContext } from "./thief.ts"

/** A state that the impersonator can act from, and how it came by it. */
export type Copy = { readonly name: string; readonly impersonator: Member }

/** What it does first, so that the next step has fresh keys, fresh sessions or a later number. */
export type Preparation = { readonly name: string; readonly steps: (peers: readonly MemberId[]) => Action[] }

const update: Action = { kind: "update" }
const leave = (peers: readonly MemberId[]): Action => ({ kind: "leave-channels", peers })
const ratchet = (peers: readonly MemberId[]): Action => ({ kind: "ratchet-channels", peers })

export const PREPARATIONS: readonly Preparation[] = [
  { name: "at once", steps: () => [] },
  { name: "over fresh sessions", steps: (peers) => [leave(peers)] },
  { name: "after an update", steps: () => [update] },
  { name: "after an update over fresh sessions", steps: (peers) => [leave(peers), update] },
  { name: "after channel steps", steps: (peers) => [ratchet(peers)] },
  { name: "after channel steps and an update", steps: (peers) => [ratchet(peers), update] },
]

/** What was stolen, and all that was heard since. */
export class Impersonator {
  readonly #protocol: GroupProtocol<unknown>
  readonly #createSuite: CreateSuite
  readonly #stolen: Member
  readonly #wire: Packet[] = []
  readonly #steps: PerformedStep[] = []

  constructor(group: Group, createSuite: CreateSuite, victim: MemberId) {
    this.#protocol = group.protocol
    this.#createSuite = createSuite
    this.#stolen = this.#own(structuredClone(group.member(victim).state), victim)
    group.observe({
      onUpload: (packet) => this.#wire.push(packet),
      onStep: (performed) => performed.member === victim && this.#steps.push(performed),
    })
  }

  /** The victim's name and state, and randomness that is not the victim's. */
  #own(state: unknown, id: MemberId): Member {
    return { id, state, random: seedRandom(0, "impersonator") }
  }

  /** All states that it can act from now. */
  async copies(): Promise<Copy[]> {
    return [
      { name: "the copy as it was stolen", impersonator: this.#stolen },
      { name: "a copy that listened", impersonator: await this.#listened() },
      { name: "a copy that did what the victim did", impersonator: await this.#repeated() },
    ]
  }

  /** It has learnt what the stolen keys open. */
  async #listened(): Promise<Member> {
    const { id, state } = this.#stolen
    const live = structuredClone(state)
    const context = thiefContext(this.#createSuite)
    for (const packet of this.#wire)
      await hurriedly(() => this.#protocol.overhear(state, live, context, packet))
    return this.#own(live, id)
  }

  /** Step by step, each with its own randomness: so its numbers are right where its keys are not. */
  async #repeated(): Promise<Member> {
    const { id, state } = this.#stolen
    const double = this.#own(structuredClone(state), id)
    for (const { step, now } of this.#steps) {
      const context = contextOf(double, this.#createSuite, { now, fetchBundle: nothingToFetch })
      await orNothing(async () => perform(this.#protocol, double.state, context, step))
    }
    return double
  }
}

function nothingToFetch(): never {
  throw new ProtocolError("missing-prekey")
}

/** What an impersonator tries on states that fit the group no more may fail in any way; then nothing came of it. */
export async function orNothing<T>(attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt()
  } catch {
    return undefined
  }
}

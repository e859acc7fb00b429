/**
 * One attempt of an impersonator, on a copy of the group: what it sends is delivered to all, and each member takes or
 * refuses it.
 *
 * The server does for it what it does for the victim's device: it carries packets, hands out bundles, takes commits as
 * the next in order, and changes the roster where members ask it to. Whom it serves is no defence here: everybody gets
 * everything, and what counts is what members do with it.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import type { Effects, GroupProtocol, Packet, RosterChange } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { contextOf, type World } from "../sim/context.ts"
import { DeliveryService, recipientsOf } from "../sim/delivery-service.ts"
import { fork } from "../sim/fork.ts"
import type { GroupSnapshot } from "../sim/group.ts"
import type { Member } from "../sim/observer.ts"
import { sameState } from "../sim/same-state.ts"
import { type Action, perform, type Step } from "../sim/step.ts"
import { orNothing } from "./impersonator.ts"

/** Somebody read words that came under the name of `from`. */
export type Heard = { readonly reader: MemberId; readonly from: MemberId; readonly words: string }

/** A packet on its way to one member. */
type Delivery = { readonly to: MemberId; readonly packet: Packet }

export class Forgery {
  readonly #protocol: GroupProtocol<unknown>
  readonly #createSuite: CreateSuite
  readonly #members = new Map<MemberId, Member>()
  readonly #impersonated: MemberId
  readonly #service: DeliveryService
  readonly #now: number
  #waiting: Delivery[] = []
  readonly heard: Heard[] = []
  /** Packets that members took, and notices that went to all. */
  #taken = 0
  /** Forgeries that were refused and that changed the state of who refused them. */
  disturbances = 0

  /** @param impersonator - acts in the place of the member whose name it bears */
  constructor(
    protocol: GroupProtocol<unknown>,
    createSuite: CreateSuite,
    snapshot: GroupSnapshot,
    impersonator: Member,
  ) {
    const { members, server, now } = fork(snapshot)
    this.#protocol = protocol
    this.#createSuite = createSuite
    for (const member of [...members, fork(impersonator)]) this.#members.set(member.id, member)
    this.#impersonated = impersonator.id
    this.#service = new DeliveryService(server, "total", () => 0)
    this.#now = now
  }

  /** As it is now, for another attempt. */
  copy(): Forgery {
    const members = [...this.#members.values()]
    const impersonator = this.#members.get(this.#impersonated) as Member
    const snapshot = { members, server: this.#service.state, now: this.#now }
    return new Forgery(this.#protocol, this.#createSuite, snapshot, impersonator)
  }

  /** Whether the impersonator has anything that `earlier` had not, a key, a session or a later number. */
  isBeyond(earlier: Forgery): boolean {
    const [now, before] = [this, earlier].map((one) => one.#members.get(one.#impersonated)?.state)
    return !sameState(now, before)
  }

  /** The impersonator's next step; what follows is delivered. @returns whether anybody took anything of it */
  async forge(action: Action): Promise<boolean> {
    const taken = this.#taken
    const effects = await orNothing(() => this.#perform(this.#impersonated, action))
    if (effects === undefined) return false
    await this.#carryOut(this.#impersonated, effects)
    await this.#deliver()
    return this.#taken > taken
  }

  /** A genuine member acts, and what follows is delivered. */
  async act(member: MemberId, action: Action): Promise<void> {
    await this.#carryOut(member, await this.#perform(member, action))
    await this.#deliver()
  }

  async #perform(id: MemberId, step: Step): Promise<Effects> {
    const member = this.#members.get(id) as Member
    const emptied: MemberId[] = []
    const world: World = { now: this.#now, fetchBundle: (peer) => this.#fetchBundle(peer, emptied) }
    const context = contextOf(member, this.#createSuite, world)
    const effects = await perform(this.#protocol, member.state, context, step)
    for (const peer of emptied) await this.#restock(peer)
    return effects
  }

  #fetchBundle(peer: MemberId, emptied: MemberId[]): Uint8Array {
    const shelf = this.#service.shelfOf(peer)
    const { bundle } = shelf
    if (bundle === undefined) throw new ProtocolError("missing-prekey")
    shelf.bundle = undefined
    shelf.id++
    emptied.push(peer)
    return bundle
  }

  async #restock(peer: MemberId): Promise<void> {
    const shelf = this.#service.shelfOf(peer)
    const member = this.#members.get(peer) as Member
    const world: World = { now: this.#now, fetchBundle: (other) => this.#fetchBundle(other, []) }
    const context = contextOf(member, this.#createSuite, world)
    shelf.bundle ??= await this.#protocol.publishBundle(member.state, context, shelf.id)
  }

  async #carryOut(from: MemberId, { packets = [], ordinal, rosterChange }: Effects): Promise<void> {
    for (const outgoing of packets) {
      const packet: Packet = { ...outgoing, from }
      for (const to of recipientsOf(packet, [...this.#members.keys()])) this.#waiting.push({ to, packet })
      if (ordinal !== undefined) this.#waiting.push({ to: from, packet })
    }
    if (rosterChange !== undefined) await this.#announce(from, rosterChange)
  }

  /** The server asks for no more than that a member asks. */
  async #announce(from: MemberId, change: RosterChange): Promise<void> {
    if (!this.#service.state.roster.includes(from)) return
    this.#service.announce(change)
    for (let due = this.#service.next(); due !== undefined; due = this.#service.next())
      await this.#perform(due.to, due.step)
    this.#taken++
  }

  /** Until nothing is taken any more: what came too early is tried again after what it may have waited for. */
  async #deliver(): Promise<void> {
    let refused: Delivery[] = []
    for (let taken = 1; taken > 0; ) {
      const due = [...this.#waiting.splice(0), ...refused]
      refused = []
      for (const delivery of due) if (!(await this.#arrive(delivery))) refused.push(delivery)
      taken = due.length - refused.length
    }
  }

  /** @returns whether it was taken */
  async #arrive(delivery: Delivery): Promise<boolean> {
    const effects = await this.#effectsOf(delivery)
    if (effects === undefined) return false
    const { to, packet } = delivery
    if (to !== this.#impersonated) this.#taken++
    if (effects.message !== undefined) {
      const words = new TextDecoder().decode(effects.message.plaintext)
      this.heard.push({ reader: to, from: packet.from, words })
    }
    await this.#carryOut(to, effects)
    return true
  }

  async #effectsOf({ to, packet }: Delivery): Promise<Effects | undefined> {
    const step = { kind: "packet", packet } as const
    if (to === this.#impersonated) return orNothing(() => this.#perform(to, step))
    const { state } = this.#members.get(to) as Member
    const before = packet.from === this.#impersonated ? fork(state) : undefined
    try {
      return await this.#perform(to, step)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      if (before !== undefined && !sameState(before, state)) this.disturbances++
      return undefined
    }
  }
}

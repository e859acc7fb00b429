/**
 * The driver: n members of one protocol, joined by a delivery service and by nothing else. It checks as it goes:
 * everybody who learns an update secret learns the same one, and every message reaches everybody with the sender's
 * words. Whoever disagrees ends the run.
 */
import type { Context } from "../../protocols/context.ts"
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import { hasCode } from "../../protocols/errors.ts"
import type { Awaitable, Effects, GroupProtocol } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { seededPick } from "../plan/seeded-pick.ts"
import { after } from "./after.ts"
import { Agreement } from "./agreement.ts"
import { contextOf, type World } from "./context.ts"
import { deliverAll } from "./deliver-all.ts"
import { DeliveryService, type ServerState } from "./delivery-service.ts"
import { fork } from "./fork.ts"
import { type GroupOptions, suitesOf } from "./group-options.ts"
import type { Delivery } from "./network.ts"
import type { Member, Observer } from "./observer.ts"
import { type Action, perform, type Step, type Wave } from "./step.ts"

/** A group at rest, as plain data. */
export type GroupSnapshot = {
  readonly members: readonly Member[]
  readonly server: ServerState
  readonly now: number
}

type Admitted = Member & { readonly suite: Suite; readonly suiteFor: Context["suiteFor"] }

export class Group {
  readonly protocol: GroupProtocol<unknown>
  readonly #options: GroupOptions
  readonly #members = new Map<MemberId, Admitted>()
  readonly #service: DeliveryService
  readonly #agreement = new Agreement()
  readonly #observers = new Set<Observer>()
  now: number

  constructor(protocol: GroupProtocol<unknown>, options: GroupOptions, snapshot?: GroupSnapshot) {
    this.protocol = protocol
    this.#options = options
    const server = snapshot?.server ?? { roster: [], shelves: new Map(), ordered: 0 }
    this.#service = new DeliveryService(server, options.order ?? "total", seededPick(options.seed, "order"))
    this.now = snapshot?.now ?? 0
    for (const member of snapshot?.members ?? []) this.#admit(member)
  }

  /** A copy of all members and the server. */
  snapshot(): GroupSnapshot {
    return fork(this.release())
  }

  /** All members and the server themselves, when this group is not used any more. */
  release(): GroupSnapshot {
    const isAnyOffline = this.roster.some((member) => this.#service.isOffline(member))
    if (isAnyOffline) throw new Error("a group is not at rest while a member is offline")
    const members = [...this.#members.values()].map(({ id, state, random }) => ({ id, state, random }))
    return { members, server: this.#service.state, now: this.now }
  }

  get roster(): readonly MemberId[] {
    return this.#service.state.roster
  }

  /** @returns how to stop observing */
  observe(observer: Observer): () => void {
    this.#observers.add(observer)
    return () => this.#observers.delete(observer)
  }

  #tell<Event extends keyof Observer>(event: Event, ...args: Parameters<NonNullable<Observer[Event]>>): void {
    for (const observer of this.#observers)
      (observer[event] as ((...args: unknown[]) => void) | undefined)?.(...args)
  }

  /** What {@link Context.fetchBundle} would return, without taking it. */
  peekBundle(member: MemberId): Uint8Array {
    const shelf = this.#service.shelfOf(member)
    shelf.bundle ??= madeAtOnce(this.#publish(member, shelf.id))
    return shelf.bundle
  }

  #fetchBundle(member: MemberId): Uint8Array {
    const bundle = this.peekBundle(member)
    this.skipBundle(member)
    return bundle
  }

  /** A device has always one more out: whoever fetches it in a step cannot wait until it is made. */
  async #restock(members: readonly MemberId[]): Promise<void> {
    for (const member of members) {
      const shelf = this.#service.shelfOf(member)
      shelf.bundle ??= await this.#publish(member, shelf.id)
    }
  }

  /** The number of the bundle that is to be handed out next. */
  nextBundle(member: MemberId): number {
    return this.#service.shelfOf(member).id
  }

  /** Let the number of the next bundle pass as if it had been handed out. @returns the number */
  skipBundle(member: MemberId): number {
    const shelf = this.#service.shelfOf(member)
    shelf.bundle = undefined
    return shelf.id++
  }

  #publish(member: MemberId, id: number): Awaitable<Uint8Array> {
    const publish = (copy: Member): Awaitable<Uint8Array> =>
      this.protocol.publishBundle(copy.state, this.#contextOf(copy), id)
    this.#tell("onPublish", member, publish)
    return after(publish(this.member(member)), (bundle) => {
      this.#tell("onBundle", member, bundle)
      return bundle
    })
  }

  /** A new device with prekey bundles at the server; it joins when it is named in a create or an add. */
  async register(id: MemberId): Promise<void> {
    const random = seedRandom(this.#options.seed, id)
    const state = await this.protocol.init(this.#contextOf({ id, random }))
    this.#admit({ id, state, random })
    this.#service.registerDevice(id)
    await this.#restock([id])
  }

  #admit(member: Member): void {
    const { observeSuite } = this.#options
    const { suite, suiteFor } = this.#contextOf(member)
    this.#members.set(member.id, { ...member, suite: observeSuite?.(member.id, suite) ?? suite, suiteFor })
  }

  #contextOf(member: Pick<Member, "id" | "random">): Context {
    return contextOf(member, suitesOf(this.#options, member.id), this.#world())
  }

  #world(): World {
    return { now: this.now, fetchBundle: (member) => this.#fetchBundle(member) }
  }

  member(id: MemberId): Admitted {
    const member = this.#members.get(id)
    if (member === undefined) throw new Error(`no member ${id}`)
    return member
  }

  /** One member acts, and everything that follows is delivered. */
  async act(member: MemberId, action: Action): Promise<void> {
    await this.perform({ actions: [[member, action]] })
  }

  /** Some time passes, members act before any of them hears from another, then everything is delivered. */
  async perform({ afterSeconds = 0, actions }: Wave): Promise<void> {
    this.now += afterSeconds
    this.#tell("onWave")
    for (const [member, action] of actions) {
      if (this.#service.isOffline(member)) throw new Error(`${member} is offline`)
      await this.#take(member, action)
    }
    await this.deliver()
  }

  /** From now on what is for `member` waits at the server. */
  disconnect(member: MemberId): void {
    this.#service.disconnect(member)
  }

  /** What waited for `member` is delivered, and all that follows from it. */
  async connect(member: MemberId): Promise<void> {
    this.#service.connect(member)
    await this.deliver()
  }

  /** Deliver until nothing waits; a packet that came before what it needs is tried again later. */
  deliver(): Promise<void> {
    return deliverAll(
      () => this.#service.next(),
      (delivery) => this.#arrive(delivery),
    )
  }

  /** @returns false when the packet must wait for another one */
  #arrive(delivery: Delivery): Awaitable<boolean> {
    try {
      const taken = this.#take(delivery.to, delivery.step)
      return taken instanceof Promise
        ? taken.then(
            () => true,
            (error) => this.#refused(delivery, error),
          )
        : true
    } catch (error) {
      return this.#refused(delivery, error)
    }
  }

  /** @returns true where the member is rightly no longer one; false where the packet must wait @throws what else it is */
  #refused({ to, step }: Delivery, error: unknown): boolean {
    if (hasCode(error, "no-sender-key", "no-session", "early")) return false
    const isGone = hasCode(error, "not-a-member") && this.#service.hasRemoved(to)
    if (!isGone || step.kind === "notice") throw error
    this.#tell("onRefusal", to, step.packet)
    return true
  }

  #take(id: MemberId, step: Step): Awaitable<void> {
    const { state, suite, suiteFor } = this.member(id)
    const [bundles, emptied]: [Uint8Array[], MemberId[]] = [[], []]
    const fetchBundle = (member: MemberId) => {
      const bundle = this.#fetchBundle(member)
      bundles.push(bundle)
      emptied.push(member)
      return bundle
    }
    const context: Context = { me: id, suite, suiteFor, now: this.now, fetchBundle }
    return after(perform(this.protocol, state, context, step), (effects) => {
      this.#tell("onStep", { member: id, step, now: this.now, bundles, effects })
      const restocked = emptied.length > 0 ? this.#restock(emptied) : undefined
      return after(restocked, () => this.#carryOut(id, step, effects))
    })
  }

  #carryOut(id: MemberId, step: Step, effects: Effects): void {
    if (step.kind === "send") this.#agreement.expect(id, step.plaintext, this.roster)
    for (const secret of effects.secrets ?? []) this.#agreement.compare(secret)
    if (effects.message !== undefined) this.#agreement.hear(id, effects.message.plaintext)
    for (const { packet, recipients } of this.#service.upload(id, effects))
      this.#tell("onUpload", packet, recipients.length)
    if (effects.rosterChange === undefined) return
    this.#service.announce(effects.rosterChange)
    this.#tell("onNotice")
  }

  /** @throws Error when a message did not reach everybody */
  requireAllHeard(): void {
    this.#agreement.requireAllHeard()
  }
}

function madeAtOnce(bundle: Awaitable<Uint8Array>): Uint8Array {
  if (bundle instanceof Promise) throw new Error("a bundle that has to be awaited was not made ahead")
  return bundle
}

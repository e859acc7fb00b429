/**
 * The driver: n members of one protocol, joined by a delivery service and by nothing else.
 *
 * It checks as it goes: everybody who learns an update secret learns the same one, and every message reaches
 * everybody with the sender's words. Whoever disagrees ends the run.
 */
import { equal } from "../../protocols/bytes.ts"
import type { Context } from "../../protocols/context.ts"
import { type RandomState, seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import { hasCode } from "../../protocols/errors.ts"
import type { Effects, GroupProtocol, Packet, UpdateSecret } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { seededPick } from "../plan/seeded-pick.ts"
import { DeliveryService, type ServerState } from "./delivery-service.ts"
import type { Delivery, DeliveryOrder } from "./network.ts"
import { type Action, perform, type Step, type Wave } from "./step.ts"

/** One device: its state, and its randomness beside it, out of a thief's reach. */
export type Member = { readonly id: MemberId; readonly state: unknown; readonly random: RandomState }

/** A group at rest, as plain data. */
export type GroupSnapshot = {
  readonly members: readonly Member[]
  readonly server: ServerState
  readonly now: number
}

/** One step of one member with all that went in and came out. */
export type PerformedStep = {
  readonly member: MemberId
  readonly step: Step
  readonly now: number
  /** Bundles fetched during the step. */
  readonly bundles: readonly Uint8Array[]
  readonly effects: Effects
}

/** Watches a group; all of it is optional equipment of the laboratory. */
export type Observer = {
  readonly onStep?: (performed: PerformedStep) => void
  /** Each packet as it is uploaded, with the number of its recipients. */
  readonly onUpload?: (packet: Packet, recipients: number) => void
  readonly onNotice?: () => void
  readonly onWave?: () => void
}

export type GroupOptions = {
  readonly seed: number
  readonly createSuite: CreateSuite
  readonly order?: DeliveryOrder
  /** Wraps a member's suite, as to count. */
  readonly observeSuite?: (member: MemberId, suite: Suite) => Suite
}

export class Group {
  readonly protocol: GroupProtocol<unknown>
  readonly #options: GroupOptions
  readonly #members = new Map<MemberId, Member & { readonly suite: Suite }>()
  readonly #service: DeliveryService
  readonly #secrets = new Map<string, Uint8Array>()
  readonly #heard = new Map<MemberId, Uint8Array[]>()
  readonly #observers = new Set<Observer>()
  now: number

  constructor(protocol: GroupProtocol<unknown>, options: GroupOptions, snapshot?: GroupSnapshot) {
    this.protocol = protocol
    this.#options = options
    const server = snapshot?.server ?? { roster: [], bundles: new Map() }
    this.#service = new DeliveryService(server, options.order ?? "total", seededPick(options.seed, "order"))
    this.now = snapshot?.now ?? 0
    for (const member of snapshot?.members ?? []) this.#admit(member)
  }

  /** A deep copy of all members and the server. */
  snapshot(): GroupSnapshot {
    return structuredClone(this.release())
  }

  /** All members and the server themselves, when this group is not used any more. */
  release(): GroupSnapshot {
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
    return this.#service.peekBundle(member)
  }

  /** A new device that publishes `bundles` prekey bundles; it joins when it is named in a create or an add. */
  register(id: MemberId, bundles: number): void {
    const random = seedRandom(this.#options.seed, id)
    const suite = this.#suiteOf(id, random)
    const state = this.protocol.init(id, suite)
    this.#service.publishBundles(id, this.protocol.publishBundles(state, suite, bundles))
    this.#admit({ id, state, random })
  }

  #admit(member: Member): void {
    this.#members.set(member.id, { ...member, suite: this.#suiteOf(member.id, member.random) })
  }

  #suiteOf(id: MemberId, random: RandomState): Suite {
    const suite = this.#options.createSuite(seededRandom(random))
    return this.#options.observeSuite?.(id, suite) ?? suite
  }

  member(id: MemberId): Member & { readonly suite: Suite } {
    const member = this.#members.get(id)
    if (member === undefined) throw new Error(`no member ${id}`)
    return member
  }

  /** One member acts, and everything that follows is delivered. */
  act(member: MemberId, action: Action): void {
    this.perform({ actions: [[member, action]] })
  }

  /** Some time passes, members act before any of them hears from another, then everything is delivered. */
  perform({ afterSeconds = 0, actions }: Wave): void {
    this.now += afterSeconds
    this.#tell("onWave")
    for (const [member, action] of actions) this.#take(member, action)
    this.deliver()
  }

  /** Deliver until nothing waits; a packet that came before what it needs is tried again later. */
  deliver(): void {
    let early: Delivery[] = []
    for (let next = this.#service.next(); next !== undefined; next = this.#service.next()) {
      early = this.#arrive(next) ? this.#retry(early) : [...early, next]
    }
    if (early.length > 0) throw new Error(`${early.length} packets could never be opened`)
  }

  /** Something arrived: try the early ones until none of them opens. @returns those that must wait on */
  #retry(early: readonly Delivery[]): Delivery[] {
    const waiting = early.filter((delivery) => !this.#arrive(delivery))
    return waiting.length === early.length ? waiting : this.#retry(waiting)
  }

  /** @returns false when the packet must wait for another one */
  #arrive({ to, packet }: Delivery): boolean {
    try {
      this.#take(to, { kind: "packet", packet })
      return true
    } catch (error) {
      if (hasCode(error, "no-sender-key", "no-session")) return false
      throw error
    }
  }

  #take(id: MemberId, step: Step): void {
    const { state, suite } = this.member(id)
    const bundles: Uint8Array[] = []
    const fetchBundle = (member: MemberId) => {
      const bundle = this.#service.fetchBundle(member)
      bundles.push(bundle)
      return bundle
    }
    const context: Context = { suite, now: this.now, fetchBundle }
    const effects = perform(this.protocol, state, context, step)
    this.#tell("onStep", { member: id, step, now: this.now, bundles, effects })
    this.#carryOut(id, step, effects)
  }

  #carryOut(id: MemberId, step: Step, effects: Effects): void {
    if (step.kind === "send") this.#expect(id, step.plaintext)
    for (const secret of effects.secrets ?? []) this.#compare(secret)
    if (effects.message !== undefined) this.#hear(id, effects.message.plaintext)
    for (const outgoing of effects.packets ?? []) {
      const packet = this.#service.upload(id, outgoing)
      this.#tell("onUpload", packet, this.#service.recipients(packet).length)
    }
    if (effects.rosterChange !== undefined) {
      const { notice, to } = this.#service.announce(effects.rosterChange)
      this.#tell("onNotice")
      for (const member of to) this.#take(member, { kind: "notice", notice })
    }
  }

  #compare({ owner, name, secret }: UpdateSecret): void {
    const key = `${owner}/${name}`
    const known = this.#secrets.get(key)
    if (known !== undefined && !equal(known, secret))
      throw new Error(`members disagree on a secret of ${owner}`)
    this.#secrets.set(key, secret.slice())
  }

  #expect(from: MemberId, plaintext: Uint8Array): void {
    for (const member of this.roster) {
      if (member !== from) this.#heard.set(member, [...(this.#heard.get(member) ?? []), plaintext])
    }
  }

  #hear(id: MemberId, plaintext: Uint8Array): void {
    const expected = this.#heard.get(id) ?? []
    const index = expected.findIndex((words) => equal(words, plaintext))
    if (index < 0) throw new Error(`${id} read words that nobody sent`)
    expected.splice(index, 1)
  }

  /** @throws Error when a message did not reach everybody */
  requireAllHeard(): void {
    for (const [id, missing] of this.#heard) {
      if (missing.length > 0) throw new Error(`${id} missed ${missing.length} messages`)
    }
  }
}

/**
 * Devices that run DCGKA, and a network that delivers to each in an order of its own: what one sends to another keeps
 * its order, and nothing else does. For tests; it checks as it goes what must hold at every moment.
 */
import assert from "node:assert/strict"
import { toHex, utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import type { Id } from "../dcgka/ids.ts"
import { type DcgkaState, type GroupState, isMember, lastIdOf } from "../dcgka/state.ts"
import { type ErrorCode, hasCode, ProtocolError } from "../errors.ts"
import type { Awaitable, Effects, GroupProtocol, Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { memberContext } from "./member-context.ts"
import type { Draw } from "./protobuf-mutations.ts"
import { assertRefused } from "./refusal.ts"

type State = DcgkaState<unknown>

export type Device = { readonly state: State; readonly context: Context; bundles: number }

/** Whom somebody knew as members when it spoke. */
type Audience = ReadonlySet<Id>

/** Over these channels every step is done when it returns. */
function done<T>(value: Awaitable<T>): T {
  assert.ok(!(value instanceof Promise))
  return value
}

export class Network {
  readonly protocol: GroupProtocol<State>
  readonly #devices = new Map<MemberId, Device>()
  /** What waits for each, by sender. */
  readonly #queues = new Map<MemberId, Map<MemberId, Packet[]>>()
  /** Everybody who ever was a member: who is one now, each has to know for itself. */
  #roster: readonly MemberId[] = []
  /** Members from the beginning whom nobody asked to remove. */
  readonly founders = new Set<MemberId>()
  /** By owner, then by who learnt it: the update secrets as they came. */
  readonly secrets = new Map<MemberId, Map<MemberId, string[]>>()
  readonly #sent = new Map<MemberId, readonly Packet[]>()
  /** Who was added and has not got its welcome, which comes first: to one who was in before nothing looks early. */
  readonly #unwelcomed = new Set<MemberId>()
  readonly #audiences = new Map<Packet, Audience>()

  constructor(protocol: GroupProtocol<State>, names: readonly MemberId[]) {
    this.protocol = protocol
    for (const name of names) this.register(name)
  }

  register(name: MemberId): void {
    const context = memberContext(name, (other) => this.#bundleOf(other))
    this.#devices.set(name, { state: done(this.protocol.init(context)), context, bundles: 0 })
    this.#queues.set(name, new Map())
  }

  #bundleOf(name: MemberId): Uint8Array {
    const device = this.#devices.get(name)
    if (device === undefined) throw new ProtocolError("missing-prekey")
    device.bundles++
    return done(this.protocol.publishBundle(device.state, device.context, device.bundles))
  }

  device(name: MemberId): Device {
    const device = this.#devices.get(name)
    assert.ok(device !== undefined, name)
    return device
  }

  group(name: MemberId): GroupState {
    const { group } = this.device(name).state
    assert.ok(group !== undefined, `${name} is in no group`)
    return group
  }

  isIn(name: MemberId): boolean {
    const { group } = this.device(name).state
    return group !== undefined && isMember(group, group.self)
  }

  /** A step that takes in `packet`, whatever the network has for the device; what it answers goes nowhere. */
  take(to: MemberId, packet: Packet): Effects {
    const { state, context } = this.device(to)
    return done(this.protocol.process(state, context, packet))
  }

  refuses(to: MemberId, packet: Packet, code: ErrorCode): void {
    assertRefused(this.device(to).state, () => this.take(to, packet), code)
  }

  knows(viewer: MemberId, name: MemberId): boolean {
    const group = this.group(viewer)
    return isMember(group, lastIdOf(group, name))
  }

  /** Devices that are members in their own view. */
  members(): MemberId[] {
    return [...this.#devices.keys()].filter((name) => this.isIn(name))
  }

  /** A step of `name` that it begins itself. */
  act(
    name: MemberId,
    step: (protocol: GroupProtocol<State>, state: State, context: Context) => Awaitable<Effects>,
  ): Packet[] {
    const { state, context } = this.device(name)
    return this.#carryOut(name, done(step(this.protocol, state, context)))
  }

  create(name: MemberId, members: readonly MemberId[]): Packet[] {
    return this.act(name, (protocol, state, context) => protocol.create(state, context, members))
  }
  update(name: MemberId): Packet[] {
    return this.act(name, (protocol, state, context) => protocol.update(state, context))
  }
  remove(name: MemberId, member: MemberId): Packet[] {
    return this.act(name, (protocol, state, context) => protocol.remove(state, context, member))
  }
  add(name: MemberId, newcomer: MemberId): Packet[] {
    return this.act(name, (protocol, state, context) => protocol.add(state, context, newcomer))
  }

  say(name: MemberId, words = `${name} speaks`): Packet[] {
    const packets = this.act(name, (protocol, state, context) => protocol.send(state, context, utf8(words)))
    this.#audiences.set(packets.at(-1) as Packet, new Set(this.group(name).membership.members))
    return packets
  }

  #carryOut(from: MemberId, effects: Effects): Packet[] {
    for (const { owner, name, secret } of effects.secrets ?? []) {
      const learnt = this.secrets.get(owner) ?? new Map<MemberId, string[]>()
      this.secrets.set(owner, learnt.set(from, [...(learnt.get(from) ?? []), `${name} ${toHex(secret)}`]))
    }
    const packets = (effects.packets ?? []).map((outgoing): Packet => ({ ...outgoing, from }))
    const { carriedChange: change } = effects
    if (change?.kind === "create") this.#found(change.members)
    this.#sent.set(from, [...this.sentBy(from), ...packets.filter(({ kind }) => kind === "broadcast")])
    for (const packet of packets) this.#send(packet, change?.kind === "add" ? change.added : undefined)
    if (change?.kind === "add") this.#admit(change.added, from)
    if (change?.kind === "remove") this.founders.delete(change.removed)
    return packets
  }

  #found(members: readonly MemberId[]): void {
    this.#roster = members
    for (const member of members) this.founders.add(member)
  }

  /** What it learnt and gave when it was in before counts no more; it gets what its adder has still to hear. */
  #admit(newcomer: MemberId, adder: MemberId): void {
    this.secrets.delete(newcomer)
    for (const learnt of this.secrets.values()) learnt.delete(newcomer)
    this.#unwelcomed.add(newcomer)
    if (this.#roster.includes(newcomer)) return
    this.#roster = [...this.#roster, newcomer]
    for (const [from, packets] of this.#queues.get(adder) ?? [])
      this.#queue(newcomer, from).push(...packets.filter(({ kind }) => kind === "broadcast"))
  }

  /** A newcomer is told by its welcome alone. */
  #send(packet: Packet, newcomer: MemberId | undefined): void {
    const others = this.#roster.filter((name) => name !== packet.from && name !== newcomer)
    for (const name of packet.kind === "two-party" ? [packet.to] : others)
      this.#queue(name, packet.from).push(packet)
  }

  #queue(to: MemberId, from: MemberId): Packet[] {
    const queues = this.#queues.get(to) ?? new Map<MemberId, Packet[]>()
    const queue = queues.get(from) ?? []
    this.#queues.set(to, queues.set(from, queue))
    return queue
  }

  /** Broadcasts of `name` so far. */
  sentBy(name: MemberId): readonly Packet[] {
    return this.#sent.get(name) ?? []
  }

  /** Where something waits, as (recipient, sender). */
  #waiting(): [MemberId, MemberId][] {
    return [...this.#queues].flatMap(([to, queues]) =>
      [...queues].flatMap(([from, queue]) => (queue.length > 0 ? [[to, from] as [MemberId, MemberId]] : [])),
    )
  }

  /** Hand over what is first in some queue that is ready; at most `steps` times. @returns how often */
  deliver(draw: Draw, steps = Number.POSITIVE_INFINITY): number {
    let delivered = 0
    while (delivered < steps) {
      const waiting = this.#waiting()
      const start = waiting.length > 0 ? draw(waiting.length) : 0
      const turned = [...waiting.slice(start), ...waiting.slice(0, start)]
      if (!turned.some(([to, from]) => this.deliverFrom(to, from))) return delivered
      delivered++
    }
    return delivered
  }

  /** Everything, and nothing may be left over. */
  settle(draw: Draw = () => 0): void {
    this.deliver(draw)
    assert.deepEqual(this.#waiting(), [], "messages that nobody could take in")
  }

  /** The next packet of `from` to `to`, if it is ready: a member that refuses must stay as it was. */
  deliverFrom(to: MemberId, from: MemberId): boolean {
    const queue = this.#queue(to, from)
    const next = this.#unwelcomed.has(to) ? queue.findIndex(({ kind }) => kind === "two-party") : 0
    const packet = queue[next]
    if (packet === undefined || !this.#take(to, packet)) return false
    queue.splice(next, 1)
    this.#unwelcomed.delete(to)
    return true
  }

  #take(to: MemberId, packet: Packet): boolean {
    const { state, context } = this.device(to)
    const audience = this.#audiences.get(packet)
    const isToRead = audience !== undefined && this.#isToRead(to, packet, audience)
    try {
      const effects = done(this.protocol.process(state, context, packet))
      assert.equal(effects.message !== undefined, isToRead, `${packet.from} read by ${to}`)
      this.#carryOut(to, effects)
      return true
    } catch (error) {
      if (hasCode(error, "early", "no-sender-key", "no-session")) return false
      if (audience !== undefined && !isToRead && hasCode(error, "not-a-member")) return true
      throw error
    }
  }

  /** Whom the speaker knew, unless it was removed meanwhile, or the speaker. */
  #isToRead(to: MemberId, { from }: Packet, audience: Audience): boolean {
    if (!this.isIn(to)) return false
    return audience.has(this.group(to).self) && !this.#hasRemoved(to, from)
  }

  #hasRemoved(viewer: MemberId, name: MemberId): boolean {
    const group = this.group(viewer)
    return group.membership.removed.has(lastIdOf(group, name))
  }
}

/**
 * The server: keeps prekey bundles, knows the roster, fans broadcasts out. It carries bytes and vouches for the
 * sender's name; it reads nothing.
 */
import { ProtocolError, unreachable } from "../../protocols/errors.ts"
import type { Effects, Notice, Packet, RosterChange } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Pick as SeededPick } from "../plan/seeded-pick.ts"
import { type Delivery, type DeliveryOrder, Waiting } from "./network.ts"

/** One device's bundles: number `id` is the next to be handed out, and `bundle` is it once it was published. */
export type Shelf = { id: number; bundle: Uint8Array | undefined }

/** Plain data: a formed group is kept with its server. */
export type ServerState = {
  roster: readonly MemberId[]
  readonly shelves: Map<MemberId, Shelf>
  /** How many ordered steps were taken. */
  ordered: number
}

/** What a step asks of the server. */
export type Request = Pick<Effects, "packets" | "carriedChange" | "ordinal">

/** A packet and whom it goes to; nobody when the server refused it. */
export type Upload = { readonly packet: Packet; readonly recipients: readonly MemberId[] }

export class DeliveryService {
  readonly state: ServerState
  readonly #waiting: Waiting
  /** Who was removed and is not back. */
  readonly #removed = new Set<MemberId>()

  constructor(state: ServerState, order: DeliveryOrder, pick: SeededPick) {
    this.state = state
    this.#waiting = new Waiting(order, pick)
  }

  /** Make room for the bundles of a device; the first has number 1. */
  registerDevice(member: MemberId): void {
    this.state.shelves.set(member, { id: 1, bundle: undefined })
  }

  /** @throws ProtocolError `missing-prekey` for a device that is not registered */
  shelfOf(member: MemberId): Shelf {
    const shelf = this.state.shelves.get(member)
    if (shelf === undefined) throw new ProtocolError("missing-prekey")
    return shelf
  }

  /** Change the roster. The members before and after it hear of that when they have heard what waits for them. */
  announce(change: RosterChange): void {
    const before = this.state.roster
    this.#change(change)
    const notice: Notice = { change, members: this.state.roster }
    for (const to of new Set([...before, ...this.state.roster]))
      this.#waiting.add({ to, step: { kind: "notice", notice } })
  }

  #change(change: RosterChange): void {
    this.state.roster = Object.freeze(rosterAfter(this.state.roster, change).slice())
    if (change.kind === "remove") this.#removed.add(change.removed)
    else for (const member of this.state.roster) this.#removed.delete(member)
  }

  /** Whether the server knows `member` as one that was removed. */
  hasRemoved(member: MemberId): boolean {
    return this.#removed.has(member)
  }

  /** A member goes offline: what is for it waits until it {@link connect}s again. */
  disconnect(member: MemberId): void {
    this.#waiting.hold(member)
  }

  connect(member: MemberId): void {
    this.#waiting.release(member)
  }

  isOffline(member: MemberId): boolean {
    return this.#waiting.isHeld(member)
  }

  /** Take the packets of a step for delivery, or refuse them where its ordinal is not the next. */
  upload(from: MemberId, request: Request): readonly Upload[] {
    const packets = (request.packets ?? []).map((outgoing): Packet => ({ ...outgoing, from }))
    if (request.ordinal !== undefined && request.ordinal !== this.state.ordered)
      return packets.map((packet) => ({ packet, recipients: [] }))
    return this.#take(from, packets, request)
  }

  #take(from: MemberId, packets: readonly Packet[], { carriedChange, ordinal }: Request): readonly Upload[] {
    const members = carriedChange?.kind === "create" ? carriedChange.members : this.state.roster
    if (carriedChange !== undefined) this.#change(carriedChange)
    const uploads = packets.map((packet) => ({ packet, recipients: recipientsOf(packet, members) }))
    for (const { packet, recipients } of uploads) {
      for (const to of recipients) this.#deliver(to, packet)
    }
    if (ordinal !== undefined) this.#confirm(from, packets)
    if (carriedChange?.kind === "add") this.#catchUp(carriedChange.added, from)
    return uploads
  }

  /** An ordered step comes back to its sender. */
  #confirm(from: MemberId, packets: readonly Packet[]): void {
    this.state.ordered++
    for (const packet of packets) this.#deliver(from, packet)
  }

  /** A newcomer knows what the one who added it knew: it gets what that one has still to hear. */
  #catchUp(newcomer: MemberId, adder: MemberId): void {
    for (const packet of this.#waiting.packetsTo(adder))
      if (packet.kind === "broadcast") this.#deliver(newcomer, packet)
  }

  #deliver(to: MemberId, packet: Packet): void {
    this.#waiting.add({ to, step: { kind: "packet", packet: copyFor(to, packet) } })
  }

  /** The delivery that is due next, or undefined when nothing waits. */
  next(): Delivery | undefined {
    return this.#waiting.take()
  }
}

/** Whom a packet goes to in a group of `members`. */
export function recipientsOf(packet: Packet, members: readonly MemberId[]): readonly MemberId[] {
  switch (packet.kind) {
    case "two-party":
      return [packet.to]
    case "welcome":
      return packet.to
    case "broadcast":
      return members.filter((member) => member !== packet.from)
    default:
      return unreachable(packet)
  }
}

/** A recipient gets what is for all and what is for it alone. */
function copyFor(to: MemberId, packet: Packet): Packet {
  if (packet.kind !== "broadcast" || packet.direct === undefined) return packet
  const { direct, ...rest } = packet
  const own = direct.get(to)
  return own === undefined ? rest : { ...rest, direct: new Map([[to, own]]) }
}

function rosterAfter(roster: readonly MemberId[], change: RosterChange): readonly MemberId[] {
  switch (change.kind) {
    case "create":
      return change.members
    case "add":
      return [...roster, change.added]
    case "remove":
      return roster.filter((member) => member !== change.removed)
    default:
      return unreachable(change)
  }
}

/**
 * The server: keeps prekey bundles, knows the roster, fans broadcasts out. It carries bytes and vouches for the
 * sender's name; it reads nothing.
 */
import { ProtocolError, unreachable } from "../../protocols/errors.ts"
import type { Notice, Outgoing, Packet, RosterChange } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Pick } from "../plan/seeded-pick.ts"
import { type Delivery, type DeliveryOrder, Waiting } from "./network.ts"

/** One device's bundles: number `id` is the next to be handed out, and `bundle` is it once it was published. */
export type Shelf = { id: number; bundle: Uint8Array | undefined }

/** Plain data: a formed group is kept with its server. */
export type ServerState = {
  roster: readonly MemberId[]
  readonly shelves: Map<MemberId, Shelf>
}

export class DeliveryService {
  readonly state: ServerState
  readonly #waiting: Waiting

  constructor(state: ServerState, order: DeliveryOrder, pick: Pick) {
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

  /** Change the roster. Returns the notice and whom it goes to. */
  announce(change: RosterChange): { readonly notice: Notice; readonly to: readonly MemberId[] } {
    const before = this.state.roster
    this.state.roster = Object.freeze(rosterAfter(before, change).slice())
    const notice = { change, members: this.state.roster }
    return { notice, to: [...new Set([...before, ...this.state.roster])] }
  }

  /** Take a packet for delivery: to its addressee, or to everybody in the group but its sender. */
  upload(from: MemberId, outgoing: Outgoing): Packet {
    const packet = { ...outgoing, from }
    for (const to of this.recipients(packet)) this.#waiting.add({ to, packet })
    return packet
  }

  recipients(packet: Packet): readonly MemberId[] {
    if (packet.kind === "two-party") return [packet.to]
    return this.state.roster.filter((member) => member !== packet.from)
  }

  /** The delivery that is due next, or undefined when nothing waits. */
  next(): Delivery | undefined {
    return this.#waiting.take()
  }
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

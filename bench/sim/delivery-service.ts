/**
 * The server: keeps prekey bundles, knows the roster, fans broadcasts out. It carries bytes and vouches for the
 * sender's name; it reads nothing.
 */
import { ProtocolError, unreachable } from "../../protocols/errors.ts"
import type { Notice, Outgoing, Packet, RosterChange } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Pick } from "../plan/seeded-pick.ts"
import { type Delivery, type DeliveryOrder, takeNext } from "./network.ts"

/** Plain data: a formed group is kept with its server. */
export type ServerState = {
  roster: readonly MemberId[]
  readonly bundles: Map<MemberId, Uint8Array[]>
}

export class DeliveryService {
  readonly state: ServerState
  readonly #order: DeliveryOrder
  readonly #pick: Pick
  #waiting: Delivery[] = []

  constructor(state: ServerState, order: DeliveryOrder, pick: Pick) {
    this.state = state
    this.#order = order
    this.#pick = pick
  }

  publishBundles(member: MemberId, bundles: readonly Uint8Array[]): void {
    this.state.bundles.set(member, [...(this.state.bundles.get(member) ?? []), ...bundles])
  }

  /** @throws ProtocolError `missing-prekey` when `member` has none left */
  fetchBundle(member: MemberId): Uint8Array {
    const bundle = this.peekBundle(member)
    this.state.bundles.get(member)?.shift()
    return bundle
  }

  /** The bundle that {@link fetchBundle} would hand out next. */
  peekBundle(member: MemberId): Uint8Array {
    const bundle = this.state.bundles.get(member)?.[0]
    if (bundle === undefined) throw new ProtocolError("missing-prekey")
    return bundle
  }

  /** Change the roster. Returns the notice and whom it goes to. */
  announce(change: RosterChange): { readonly notice: Notice; readonly to: readonly MemberId[] } {
    const before = this.state.roster
    this.state.roster = rosterAfter(before, change)
    const notice = { change, members: this.state.roster }
    return { notice, to: [...new Set([...before, ...this.state.roster])] }
  }

  /** Take a packet for delivery: to its addressee, or to everybody in the group but its sender. */
  upload(from: MemberId, outgoing: Outgoing): Packet {
    const packet = { ...outgoing, from }
    for (const to of this.recipients(packet)) this.#waiting.push({ to, packet })
    return packet
  }

  recipients(packet: Packet): readonly MemberId[] {
    if (packet.kind === "two-party") return [packet.to]
    return this.state.roster.filter((member) => member !== packet.from)
  }

  /** The delivery that is due next, or undefined when nothing waits. */
  next(): Delivery | undefined {
    return this.#waiting.length === 0 ? undefined : takeNext(this.#waiting, this.#order, this.#pick)
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

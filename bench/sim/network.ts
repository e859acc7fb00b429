/**
 * In which order packets reach their recipients. Each delivery carries bytes; a network reads none of them.
 */
import { unreachable } from "../../protocols/errors.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Pick } from "../plan/seeded-pick.ts"

/**
 * - `total`: everybody gets everything in the order in which it was uploaded.
 * - `fifo`: what one member sent to another keeps its order; all else is mixed by seed.
 * - `reordered`: any order, by seed; nothing is lost.
 */
export const DELIVERY_ORDERS = ["total", "fifo", "reordered"] as const
export type DeliveryOrder = (typeof DELIVERY_ORDERS)[number]

export type Delivery = { readonly to: MemberId; readonly packet: Packet }

/** Deliveries under way. */
export class Waiting {
  readonly #order: DeliveryOrder
  readonly #pick: Pick
  #deliveries: Delivery[] = []
  /** Those before it are gone: taking the first of a million must not move the others. */
  #first = 0

  constructor(order: DeliveryOrder, pick: Pick) {
    this.#order = order
    this.#pick = pick
  }

  /** In order of upload. */
  add(delivery: Delivery): void {
    this.#deliveries.push(delivery)
  }

  /** Remove and return the delivery that is due next, or undefined when nothing waits. */
  take(): Delivery | undefined {
    if (this.#first === this.#deliveries.length) return undefined
    if (this.#order === "total") return this.#takeFirst()
    return this.#deliveries.splice(this.#dueIndex(this.#order), 1)[0]
  }

  /** What waits for one member, in order of upload. */
  packetsTo(member: MemberId): Packet[] {
    const waiting = this.#deliveries.slice(this.#first)
    return waiting.filter(({ to }) => to === member).map(({ packet }) => packet)
  }

  #takeFirst(): Delivery {
    const delivery = this.#deliveries[this.#first++] as Delivery
    if (this.#first === this.#deliveries.length) {
      this.#deliveries = []
      this.#first = 0
    }
    return delivery
  }

  #dueIndex(order: Exclude<DeliveryOrder, "total">): number {
    const picked = this.#pick(this.#deliveries.length)
    switch (order) {
      case "fifo":
        return firstOfItsPair(this.#deliveries, picked)
      case "reordered":
        return picked
      default:
        return unreachable(order)
    }
  }
}

/** The oldest waiting delivery between the same two members. */
function firstOfItsPair(waiting: readonly Delivery[], index: number): number {
  const { to, packet } = waiting[index] as Delivery
  return waiting.findIndex((other) => other.to === to && other.packet.from === packet.from)
}

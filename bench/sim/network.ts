/**
 * In which order packets and notices reach their recipients. A network reads none of the bytes that it carries.
 */
import { unreachable } from "../../protocols/errors.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Pick } from "../plan/seeded-pick.ts"
import type { Arrival } from "./step.ts"

/**
 * - `total`: everybody gets everything in the order in which it was uploaded.
 * - `fifo`: what one member sent to another keeps its order; all else is mixed by seed.
 * - `reordered`: any order, by seed; nothing is lost.
 *
 * In each of them a notice reaches a member after all that was uploaded for that member before it, and before the rest.
 */
export const DELIVERY_ORDERS = ["total", "fifo", "reordered"] as const
export type DeliveryOrder = (typeof DELIVERY_ORDERS)[number]

export type Delivery = { readonly to: MemberId; readonly step: Arrival }

/** Deliveries under way. */
export class Waiting {
  readonly #order: DeliveryOrder
  readonly #pick: Pick
  #deliveries: Delivery[] = []
  /** Those before it are gone: taking the first of a million must not move the others. */
  #first = 0
  /** What waits for members who are offline. */
  readonly #held = new Map<MemberId, Delivery[]>()

  constructor(order: DeliveryOrder, pick: Pick) {
    this.#order = order
    this.#pick = pick
  }

  /** In order of upload. */
  add(delivery: Delivery): void {
    const queue = this.#held.get(delivery.to) ?? this.#deliveries
    queue.push(delivery)
  }

  /** From now on what is added for `member` is held back. */
  hold(member: MemberId): void {
    this.#held.set(member, [])
  }

  isHeld(member: MemberId): boolean {
    return this.#held.has(member)
  }

  /** What was held back for `member` is under way again, in order of upload. */
  release(member: MemberId): void {
    const held = this.#held.get(member) ?? []
    this.#held.delete(member)
    for (const delivery of held) this.add(delivery)
  }

  /** Remove and return the delivery that is due next, or undefined when nothing waits. */
  take(): Delivery | undefined {
    if (this.#first === this.#deliveries.length) return undefined
    if (this.#order === "total") return this.#takeFirst()
    return this.#deliveries.splice(this.#dueIndex(this.#order), 1)[0]
  }

  /** What waits for one member, in order of upload. */
  packetsTo(member: MemberId): Packet[] {
    const waiting = this.#held.get(member) ?? this.#deliveries.slice(this.#first)
    return waiting.flatMap(({ to, step }) => (to === member && step.kind === "packet" ? [step.packet] : []))
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
        return dueBeforeNotice(this.#deliveries, firstOfItsPair(this.#deliveries, picked))
      case "reordered":
        return dueBeforeNotice(this.#deliveries, picked)
      default:
        return unreachable(order)
    }
  }
}

/** The oldest waiting delivery between the same two members. */
function firstOfItsPair(waiting: readonly Delivery[], index: number): number {
  const { to, step } = waiting[index] as Delivery
  return waiting.findIndex((other) => other.to === to && senderOf(other.step) === senderOf(step))
}

/** Of a notice it is the server. */
const senderOf = (step: Arrival): MemberId | undefined =>
  step.kind === "packet" ? step.packet.from : undefined

/** A notice keeps its place: where one is among what waits for that recipient up to `index`, the oldest is due. */
function dueBeforeNotice(waiting: readonly Delivery[], index: number): number {
  const { to } = waiting[index] as Delivery
  const notice = waiting.findIndex((other) => other.to === to && other.step.kind === "notice")
  return notice < 0 || notice > index ? index : waiting.findIndex((other) => other.to === to)
}

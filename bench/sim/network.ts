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

/** Remove and return the delivery that is due next; `waiting` is in order of upload and not empty. */
export function takeNext(waiting: Delivery[], order: DeliveryOrder, pick: Pick): Delivery {
  return waiting.splice(nextIndex(waiting, order, pick), 1)[0] as Delivery
}

function nextIndex(waiting: readonly Delivery[], order: DeliveryOrder, pick: Pick): number {
  switch (order) {
    case "total":
      return 0
    case "fifo":
      return firstOfItsPair(waiting, pick(waiting.length))
    case "reordered":
      return pick(waiting.length)
    default:
      return unreachable(order)
  }
}

/** The oldest waiting delivery between the same two members. */
function firstOfItsPair(waiting: readonly Delivery[], index: number): number {
  const { to, packet } = waiting[index] as Delivery
  return waiting.findIndex((other) => other.to === to && other.packet.from === packet.from)
}

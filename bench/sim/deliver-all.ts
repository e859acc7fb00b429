/** Deliveries in the order in which they come, those that come before what they need again and again. */
import type { Awaitable } from "../../protocols/group.ts"
import type { Delivery } from "./network.ts"

/** @returns false where the delivery must wait for another one */
type Arrive = (delivery: Delivery) => Awaitable<boolean>

/** Until nothing waits. @throws Error when there is something that must wait for ever */
export async function deliverAll(take: () => Delivery | undefined, arrive: Arrive): Promise<void> {
  let early: Delivery[] = []
  for (let next = take(); next !== undefined; next = take()) {
    const arrival = arrive(next)
    const hasOpened = arrival instanceof Promise ? await arrival : arrival
    if (!hasOpened) early = [...early, next]
    else if (early.length > 0) early = await retry(early, arrive)
  }
  if (early.length > 0) throw new Error(`${early.length} packets could never be opened`)
}

/** Something arrived: try the early ones until none of them opens. @returns those that must wait on */
async function retry(early: readonly Delivery[], arrive: Arrive): Promise<Delivery[]> {
  const waiting: Delivery[] = []
  for (const delivery of early) if (!(await arrive(delivery))) waiting.push(delivery)
  return waiting.length === early.length ? waiting : retry(waiting, arrive)
}

import type { Awaitable } from "../../protocols/group.ts"

/** What `act` makes of each item, one after another: what one does has ended before the next begins. */
export async function inTurn<T, U>(items: Iterable<T>, act: (item: T) => Awaitable<U>): Promise<U[]> {
  const results: U[] = []
  for (const item of items) results.push(await act(item))
  return results
}

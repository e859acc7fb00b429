/** What calls of a suite take when nothing else is done: one operation at a time, in batches long enough for the clock. */
import type { SuiteCall } from "../../protocols/crypto/counting.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { Clock } from "../meter/clock.ts"
import { median } from "./median.ts"

/** What it takes to make a call again. */
export type Call = Pick<SuiteCall, "operation" | "args">

/** A reading of the clock is lost in it, and one slow interruption does not spoil it. */
const BATCH_NS = 100_000
/** The fewest of which a median is worth something. */
const FEWEST_ROUNDS = 3

/**
 * Nanoseconds a call, median over rounds. In a round each list has one batch, so that a slow moment meets all alike;
 * a batch goes on in its list where the one before ended.
 *
 * @param lists - none of them empty, each of one operation
 * @param budgetMs - rounds begin until it is used, a first to warm up and three at least
 */
export function priceCalls(
  suite: Suite,
  lists: readonly (readonly Call[])[],
  clock: Clock,
  budgetMs: number,
): number[] {
  if (lists.length === 0) return []
  const batches = lists.map((calls) => batchesOf(suite, calls, clock))
  const rounds: number[][] = []
  const end = clock() + budgetMs * 1e6
  while (rounds.length <= FEWEST_ROUNDS || clock() < end) rounds.push(batches.map((batch) => batch()))
  const [_warmUp, ...warm] = rounds
  return lists.map((_, index) => median(warm.map((round) => round[index] as number)))
}

/** Each call of what is returned is one batch, sized by what the one before took; nanoseconds a call. */
function batchesOf(suite: Suite, calls: readonly Call[], clock: Clock): () => number {
  const [first] = calls
  if (first === undefined) throw new Error("no call to price")
  const run = suite[first.operation] as (...args: unknown[]) => unknown
  let next = 0
  let callNs = BATCH_NS
  return () => {
    const times = Math.max(1, Math.round(BATCH_NS / callNs))
    const start = clock()
    for (let made = 0; made < times; made++) {
      run(...(calls[next] as Call).args)
      next = (next + 1) % calls.length
    }
    const meanNs = (clock() - start) / times
    callNs = Math.max(1, meanNs) // or a coarse clock would ask for a batch without end
    return meanNs
  }
}

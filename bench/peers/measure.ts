/** One block of one scenario: passes until the budget is used, then the median for each row. */
import { type Clock, monotonicClock } from "../meter/clock.ts"
import { median } from "../run/median.ts"
import { type Part, rowsOf, type ScenarioName } from "./rows.ts"
import type { Pass, Stopwatch } from "./scenarios.ts"

export type Budget = {
  /** Of everything a pass does, the untimed included. */
  readonly milliseconds: number
  /** However long they take. */
  readonly leastPasses: number
}

/** By name of the row. */
export type RowValues = Readonly<Record<string, number>>

/** What one block of one scenario gave: medians over its passes. */
export type BlockTimes = {
  readonly elapsedNs: RowValues
  /** Ours only, 0 to 1: how much of that the suite's operations take. */
  readonly primitivesShare?: RowValues
}

/** A scenario under way. */
export type Underway = {
  readonly pass: Pass
  /** The same once more, over suites with a clock. */
  readonly clocked?: { readonly pass: Pass; readonly suiteClock: Clock }
}

/**
 * Plain passes tell how long a row takes. Passes over clocked suites come in between, so that both see the machine
 * in the same state, and tell the share: of their own time, since that is longer by the readings of the clock.
 */
export async function measure(
  scenario: ScenarioName,
  { pass, clocked }: Underway,
  { milliseconds, leastPasses }: Budget,
  clock: Clock = monotonicClock,
): Promise<BlockTimes> {
  const end = monotonicClock() + milliseconds * 1e6
  const elapsed: PartTimes[] = []
  const clockedPasses: ClockedTimes[] = []
  while (elapsed.length < leastPasses || monotonicClock() < end) {
    elapsed.push(await timed(pass, clock))
    if (clocked !== undefined) clockedPasses.push(await timedTwice(clocked.pass, clocked.suiteClock, clock))
  }
  const elapsedNs = byRow(scenario, (parts) => median(elapsed.map((times) => sumOf(times, parts))))
  if (clocked === undefined) return { elapsedNs }
  return { elapsedNs, primitivesShare: byRow(scenario, (parts) => shareOf(clockedPasses, parts)) }
}

const byRow = (scenario: ScenarioName, evaluate: (parts: readonly Part[]) => number): RowValues =>
  Object.fromEntries(rowsOf(scenario).map(({ name, parts }) => [name, evaluate(parts)]))

/** Nanoseconds in one pass. */
type PartTimes = ReadonlyMap<Part, number>
type ClockedTimes = { readonly inSuite: PartTimes; readonly elapsed: PartTimes }

const shareOf = (passes: readonly ClockedTimes[], parts: readonly Part[]): number =>
  median(passes.map(({ inSuite, elapsed }) => sumOf(inSuite, parts) / sumOf(elapsed, parts)))

async function timed(pass: Pass, clock: Clock): Promise<PartTimes> {
  const { times, stopwatch } = record(clock)
  await pass(stopwatch)
  return times
}

async function timedTwice(pass: Pass, suiteClock: Clock, clock: Clock): Promise<ClockedTimes> {
  const [inSuite, elapsed] = [record(suiteClock), record(clock)]
  await pass((part, work) => inSuite.stopwatch(part, () => elapsed.stopwatch(part, work)))
  return { inSuite: inSuite.times, elapsed: elapsed.times }
}

/** A stopwatch, and what it has measured so far. */
function record(clock: Clock) {
  const times = new Map<Part, number>()
  const stopwatch: Stopwatch = async (part, work) => {
    const start = clock()
    const result = await work()
    times.set(part, (times.get(part) ?? 0) + (clock() - start))
    return result
  }
  return { times, stopwatch }
}

const sumOf = (times: PartTimes, parts: readonly Part[]): number =>
  parts.reduce((sum, part) => sum + (times.get(part) ?? 0), 0)

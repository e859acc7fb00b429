import {
  type CreateSuite,
  SUITE_OPERATIONS,
  type Suite,
  type SuiteOperation,
} from "../../protocols/crypto/suite.ts"
import type { Clock } from "./clock.ts"

/**
 * Suites with a clock that runs only while one of them works. It gives the price of each call with its own
 * arguments, where it stands in the protocol; one reading of `clock` (40 ns) is in each of the `calls`.
 */
export function clockedSuites(createSuite: CreateSuite, clock: Clock) {
  let spentNs = 0
  let called = 0
  const clocked = (suite: Suite, operation: SuiteOperation) => {
    const run = suite[operation] as (...args: unknown[]) => unknown
    return (...args: unknown[]) => {
      const start = clock()
      const result = run(...args)
      spentNs += clock() - start
      called++
      return result
    }
  }
  const create: CreateSuite = (random) => {
    const suite = createSuite(random)
    return Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, clocked(suite, name)])) as never
  }
  return { createSuite: create, suiteClock: () => spentNs, calls: () => called }
}

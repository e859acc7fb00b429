/** Sees what a suite is asked to do; the suite's bytes stay the same. */
import { SUITE_OPERATIONS, type Suite, type SuiteOperation } from "./suite.ts"

/** One call of a suite: its operation, arguments and result. */
export type SuiteCall = {
  [Name in SuiteOperation]: {
    readonly operation: Name
    readonly args: Parameters<Suite[Name]>
    readonly result: ReturnType<Suite[Name]>
  }
}[SuiteOperation]

/**
 * A suite that tells of each call that returned. What an operation does inside (a signature draws randomness
 * and multiplies twice) is part of that operation and not told again.
 */
export function observedSuite(suite: Suite, observe: (call: SuiteCall) => void): Suite {
  const observed = (operation: SuiteOperation) => {
    const run = suite[operation] as (...args: unknown[]) => unknown
    return (...args: unknown[]) => {
      const result = run(...args)
      observe({ operation, args, result } as SuiteCall)
      return result
    }
  }
  return Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, observed(name)])) as unknown as Suite
}

export type OperationCounts = Record<SuiteOperation, number>

export const noOperations = (): OperationCounts =>
  Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, 0])) as OperationCounts

/** A suite that adds each call that returned to `counts`. */
export const countingSuite = (suite: Suite, counts: OperationCounts): Suite =>
  observedSuite(suite, ({ operation }) => {
    counts[operation]++
  })

/** The sole owner of the real clock. */
import { performance } from "node:perf_hooks"

/** Nanoseconds since some fixed moment. */
export type Clock = () => number

export const monotonicClock: Clock = () => performance.now() * 1e6

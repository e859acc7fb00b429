/** The suites that a record may name. */
export const SUITES = ["noble", "native"] as const
export type SuiteName = (typeof SUITES)[number]

/** How a command ends badly: one line for the user, one exit code for scripts. */

export const EXIT = { done: 0, failed: 1, usage: 2, regression: 3, noisy: 4, interrupted: 130 } as const

/** Bad usage or input: the message is one line that says what, where and what is allowed. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, " "), options)
    this.name = "UsageError"
  }
}

/** Turn what a reader of input throws into one line for the user. */
export function asUsage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

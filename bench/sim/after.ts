import type { Awaitable } from "../../protocols/group.ts"

/**
 * What follows a step: at once where it was done at once, and else when it is. Most steps are, and there may be
 * millions of them: to await each would take time that is nobody's.
 */
export const after = <T, U>(step: Awaitable<T>, goOn: (result: T) => Awaitable<U>): Awaitable<U> =>
  step instanceof Promise ? step.then(goOn) : goOn(step)

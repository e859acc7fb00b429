/** A run's blocks are compared with one another: all of them must come from one machine and one Node. */
import type { Environment } from "../../results/schema.ts"

const DECISIVE = ["cpu", "platform", "arch", "node"] as const

/** @throws Error that names the first thing that is not as when the run began */
export function requireSameMachine(begun: Environment, here: Environment): void {
  const other = DECISIVE.find((name) => begun[name] !== here[name])
  if (other === undefined) return
  throw new Error(
    `the run was begun with ${other} "${begun[other]}" and here is "${here[other]}": their times do not mix; begin a new run`,
  )
}

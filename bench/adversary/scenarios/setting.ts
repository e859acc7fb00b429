/** What a scenario is played on, and what comes of it. */
import type { CreateSuite } from "../../../protocols/crypto/suite.ts"
import type { GroupProtocol, HealingRound, Settling } from "../../../protocols/group.ts"

export type Setting = {
  readonly protocol: GroupProtocol<unknown>
  /** The same as an attacker with copies of several devices runs it: over the channels of all of them. */
  readonly pooling: GroupProtocol<unknown>
  /** What the competitor says has to happen until the thief of one state is shut out. */
  readonly healing: readonly HealingRound[]
  readonly createSuite: CreateSuite
  readonly seed: number
  readonly groupSize: number
  /** Of the group when the theft comes; by default nothing has happened to it. */
  readonly settling?: Settling | undefined
}

/** What the two adversaries read of the messages at stake. */
export type Finding = {
  /** Packets that the thief opened. */
  readonly opened: number
  /** Messages whose key follows from the stolen state. */
  readonly derivable: number
}

export type Scenario = (setting: Setting) => Promise<Finding>

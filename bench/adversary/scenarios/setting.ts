/** What a scenario is played on, and what comes of it. */
import type { CreateSuite } from "../../../protocols/crypto/suite.ts"
import type { GroupProtocol, TreeState } from "../../../protocols/group.ts"

export type Setting = {
  readonly protocol: GroupProtocol<unknown>
  readonly createSuite: CreateSuite
  readonly seed: number
  readonly groupSize: number
  /** Of the group when the theft comes; by default nothing has happened to it. */
  readonly tree?: TreeState | undefined
}

/** What the two adversaries read of the messages at stake. */
export type Finding = {
  /** Packets that the thief opened. */
  readonly opened: number
  /** Messages whose key follows from the stolen state and what went over the wire. */
  readonly derivable: number
  /** The first message that only one of the adversaries read; where they agree, that both read. */
  readonly first?: string | undefined
  /** What else is wrong, whoever reads what: something in a state that nobody can account for. */
  readonly flaw?: string | undefined
}

export type Scenario = (setting: Setting) => Promise<Finding>

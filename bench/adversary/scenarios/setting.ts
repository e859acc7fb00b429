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

export type Finding = ReadFinding | ForgedFinding

/** What the two adversaries read of the messages at stake. */
export type ReadFinding = {
  readonly kind: "read"
  /** Packets that the thief opened. */
  readonly opened: number
  /** Messages whose key follows from the stolen state and what went over the wire. */
  readonly derivable: number
  /** The first message that only one of the adversaries read; where they agree, that both read. */
  readonly first?: string | undefined
  /** What else is wrong, whoever reads what: something in a state that nobody can account for. */
  readonly flaw?: string | undefined
}

/** What others took for the victim's, though an impersonator made it. */
export type ForgedFinding = {
  readonly kind: "forged"
  /** Of each deed that anybody took, the attempt that most did. */
  readonly accepted: readonly Accepted[]
  /** Forgeries that a member refused and that changed its state all the same. */
  readonly disturbances: number
}

export const DEEDS = ["speaks", "invites", "removes"] as const
export type Deed = (typeof DEEDS)[number]

export type Accepted = {
  readonly deed: Deed
  /** Members who took it, of those who could. */
  readonly members: number
  readonly of: number
  /** With which copy, and after which steps. */
  readonly way: string
}

export type Scenario<Found extends Finding = Finding> = (setting: Setting) => Promise<Found>

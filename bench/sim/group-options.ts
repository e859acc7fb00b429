/** What a group is made with, besides its protocol. */
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { DeliveryOrder } from "./network.ts"

export type GroupOptions = {
  readonly seed: number
  readonly createSuite: CreateSuite
  readonly order?: DeliveryOrder
  /** Wraps every suite that a member is given, those of its channels too, as to follow what is derived from what. */
  readonly observeSuites?: (member: MemberId, suite: Suite) => Suite
  /** Wraps the suite of a member's own randomness, as to count. */
  readonly observeSuite?: (member: MemberId, suite: Suite) => Suite
}

/** How the suites of a member are made. */
export const suitesOf = ({ createSuite, observeSuites }: GroupOptions, member: MemberId): CreateSuite =>
  observeSuites === undefined ? createSuite : (random) => observeSuites(member, createSuite(random))

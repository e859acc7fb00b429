/** A group's own tally for tests. */
import { emptyTally } from "../../protocols/crypto/counting.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { GroupTally } from "./meter.ts"

/** Of a group in which nothing happened. */
export const idleGroup = (members: readonly MemberId[]): GroupTally => ({
  twoParty: 0,
  inBroadcasts: 0,
  broadcasts: 0,
  welcomes: 0,
  deliveries: 0,
  rounds: 0,
  notices: 0,
  renewed: new Set(),
  bytesUploaded: 0,
  bytesDelivered: 0,
  bytesUploadedBy: new Map(),
  operations: new Map(members.map((member) => [member, emptyTally()])),
  stateBytes: new Map(members.map((member) => [member, 0])),
  transcript: new Uint8Array(32),
  bundles: { frameBytes: 0, count: 0, bytes: 0 },
})

/** The exact measures of an operation: what the group counted, and what its channels did. */
import { toHex } from "../../protocols/bytes.ts"
import { emptyTally, type OperationCounts, type Tally } from "../../protocols/crypto/counting.ts"
import { createDigest } from "../../protocols/crypto/digest.ts"
import { SUITE_OPERATIONS } from "../../protocols/crypto/suite.ts"
import { EVERYBODY } from "../../protocols/group.ts"
import { type MemberId, memberIndex } from "../../protocols/ids.ts"
import type { Exact } from "../../results/schema.ts"
import { type ChannelTally, operationsOf } from "../channels/tally.ts"
import type { GroupTally } from "./meter.ts"

/** Who played which part in an operation. */
export type Roles = {
  readonly initiator: MemberId
  /** Members before and after the operation, without the initiator. */
  readonly recipients: readonly MemberId[]
  readonly newcomer: MemberId | undefined
}

export function exactOf(group: GroupTally, channels: ChannelTally, roles: Roles): Exact {
  const { twoParty, inBroadcasts, broadcasts, welcomes, deliveries, rounds, notices, bundles } = group
  const channelBytes = total(channels.bytesUploaded)
  const byInitiator = channels.bytesUploaded[memberIndex(roles.initiator)] ?? 0
  const sizes = [...group.stateBytes].map(([id, own]) => own + (channels.stateBytes[memberIndex(id)] ?? 0))
  return {
    twoParty,
    inBroadcasts,
    broadcasts,
    welcomes,
    deliveries,
    rounds,
    renewedSecrets: group.renewed.has(EVERYBODY) ? group.stateBytes.size : group.renewed.size,
    bytesUploaded: group.bytesUploaded + channelBytes,
    bytesDelivered: group.bytesDelivered + channelBytes,
    bytesDeliveredUnsplit: group.bytesDelivered + channelBytes + channels.bytesForOthers,
    bytesUploadedByInitiator: (group.bytesUploadedBy.get(roles.initiator) ?? 0) + byInitiator,
    notices,
    prekeyBundles: channels.prekeyBundles + bundles.count,
    prekeyBundleBytes:
      channels.prekeyBundleBytes + channels.prekeyBundles * bundles.frameBytes + bundles.bytes,
    stateBytesMax: Math.max(...sizes),
    stateBytesMean: total(sizes) / sizes.length,
    transcript: transcriptOf(group, channels),
    primitives: primitivesOf(group, channels, roles, "calls"),
    primitiveBytes: primitivesOf(group, channels, roles, "bytes"),
  }
}

/** SHA-256 over that of the broadcasts, then those of each device's channels with the devices before it. */
function transcriptOf(group: GroupTally, channels: ChannelTally): string {
  const digest = createDigest()
  digest.update(group.transcript)
  for (const [, transcript] of [...channels.transcripts].sort(([a], [b]) => a - b)) digest.update(transcript)
  return toHex(digest.digest())
}

function primitivesOf(
  group: GroupTally,
  channels: ChannelTally,
  roles: Roles,
  what: keyof Tally,
): Exact["primitives"] {
  const of = (member: MemberId): OperationCounts => {
    const own = group.operations.get(member) ?? emptyTally()
    return combined([own[what], operationsOf(channels, memberIndex(member))[what]], total)
  }
  const recipients = roles.recipients.map(of)
  return {
    group: combined([...group.operations.keys()].map(of), total),
    initiator: of(roles.initiator),
    recipientMax: combined(recipients, (counts) => Math.max(0, ...counts)),
    recipientMean: combined(recipients, (counts) => total(counts) / Math.max(1, counts.length)),
    ...(roles.newcomer === undefined ? {} : { newcomer: of(roles.newcomer) }),
  }
}

const total = (counts: Iterable<number>): number => {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}

function combined(
  members: readonly OperationCounts[],
  combine: (counts: readonly number[]) => number,
): OperationCounts {
  const entries = SUITE_OPERATIONS.map((name) => [name, combine(members.map((counts) => counts[name]))])
  return Object.fromEntries(entries) as OperationCounts
}

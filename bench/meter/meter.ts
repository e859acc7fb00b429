/** Counts everything exact about one operation: packets, bytes, waves, suite operations, state. */
import { toHex, utf8 } from "../../protocols/bytes.ts"
import {
  emptyTally,
  type OperationCounts,
  type Tally,
  tallyingSuite,
} from "../../protocols/crypto/counting.ts"
import { createDigest } from "../../protocols/crypto/digest.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import { SUITE_OPERATIONS } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Exact } from "../../results/schema.ts"
import type { Observer, PerformedStep } from "../sim/group.ts"
import { stateBytes } from "./state-size.ts"

/** Who played which part in an operation. */
export type Roles = {
  readonly initiator: MemberId
  /** Members before and after the operation, without the initiator. */
  readonly recipients: readonly MemberId[]
  readonly newcomer: MemberId | undefined
}

export class Meter {
  readonly #tallies = new Map<MemberId, Tally>()
  readonly #transcript = createDigest()
  readonly #uploadedBy = new Map<MemberId, number>()
  #waveHadPackets = false
  #counts = {
    twoParty: 0,
    broadcasts: 0,
    deliveries: 0,
    rounds: 0,
    bytesUploaded: 0,
    bytesDelivered: 0,
    notices: 0,
    prekeyBundles: 0,
    prekeyBundleBytes: 0,
  }

  /** Wrap a member's suite so that its operations are counted from now on. */
  observeSuite(member: MemberId, suite: Suite): Suite {
    return tallyingSuite(suite, this.#tallyOf(member))
  }

  readonly observer: Required<Observer> = {
    onStep: (performed) => this.#onStep(performed),
    onUpload: (packet, recipients) => this.#onUpload(packet, recipients),
    onNotice: () => {
      this.#counts.notices++
    },
    onWave: () => {
      this.#waveHadPackets = false
    },
  }

  /** Forget the suite operations so far. */
  reset(): void {
    const none = emptyTally()
    for (const { calls, bytes } of this.#tallies.values()) {
      Object.assign(calls, none.calls)
      Object.assign(bytes, none.bytes)
    }
  }

  operationsOf(member: MemberId): OperationCounts {
    return this.#tallyOf(member).calls
  }

  #tallyOf(member: MemberId): Tally {
    const tally = this.#tallies.get(member) ?? emptyTally()
    this.#tallies.set(member, tally)
    return tally
  }

  #onStep({ bundles }: PerformedStep): void {
    this.#counts.prekeyBundles += bundles.length
    for (const bundle of bundles) this.#counts.prekeyBundleBytes += bundle.length
  }

  #onUpload(packet: Packet, recipients: number): void {
    const size = packet.bytes.length
    if (!this.#waveHadPackets) this.#counts.rounds++
    this.#waveHadPackets = true
    if (packet.kind === "two-party") this.#counts.twoParty++
    else this.#counts.broadcasts++
    this.#counts.deliveries += recipients
    this.#counts.bytesUploaded += size
    this.#counts.bytesDelivered += size * recipients
    this.#uploadedBy.set(packet.from, (this.#uploadedBy.get(packet.from) ?? 0) + size)
    const to = packet.kind === "two-party" ? packet.to : "*"
    this.#transcript.update(utf8(`${packet.from}>${to}:${size}:`))
    this.#transcript.update(packet.bytes)
  }

  /** `states`: those of all members after the operation. */
  exact(roles: Roles, states: readonly unknown[]): Exact {
    const sizes = states.map(stateBytes)
    return {
      ...this.#counts,
      bytesUploadedByInitiator: this.#uploadedBy.get(roles.initiator) ?? 0,
      stateBytesMax: Math.max(...sizes),
      stateBytesMean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
      transcript: toHex(this.#transcript.digest()),
      primitives: this.#byRole(roles, "calls"),
      primitiveBytes: this.#byRole(roles, "bytes"),
    }
  }

  #byRole({ initiator, recipients, newcomer }: Roles, part: keyof Tally): Exact["primitives"] {
    const of = (member: MemberId) => this.#tallyOf(member)[part]
    return {
      group: combined(
        [...this.#tallies.values()].map((tally) => tally[part]),
        total,
      ),
      initiator: { ...of(initiator) },
      recipientMax: combined(recipients.map(of), (counts) => Math.max(0, ...counts)),
      recipientMean: combined(recipients.map(of), (counts) => total(counts) / Math.max(1, counts.length)),
      ...(newcomer === undefined ? {} : { newcomer: { ...of(newcomer) } }),
    }
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

function combined(
  members: readonly OperationCounts[],
  combine: (counts: readonly number[]) => number,
): OperationCounts {
  const entries = SUITE_OPERATIONS.map((name) => [name, combine(members.map((counts) => counts[name]))])
  return Object.fromEntries(entries) as OperationCounts
}

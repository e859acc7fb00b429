/** What channels cost, summed up by member; parts of a group add up to the whole, however it was cut. */
import { emptyTally as noCalls, type Tally } from "../../protocols/crypto/counting.ts"
import { SUITE_OPERATIONS } from "../../protocols/crypto/suite.ts"

/** Calls and bytes of each operation. */
const ROW = 2 * SUITE_OPERATIONS.length

/** Numbers by member. */
export type ByMember = Float64Array

/** The channels' part of one operation. */
export type ChannelTally = {
  /** Bytes of two-party ciphertexts, by sender. */
  readonly bytesUploaded: ByMember
  /** Bytes of ciphertexts inside broadcasts that reach those they are not for, where the server cannot split. */
  bytesForOthers: number
  prekeyBundles: number
  prekeyBundleBytes: number
  /** Suite operations: for each member of each its calls and their bytes. */
  readonly operations: ByMember
  /** What its channels add to a member's state after the operation, its long-term keys included. */
  readonly stateBytes: ByMember
  /** By device: SHA-256 of what passed between it and the devices before it; absent where nothing did. */
  readonly transcripts: Map<number, Uint8Array>
  /** By wave: packets that the thief opened, and members whose next message it would read. */
  readonly opened: Map<number, number>
  readonly readable: Map<number, Set<number>>
}

export function emptyTally(devices: number): ChannelTally {
  return {
    bytesUploaded: new Float64Array(devices),
    bytesForOthers: 0,
    prekeyBundles: 0,
    prekeyBundleBytes: 0,
    operations: new Float64Array(devices * ROW),
    stateBytes: new Float64Array(devices),
    transcripts: new Map(),
    opened: new Map(),
    readable: new Map(),
  }
}

/** Add `part` to `sum`. */
export function addTally(sum: ChannelTally, part: ChannelTally): void {
  addNumbers(sum.bytesUploaded, part.bytesUploaded)
  addNumbers(sum.operations, part.operations)
  addNumbers(sum.stateBytes, part.stateBytes)
  sum.bytesForOthers += part.bytesForOthers
  sum.prekeyBundles += part.prekeyBundles
  sum.prekeyBundleBytes += part.prekeyBundleBytes
  for (const [device, transcript] of part.transcripts) sum.transcripts.set(device, transcript)
  for (const [wave, opened] of part.opened) sum.opened.set(wave, (sum.opened.get(wave) ?? 0) + opened)
  for (const [wave, members] of part.readable) for (const member of members) noteReadable(sum, wave, member)
}

export function noteReadable({ readable }: ChannelTally, wave: number, member: number): void {
  const known = readable.get(wave) ?? new Set()
  readable.set(wave, known.add(member))
}

function addNumbers(sum: ByMember, part: ByMember): void {
  for (const [index, value] of part.entries()) sum[index] = (sum[index] as number) + value
}

export function addOperations({ operations }: ChannelTally, member: number, { calls, bytes }: Tally): void {
  const start = member * ROW
  for (const [index, name] of SUITE_OPERATIONS.entries()) {
    const at = start + 2 * index
    operations[at] = (operations[at] as number) + calls[name]
    operations[at + 1] = (operations[at + 1] as number) + bytes[name]
  }
}

export function operationsOf({ operations }: ChannelTally, member: number): Tally {
  const tally = noCalls()
  for (const [index, name] of SUITE_OPERATIONS.entries()) {
    const at = member * ROW + 2 * index
    tally.calls[name] = operations[at] as number
    tally.bytes[name] = operations[at + 1] as number
  }
  return tally
}

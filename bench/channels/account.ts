/** The books of one operation while its channels are played. */
import { utf8 } from "../../protocols/bytes.ts"
import type { Tally } from "../../protocols/crypto/counting.ts"
import { createDigest, type Digest } from "../../protocols/crypto/digest.ts"
import type { TwoPartyPacket } from "../../protocols/group.ts"
import type { Segment } from "./calls.ts"
import { addOperations, type ChannelTally, emptyTally, noteReadable } from "./tally.ts"

/** Bytes that a channel adds to the state of each of its two devices. */
export type Sizes = readonly [number, number]

/** Hears what passes between two devices. */
export type Ear = (packet: TwoPartyPacket, wave: number) => boolean

export class Account {
  readonly tally: ChannelTally
  readonly #ear: Ear
  #digest: Digest | undefined

  constructor(devices: number, ear: Ear = () => false) {
    this.tally = emptyTally(devices)
    this.#ear = ear
  }

  /** A ciphertext that member number `sender` uploaded. */
  sent(sender: number, packet: TwoPartyPacket, { phase, wave }: Segment): void {
    if (phase === "counted") this.#count(sender, packet)
    if (!this.#ear(packet, wave)) return
    if (phase === "probe") noteReadable(this.tally, wave, sender)
    else this.tally.opened.set(wave, (this.tally.opened.get(wave) ?? 0) + 1)
  }

  #count(sender: number, { from, to, bytes }: TwoPartyPacket): void {
    const { bytesUploaded } = this.tally
    bytesUploaded[sender] = (bytesUploaded[sender] as number) + bytes.length
    this.#digest ??= createDigest()
    this.#digest.update(utf8(`${from}>${to}:${bytes.length}:`))
    this.#digest.update(bytes)
  }

  /** It travels inside a broadcast that has so many recipients. */
  copied(ciphertext: Uint8Array, recipients: number): void {
    this.tally.bytesForOthers += ciphertext.length * (recipients - 1)
  }

  fetched(bundle: Uint8Array): void {
    this.tally.prekeyBundles++
    this.tally.prekeyBundleBytes += bundle.length
  }

  worked(member: number, operations: Tally): void {
    addOperations(this.tally, member, operations)
  }

  /** Bytes of a device's state. */
  owned(device: number, bytes: number): void {
    const { stateBytes } = this.tally
    stateBytes[device] = (stateBytes[device] as number) + bytes
  }

  grew([first, second]: readonly [number, number], sizes: Sizes): void {
    this.owned(first, sizes[0])
    this.owned(second, sizes[1])
  }

  /** All channels of `device` with those before it have been played. */
  closeColumn(device: number): void {
    if (this.#digest !== undefined) this.tally.transcripts.set(device, new Uint8Array(this.#digest.digest()))
    this.#digest = undefined
  }
}

/** Which message a packet or an encryption belongs to: what the two adversaries read can so be compared. */
import type { Packet } from "../../../protocols/group.ts"
import type { MemberId } from "../../../protocols/ids.ts"

/** One message of a member to the group, counted from 1. */
export type Speech = { readonly number: number; readonly from: MemberId }

export class Speeches {
  readonly #words = new Set<string>()
  /** With the position in the log where the encryptions of each end. */
  readonly #all: { readonly speech: Speech; end: number }[] = []
  readonly #ofPacket = new Map<Packet, Speech>()
  #isSpeaking = false

  /** That begin with all that was said before. */
  continued(): Speeches {
    const speeches = new Speeches()
    for (const words of this.#words) speeches.#words.add(words)
    for (const { speech, end } of this.#all) speeches.#all.push({ speech, end })
    for (const [packet, speech] of this.#ofPacket) speeches.#ofPacket.set(packet, speech)
    return speeches
  }

  /** A member said something; `end` is where the log has got to. */
  says(from: MemberId, plaintext: Uint8Array, end: number): void {
    if (plaintext.length > 0) this.#words.add(new TextDecoder().decode(plaintext))
    this.#all.push({ speech: { number: this.#all.length + 1, from }, end })
    this.#isSpeaking = true
  }

  /** A member did something else. */
  isSilent(): void {
    this.#isSpeaking = false
  }

  /** Something was uploaded, for the message of a moment ago if there was one. */
  uploads(packet: Packet, end: number): void {
    const latest = this.#all.at(-1)
    if (!this.#isSpeaking || latest === undefined) return
    latest.end = end
    this.#ofPacket.set(packet, latest.speech)
  }

  /**
   * What a thief must not read is what members say. Other ciphertexts lead to that or to nothing: those that name the
   * sender of a message (MLS, RFC 9420 §6.3.2) may be read by all who know the epoch.
   */
  isIn(plaintext: Uint8Array): boolean {
    const bytes = Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength)
    return [...this.#words].some((words) => bytes.includes(words))
  }

  /**
   * The first message that one adversary read more often than the other, or where they agree, that both read.
   *
   * @param encryptions - as positions in the log
   */
  firstOf(opened: readonly Packet[], encryptions: readonly number[]): string | undefined {
    const heard = opened.map((packet) => this.#ofPacket.get(packet))
    const derived = encryptions.map((position) => this.#all.find(({ end }) => position < end)?.speech)
    const read = [...heard, ...derived].sort(byNumber)
    const times = (speeches: readonly (Speech | undefined)[], speech: Speech | undefined) =>
      speeches.filter((other) => other === speech).length
    const isDisputed = (speech: Speech | undefined) => times(heard, speech) !== times(derived, speech)
    const index = read.some(isDisputed) ? read.findIndex(isDisputed) : 0
    return index in read ? nameOf(read[index]) : undefined
  }
}

const byNumber = (a: Speech | undefined, b: Speech | undefined): number =>
  (a?.number ?? Number.POSITIVE_INFINITY) - (b?.number ?? Number.POSITIVE_INFINITY) || 0

const nameOf = (speech: Speech | undefined): string =>
  speech === undefined ? "something that is no message" : `message ${speech.number}, by ${speech.from}`

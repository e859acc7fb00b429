/**
 * The thief at channels that it robbed neither end of: it tries every ciphertext there, as its recipient and as its
 * sender, with all that it had when the ciphertext was sent. Should one open, the next is tried with what it had
 * before, so that the verdict does not depend on which channels are listened to together.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { TwoPartyPacket } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { overhearChannel, type TwoParty } from "../../protocols/two-party/two-party.ts"
import { fork } from "../sim/fork.ts"
import { sameState } from "../sim/same-state.ts"
import { hurriedly, type Loot, thiefContext } from "./thief.ts"

export class Eavesdropper {
  readonly #victim: MemberId
  /** Members whose channels it listens to. */
  readonly #watched: ReadonlySet<MemberId>
  /** The channels that the thief had after it heard the victim's own part of each wave. */
  readonly #loots: readonly Loot[]
  readonly #live: unknown[]

  constructor(victim: MemberId, watched: ReadonlySet<MemberId>, loots: readonly Loot[]) {
    this.#victim = victim
    this.#watched = watched
    this.#loots = loots
    this.#live = loots.map(({ live }) => fork(live))
  }

  /** Whether it listens to the channel of these two: the victim's own were heard by the thief itself. */
  listensTo({ from, to }: TwoPartyPacket): boolean {
    const isVictims = from === this.#victim || to === this.#victim
    return !isVictims && (this.#watched.has(from) || this.#watched.has(to))
  }

  /** Whether it opened; nobody listens but in the waves of a heal and after them. */
  hears(channel: TwoParty<unknown>, createSuite: CreateSuite, packet: TwoPartyPacket, wave: number): boolean {
    const loot = this.#loots[wave]
    if (loot === undefined) return false
    const context = thiefContext(createSuite)
    const hasOpened = hurriedly(
      () => overhearChannel(channel, loot.stolen, this.#live[wave], context, packet) !== undefined,
    )
    if (hasOpened) this.#live[wave] = fork(loot.live)
    return hasOpened
  }

  /** Whether both know the same and listen at the same times. */
  isLike(other: Eavesdropper): boolean {
    const [ours, theirs] = [
      [this.#victim, this.#watched, this.#loots],
      [other.#victim, other.#watched, other.#loots],
    ]
    return sameState(ours, theirs)
  }
}

/**
 * The second adversary in a counting run (`bench/adversary/derivability.ts`): it writes down what the judged members
 * derive, from the group's first moment through a heal, and says which of their messages follow from the stolen state.
 */
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { DerivationLog } from "../adversary/derivability.ts"
import type { Compromise } from "../adversary/heal.ts"
import type { Group, GroupSnapshot } from "../sim/group.ts"

const SPEECH = Buffer.from("is it over?")

const isSpeech = (plaintext: Uint8Array): boolean => Buffer.from(plaintext).includes(SPEECH)

/** What both adversaries made of the messages that were sent when a heal was over. */
export type Judgement = {
  /** Members whose message both judged. */
  readonly judged: number
  /** Messages whose keys follow from the stolen state and from what went over the wire. */
  readonly derivable: number
}

export class SecondAdversary {
  readonly #judged: ReadonlySet<MemberId>
  readonly #forming = new DerivationLog(isSpeech)
  #log: DerivationLog | undefined = this.#forming

  /** @param judged - none: nobody is followed */
  constructor(judged: ReadonlySet<MemberId>) {
    this.#judged = judged
  }

  /** Follow a group through a heal, from its rest on; each heal for itself, as in each the same numbers are drawn. */
  beginHeal(): void {
    this.#log = this.#forming.continued(isSpeech)
  }

  /** What happens from now on is no part of what it follows. */
  pause(): void {
    this.#log = undefined
  }

  /** What a group did until it rests was not followed: what its members hold is what there is to know. */
  learn({ members }: GroupSnapshot): void {
    for (const { id, state } of members) if (this.#judged.has(id)) this.#forming.learns(state)
  }

  readonly observe = (member: MemberId, suite: Suite): Suite =>
    this.#log !== undefined && this.#judged.has(member) ? this.#log.observe(suite) : suite

  /** Hear what is for everybody, what judged members send and get, and bundles. */
  listenTo(group: Group): void {
    if (this.#judged.size === 0) return
    const isJudged = (member: MemberId) => this.#judged.has(member)
    this.#log?.listenTo(
      group,
      (packet) => packet.kind !== "two-party" || isJudged(packet.from) || isJudged(packet.to),
    )
  }

  /**
   * Every judged member says something, and both adversaries try it.
   *
   * @returns packets that the thief opened, and the judgement
   * @throws Error when one of them reads something and the other nothing
   */
  async judge(compromise: Compromise, stolen: unknown): Promise<Judgement & { readonly opened: number }> {
    const log = this.#log as DerivationLog
    const speakers = compromise.group.roster.filter((member) => this.#judged.has(member))
    const start = log.encryptions
    const opened = await compromise.overhear({
      actions: speakers.map((member) => [member, { kind: "send", plaintext: SPEECH }]),
    })
    const derivable = log.readable(stolen, start, log.encryptions)
    if (opened > 0 !== derivable > 0)
      throw new Error(
        `the adversaries disagree about what was sent after the heal: ${derivable} messages follow from the stolen ` +
          `state, the thief opened ${opened}`,
      )
    return { judged: speakers.length, derivable, opened }
  }
}

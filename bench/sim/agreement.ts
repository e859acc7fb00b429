/** Whether members agree: on every update secret, and on every word that was said. */
import { equal } from "../../protocols/bytes.ts"
import type { UpdateSecret } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"

export class Agreement {
  readonly #secrets = new Map<string, Uint8Array>()
  /** What each member has still to read. */
  readonly #awaited = new Map<MemberId, Uint8Array[]>()

  /** @throws Error when another member has another secret under this name */
  compare({ owner, name, secret }: UpdateSecret): void {
    const key = `${owner}/${name}`
    const known = this.#secrets.get(key)
    if (known === undefined) this.#secrets.set(key, secret)
    else if (!equal(known, secret)) throw new Error(`members disagree on a secret of ${owner}`)
  }

  /** `from` says something that all others in `roster` are to read. */
  expect(from: MemberId, plaintext: Uint8Array, roster: readonly MemberId[]): void {
    for (const member of roster) {
      if (member !== from) this.#awaitedBy(member).push(plaintext)
    }
  }

  /** @throws Error when `member` read what nobody said to it, or read it twice */
  hear(member: MemberId, plaintext: Uint8Array): void {
    const awaited = this.#awaitedBy(member)
    const index = awaited.findIndex((words) => equal(words, plaintext))
    if (index < 0) throw new Error(`${member} read words that nobody sent`)
    awaited.splice(index, 1)
  }

  #awaitedBy(member: MemberId): Uint8Array[] {
    const awaited = this.#awaited.get(member) ?? []
    this.#awaited.set(member, awaited)
    return awaited
  }

  /** @throws Error when a message did not reach everybody */
  requireAllHeard(): void {
    for (const [member, missing] of this.#awaited) {
      if (missing.length > 0) throw new Error(`${member} missed ${missing.length} messages`)
    }
  }
}

/** What each step does to the secrets in a member's state. */
import type { HeldSecret } from "../../protocols/anatomy.ts"
import { toHex } from "../../protocols/bytes.ts"
import { secretsIn } from "../../protocols/dissection.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { KeyChange } from "../../results/story.ts"

type Page = ReadonlyMap<string, HeldSecret>

export class Ledger {
  readonly #pages = new Map<MemberId, Page>()

  /** What changed in this member's state since it was asked last; at first everything is gained. */
  changes(member: MemberId, state: unknown): KeyChange[] {
    const before = this.#pages.get(member) ?? new Map()
    const now = pageOf(state)
    this.#pages.set(member, now)
    return [...appearing(before, now), ...missing(before, now)]
  }
}

const pageOf = (state: unknown): Page =>
  new Map(secretsIn(state).map((secret) => [`${secret.member} ${secret.name}`, secret]))

function appearing(before: Page, now: Page): KeyChange[] {
  return [...now].flatMap(([key, secret]): KeyChange[] => {
    const old = before.get(key)
    if (old === undefined) return [changed("gained", secret)]
    return toHex(old.bytes) === toHex(secret.bytes) ? [] : [changed("moved", secret)]
  })
}

const missing = (before: Page, now: Page): KeyChange[] =>
  [...before].filter(([key]) => !now.has(key)).map(([, secret]) => changed("gone", secret))

const changed = (change: KeyChange["change"], { name, member, bytes }: HeldSecret): KeyChange => ({
  change,
  name,
  ...(member === undefined ? {} : { member }),
  hex: toHex(bytes),
})

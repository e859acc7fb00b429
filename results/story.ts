/**
 * A short life of one group, recorded step by step for a page that explains it. Plain data: byte strings are
 * written in hexadecimal, members by name.
 */

/** In order. */
export const SCENES = [
  "publish",
  "form",
  "first-message",
  "everyone-speaks",
  "second-message",
  "removal",
  "fresh-chains",
  "theft",
  "renewal-alone",
  "channels",
  "everyone-renews",
  "after",
] as const
export type SceneName = (typeof SCENES)[number]

/** What a byte string is to somebody who sees it. */
export const PART_KINDS = [
  "framing",
  "number",
  "public-key",
  "secret",
  "ciphertext",
  "proof",
  "text",
] as const
export type PartKind = (typeof PART_KINDS)[number]

/** A stretch of a message; the parts of a message are all of its bytes, in order. */
export type StoryPart = { readonly name: string; readonly kind: PartKind; readonly hex: string }

/** What a step did to one secret in a member's state: `moved` is another value under the same name, and the old one is gone. */
export type KeyChange = {
  readonly change: "gained" | "moved" | "gone"
  readonly name: string
  /** Whose messages it opens, or whom its channel is with; none for keys of the device itself. */
  readonly member?: string
  /** The value gained or moved to; of one that is gone, the value that is. */
  readonly hex: string
}

export type ChangesOf = { readonly member: string; readonly changes: readonly KeyChange[] }

/** Whether a thief who had a member's state by then opened it; absent before the theft. */
type Overheard = { readonly opened?: boolean }

export type StoryEvent =
  /** A device leaves a prekey bundle with the server. */
  | { readonly kind: "publish"; readonly by: string; readonly parts: readonly StoryPart[] }
  /** What a member did by itself, before anything it sent. */
  | {
      readonly kind: "act"
      readonly by: string
      readonly action: string
      /** Prekey bundles that it fetched. */
      readonly bundles: number
      readonly changes: readonly KeyChange[]
    }
  /** The server announces a membership. */
  | {
      readonly kind: "notice"
      readonly by: string
      readonly change: "create" | "add" | "remove"
      readonly to: readonly ChangesOf[]
    }
  | ({
      readonly kind: "two-party"
      readonly from: string
      readonly to: string
      readonly parts: readonly StoryPart[]
      /** What its ciphertext holds. */
      readonly content: readonly StoryPart[]
      readonly received: readonly ChangesOf[]
    } & Overheard)
  | ({
      readonly kind: "broadcast"
      readonly from: string
      readonly words: string
      readonly parts: readonly StoryPart[]
      readonly received: readonly ChangesOf[]
    } & Overheard)

export type Scene = {
  readonly name: SceneName
  /** Members when it ends, in the order of their columns. */
  readonly members: readonly string[]
  readonly events: readonly StoryEvent[]
  /** Members whose next message the thief would read when it ends; absent before the theft. */
  readonly readable?: readonly string[]
}

export type Story = {
  readonly protocol: string
  readonly channel: string
  readonly seed: number
  /** Everybody who is ever in the group. */
  readonly cast: readonly string[]
  readonly victim: string
  readonly scenes: readonly Scene[]
}

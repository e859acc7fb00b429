/** The competitors: one entry each. A newcomer adds its folder and one entry here. */

import type { Costs, CostsByChannel } from "./costs.ts"
import { DCGKA_PROMISES } from "./dcgka/claims.ts"
import { DCGKA_COSTS } from "./dcgka/costs.ts"
import { dcgka } from "./dcgka/dcgka.ts"
import {
  type Claims,
  type GroupProtocol,
  type Healing,
  type Promises,
  type Settling,
  TREE_STATES,
  type TreeState,
} from "./group.ts"
import { MLS_PROMISES } from "./mls/claims.ts"
import { mlsCosts } from "./mls/costs.ts"
import { mlsOnDemand } from "./mls/on-demand.ts"
import { PAIRWISE_PROMISES } from "./pairwise/claims.ts"
import { PAIRWISE_COSTS } from "./pairwise/costs.ts"
import { pairwise } from "./pairwise/pairwise.ts"
import { PERIODIC_PROMISES, SENDER_KEYS_PROMISES } from "./sender-keys/claims.ts"
import { periodicCosts, SENDER_KEYS_COSTS } from "./sender-keys/costs.ts"
import { senderKeys } from "./sender-keys/sender-keys.ts"
import { none } from "./two-party/none.ts"
import { signal } from "./two-party/signal.ts"
import type { TwoParty } from "./two-party/two-party.ts"
import { twoSm } from "./two-party/two-sm.ts"

/** What a user may set for the protocols. */
export type Settings = {
  /** `periodic-sender-keys`: a member renews after this many of its own messages. */
  readonly periodMessages: number
}

export const DEFAULT_SETTINGS: Settings = { periodMessages: 100 }

/** `periodic-sender-keys`: or after this much time, whichever comes first; 14 days, as in Signal. */
export const PERIOD_SECONDS = 14 * 24 * 3600

/** A protocol over a channel, which is part of what it is. */
export type Competitor = Healing & {
  /**
   * The protocol's name, and over another channel than its usual one also that: `dcgka`, `dcgka/signal`; so with the
   * state of its tree: `mls`, `mls/blank`.
   */
  readonly name: string
  /** Name of the two-party channel it runs on. */
  readonly channel: string
  /** Of a group at rest; undefined for a protocol without a tree. */
  readonly tree: TreeState | undefined
  /** What a group goes through before it rests; undefined where nothing has to be. */
  readonly settling: Settling | undefined
  /** One sentence for somebody who never heard of the protocol: how members get each other's keys. */
  readonly summary: string
  readonly source: string
  readonly claims: Claims
  /** What its operations cost, as it claims; undefined where it claims nothing, and nothing is checked. */
  readonly costs: (settings: Settings) => Costs | undefined
  /**
   * With plain-data state of its own type, which nobody outside looks into; over the competitor's channel, or another
   * object in its place.
   */
  readonly protocol: (settings: Settings, channel?: TwoParty<unknown>) => GroupProtocol<unknown>
}

/** A protocol over the channels for which it promises something, and with the trees it may have, its usual ones first. */
type Entry = {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly promises: Promises
  readonly trees?: readonly TreeState[]
  readonly costs?: (settings: Settings, tree: TreeState | undefined) => CostsByChannel
  readonly over: (channel: TwoParty<unknown>, settings: Settings) => GroupProtocol<unknown>
}

/** Channels, their state of a type that nobody outside looks into. */
const CHANNELS = [signal, twoSm, none] as readonly TwoParty<unknown>[]

/** The two-party channel of that name. @throws Error naming the known ones */
export const channelNamed = (name: string): TwoParty<unknown> => named(CHANNELS, "channel", name)

const ENTRIES: readonly Entry[] = [
  {
    name: "sender-keys",
    summary:
      "Each member draws a key of its own for sending, gives it to every other member over a two-party channel, and " +
      "draws a new one only when somebody is removed.",
    source: "WhatsApp Encryption Overview; libsignal 0.103.0",
    promises: SENDER_KEYS_PROMISES,
    costs: () => SENDER_KEYS_COSTS,
    over: (channel) => erased(senderKeys(channel, { kind: "never" })),
  },
  {
    name: "periodic-sender-keys",
    summary:
      "Sender Keys that every member also renews after so many of its own messages or days, whether or not " +
      "anything happened.",
    source: "ePrint 2020/1281 of 2020-10-07, §3",
    promises: PERIODIC_PROMISES,
    costs: ({ periodMessages }) => periodicCosts(periodMessages),
    over: (channel, { periodMessages }) =>
      erased(senderKeys(channel, { kind: "periodic", messages: periodMessages, seconds: PERIOD_SECONDS })),
  },
  {
    name: "pairwise",
    summary:
      "No key of the group: a message is encrypted for each other member by itself, over the channel that the two share.",
    source: "Signal groups before Sender Keys (Marlinspike 2014)",
    promises: PAIRWISE_PROMISES,
    costs: () => PAIRWISE_COSTS,
    over: (channel) => erased(pairwise(channel)),
  },
  {
    name: "dcgka",
    summary:
      "One member sends everybody a fresh seed, from which follows a new key for sending for every member: one " +
      "message, and an acknowledgement by each of the others, renew the whole group.",
    source: "ePrint 2020/1281 of 2020-10-07, §6 and Fig. 4",
    promises: DCGKA_PROMISES,
    costs: () => DCGKA_COSTS,
    over: (channel) => erased(dcgka(channel)),
  },
  {
    name: "mls",
    source: "RFC 9420; ts-mls 1.6.4",
    summary:
      "All members share one secret, which follows from keys in a tree; one message of a member renews the keys between " +
      "its leaf and the root, and with them the secret.",
    promises: MLS_PROMISES,
    costs: (_settings, tree) => mlsCosts(tree),
    trees: TREE_STATES,
    over: () => erased(mlsOnDemand()),
  },
]

/** The bench moves states about without looking into them. */
const erased = <State>(protocol: GroupProtocol<State>): GroupProtocol<unknown> =>
  protocol as GroupProtocol<unknown>

/** Each protocol over each of its channels and with each of its trees, the usual ones first. */
const COMPETITORS: readonly (readonly Competitor[])[] = ENTRIES.map((entry) =>
  Object.keys(entry.promises).flatMap((channel) =>
    (entry.trees ?? [undefined]).map((tree) => competitorOf(entry, channel, tree)),
  ),
)

function competitorOf(entry: Entry, channel: string, tree: TreeState | undefined): Competitor {
  const { name, summary, source, promises, costs, over } = entry
  const unusual = [
    ...(channel === Object.keys(promises)[0] ? [] : [channel]),
    ...(tree === entry.trees?.[0] ? [] : [tree]),
  ]
  return {
    name: [name, ...unusual].join("/"),
    channel,
    tree,
    summary,
    source,
    settling: tree,
    ...(promises[channel] as Promises[string]),
    costs: (settings) => costs?.(settings, tree)[channel],
    protocol: (settings, inPlace = channelNamed(channel)) => over(inPlace, settings),
  }
}

/** Each protocol as it usually is. */
export const registry: readonly Competitor[] = COMPETITORS.map(([usual]) => usual as Competitor)

/** Each protocol over each of its channels, with each of its trees. */
export const everyCompetitor: readonly Competitor[] = COMPETITORS.flat()

/** @throws Error naming the known protocols */
export const competitorNamed = (name: string): Competitor => named(everyCompetitor, "protocol", name)

/** The protocol of a competitor over another channel. @throws Error naming those that it runs on */
export function competitorOver(competitor: Competitor, channel: string): Competitor {
  const { name, tree } = competitor
  const found = familyOf(name).find((variant) => variant.channel === channel && variant.tree === tree)
  if (found !== undefined) return found
  throw new Error(`${name} does not run over "${channel}"; known: ${listed(familyOf(name), "channel")}`)
}

/** The same over the same channel with another tree; itself where it has none. */
export function withTree(competitor: Competitor, tree: TreeState): Competitor {
  const { name, channel } = competitor
  const found = familyOf(name).find((variant) => variant.channel === channel && variant.tree === tree)
  return found ?? competitor
}

/** The protocol in all its ways. */
const familyOf = (name: string): readonly Competitor[] =>
  COMPETITORS.find((variants) => variants.some((variant) => variant.name === name)) ?? []

function named<T extends { readonly name: string }>(known: readonly T[], what: string, name: string): T {
  const found = known.find((entry) => entry.name === name)
  if (found !== undefined) return found
  throw new Error(`unknown ${what} "${name}"; known: ${listed(known, "name")}`)
}

const listed = <Field extends string>(entries: readonly Record<Field, string>[], field: Field): string =>
  [...new Set(entries.map((entry) => entry[field]))].join(", ")

/** The competitors: one entry each. A newcomer adds its folder and one entry here. */
import type { Claims, GroupProtocol, HealingRound } from "./group.ts"
import { pairwise } from "./pairwise/pairwise.ts"
import { senderKeys } from "./sender-keys/sender-keys.ts"
import { signal } from "./two-party/signal.ts"
import type { TwoParty } from "./two-party/two-party.ts"

/** What a user may set for the protocols. */
export type Settings = {
  /** `periodic-sender-keys`: a member renews after this many of its own messages. */
  readonly periodMessages: number
}

export const DEFAULT_SETTINGS: Settings = { periodMessages: 100 }

/** `periodic-sender-keys`: or after this much time, whichever comes first; 14 days, as in Signal. */
export const PERIOD_SECONDS = 14 * 24 * 3600

export type Competitor = {
  readonly name: string
  /** Name of the two-party channel it runs on. */
  readonly channel: string
  readonly source: string
  readonly claims: Claims
  /** What has to happen until a thief of one member's state is shut out. */
  readonly healing: readonly HealingRound[]
  /** The protocol over a channel, with plain-data state of its own type, which nobody outside looks into. */
  readonly protocol: (settings: Settings, channel?: TwoParty<unknown>) => GroupProtocol<unknown>
}

/** The channel, its state of a type that nobody outside looks into. */
const SIGNAL = signal as TwoParty<unknown>

/** The two-party channel of that name. @throws Error */
export function channelNamed(name: string): TwoParty<unknown> {
  if (name === SIGNAL.name) return SIGNAL
  throw new Error(`unknown channel "${name}"; known: ${SIGNAL.name}`)
}

/** The victim speaks, its peers answer, it speaks again: only that last ratchet key is out of the thief's reach. */
const HEAL_CHANNELS: readonly HealingRound[] = [
  "victim-ratchets-channels",
  "peers-ratchet-channels",
  "victim-ratchets-channels",
]

const SENDER_KEYS_CLAIMS: Claims = {
  forwardSecrecy: true,
  joinerCannotReadPast: true,
  removedCannotReadFuture: true,
  healsAfterOwnUpdate: false,
  healsAfterChannelSteps: false,
  healsAfterEveryonesUpdate: false,
  healsAfterAllButOneUpdate: false,
  healsAfterChannelStepsThenUpdates: true,
  healsAfterRemovalOfAnother: false,
  healsInTraffic: false,
}

export const registry: readonly Competitor[] = [
  {
    name: "sender-keys",
    channel: signal.name,
    source: "WhatsApp Encryption Overview; libsignal 0.103.0",
    claims: SENDER_KEYS_CLAIMS,
    healing: [...HEAL_CHANNELS, "everyone-updates"],
    protocol: (_settings, channel = SIGNAL) => erased(senderKeys(channel, { kind: "never" })),
  },
  {
    name: "periodic-sender-keys",
    channel: signal.name,
    source: "ePrint 2020/1281 of 2020-10-07, §3",
    claims: { ...SENDER_KEYS_CLAIMS, healsInTraffic: true },
    healing: [...HEAL_CHANNELS, "period-passes"],
    protocol: ({ periodMessages }, channel = SIGNAL) =>
      erased(senderKeys(channel, { kind: "periodic", messages: periodMessages, seconds: PERIOD_SECONDS })),
  },
  {
    name: "pairwise",
    channel: signal.name,
    source: "Signal groups before Sender Keys (Marlinspike 2014)",
    claims: {
      ...SENDER_KEYS_CLAIMS,
      healsAfterChannelSteps: true,
      healsAfterAllButOneUpdate: true,
      healsInTraffic: true,
    },
    healing: HEAL_CHANNELS,
    protocol: (_settings, channel = SIGNAL) => erased(pairwise(channel)),
  },
]

/** The bench moves states about without looking into them. */
const erased = <State>(protocol: GroupProtocol<State>): GroupProtocol<unknown> =>
  protocol as GroupProtocol<unknown>

/** @throws Error naming the known protocols */
export function competitorNamed(name: string): Competitor {
  const competitor = registry.find((entry) => entry.name === name)
  if (competitor === undefined) {
    const known = registry.map((entry) => entry.name).join(", ")
    throw new Error(`unknown protocol "${name}"; known: ${known}`)
  }
  return competitor
}

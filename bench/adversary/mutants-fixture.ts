/** For tests: Sender Keys and DCGKA with something wrong in them that no reader of messages sees. */
import { concat, equal, utf8 } from "../../protocols/bytes.ts"
import type { Context } from "../../protocols/context.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { Effects, Outgoing, Packet, SyncGroupProtocol } from "../../protocols/group.ts"
import { type Competitor, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { NATIVE } from "../sim/fixture.ts"
import { type Check, type CheckName, checkClaims } from "./claims.ts"
import type { ReadFinding } from "./scenarios/setting.ts"

export const xored = (key: Uint8Array): Uint8Array => key.map((byte) => byte ^ 0xff)

/** As much of a state as mutants look at. */
export type State = {
  readonly me: string
  readonly members: readonly string[]
  readonly own?: { readonly key: { readonly chainKey: Uint8Array } }
  attic?: unknown[]
}
export type Protocol = SyncGroupProtocol<State>
export type Mutation = (protocol: Protocol) => Protocol

/** Checks of a mutated competitor that failed, with what they found. */
type ReadCheck = Check & { readonly finding: ReadFinding }

const isRead = (check: Check): check is ReadCheck => check.finding.kind === "read"

export async function failedChecks(
  name: string,
  mutate: Mutation,
  claims: Partial<Competitor["claims"]>,
  groupSize = 3,
): Promise<Partial<Record<CheckName, ReadCheck>>> {
  const competitor = competitorNamed(name)
  const mutant: Competitor = {
    ...competitor,
    claims: claims as Competitor["claims"],
    protocol: (settings, channel) => mutate(competitor.protocol(settings, channel) as Protocol),
  }
  const { createSuite, seed } = NATIVE
  const checks = await checkClaims(mutant, { settings: DEFAULT_SETTINGS, createSuite, seed, groupSize })
  const failed = checks.filter(({ passed }) => !passed).filter(isRead)
  return Object.fromEntries(failed.map((check) => [check.claim, check]))
}

/** Some members keep each chain key that they have sent with, in some form. */
export const keeping =
  (form: (key: Uint8Array) => unknown, isKeeper: (member: string) => boolean = () => true): Mutation =>
  (protocol) => ({
    ...protocol,
    send: (state, context, plaintext) => {
      const effects = protocol.send(state, context, plaintext)
      const key = state.own?.key.chainKey as Uint8Array
      if (isKeeper(state.me)) state.attic = [...(state.attic ?? []), form(key)]
      return effects
    },
  })

/** What each broadcast has behind it; those who get it know how long that is. */
export const appending =
  (length: number, tail: (state: State, plaintext: Uint8Array) => Uint8Array): Mutation =>
  (protocol) => {
    const shorter = (packet: Packet): Packet =>
      packet.kind === "broadcast" ? { ...packet, bytes: packet.bytes.subarray(0, -length) } : packet
    return {
      ...protocol,
      send: (state, context, plaintext) => {
        const effects = protocol.send(state, context, plaintext)
        return mapPackets(effects, (packet) =>
          packet.kind === "broadcast"
            ? { ...packet, bytes: concat(packet.bytes, tail(state, plaintext)) }
            : packet,
        )
      },
      process: (state, context, packet) => protocol.process(state, context, shorter(packet)),
      overhear: (stolen, live, context, packet) => protocol.overhear(stolen, live, context, shorter(packet)),
    }
  }

const mapPackets = (effects: Effects, change: (packet: Outgoing) => Outgoing): Effects => ({
  ...effects,
  packets: (effects.packets ?? []).map(change),
})

const MARK = utf8("for you alone")

/** With each message one other gets the sender's chain key in the clear. */
export const telling: Mutation = (protocol) => ({
  ...protocol,
  send: (state, context, plaintext) => {
    const effects = protocol.send(state, context, plaintext)
    const to = state.members.find((member) => member !== state.me) as string
    const bytes = concat(MARK, state.own?.key.chainKey as Uint8Array)
    return { ...effects, packets: [...(effects.packets ?? []), { kind: "two-party", to, bytes }] }
  },
  process: (state, context, packet) => (isTold(packet) ? {} : protocol.process(state, context, packet)),
  overhear: (stolen, live, context, packet) =>
    !isTold(packet) && protocol.overhear(stolen, live, context, packet),
})

const isTold = ({ bytes }: Packet): boolean => equal(bytes.subarray(0, MARK.length), MARK)

/** Every step on a suite that does something else. */
export const onSuite =
  (change: (suite: Suite) => Partial<Suite>): Mutation =>
  (protocol) => {
    const changed = (suite: Suite): Suite => ({ ...suite, ...change(suite) })
    const on = (context: Context): Context => ({
      ...context,
      suite: changed(context.suite),
      suiteFor: (purpose) => changed(context.suiteFor(purpose)),
    })
    const steps = Object.entries(protocol).map(([name, step]) => {
      const run = step as (...args: unknown[]) => unknown
      return [name, (...args: unknown[]) => run(...args.map((arg) => (isContext(arg) ? on(arg) : arg)))]
    })
    return Object.fromEntries(steps) as Protocol
  }

const isContext = (value: unknown): value is Context =>
  typeof value === "object" && value !== null && "suiteFor" in value

const BARED_LENGTH = 96

/** Its bundles have the private keys behind them that they are for. */
export const baring: Mutation = (protocol) => baringAs(protocol, (key) => key)

/** The same in a disguise. */
export const baringMasked: Mutation = (protocol) => baringAs(protocol, xored)

function baringAs(protocol: Protocol, form: (key: Uint8Array) => Uint8Array): Protocol {
  const short = (context: Context): Context => ({
    ...context,
    fetchBundle: (member) => context.fetchBundle(member).subarray(0, -BARED_LENGTH),
  })
  return {
    ...protocol,
    publishBundle: (state, context, id) => {
      const bundle = protocol.publishBundle(state, context, id)
      const { identity, signedPreKeys, preKeys } = keysIn(state)
      const pairs = [identity, signedPreKeys.get(1)?.pair, preKeys.get(id)]
      return concat(bundle, ...pairs.map((pair) => form(pair?.secret as Uint8Array)))
    },
    prepareToSend: (state, context) => protocol.prepareToSend(state, short(context)),
    send: (state, context, plaintext) => protocol.send(state, short(context), plaintext),
    ratchetChannels: (state, context, peers) => protocol.ratchetChannels(state, short(context), peers),
    update: (state, context) => protocol.update(state, short(context)),
  }
}

type Pair = { readonly secret: Uint8Array }
type Keys = {
  readonly identity: Pair
  readonly signedPreKeys: ReadonlyMap<number, { readonly pair: Pair }>
  readonly preKeys: ReadonlyMap<number, Pair>
}
const keysIn = (state: State): Keys => (state as unknown as { channels: { keys: Keys } }).channels.keys

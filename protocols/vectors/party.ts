/** One end of two-party channels of any kind, for tests: devices that know one another's names, and a server. */
import assert from "node:assert/strict"
import { utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { countingSuite, noOperations, type OperationCounts } from "../crypto/counting.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { memberContext } from "./member-context.ts"

export class Party<Channels> {
  readonly name: string
  readonly channels: Channels
  readonly context: Context
  readonly #channel: TwoParty<Channels>

  private constructor(channel: TwoParty<Channels>, name: string, channels: Channels, context: Context) {
    this.#channel = channel
    this.name = name
    this.channels = channels
    this.context = context
  }

  /** Devices whose bundles, each with a one-time prekey, are to be had by name. */
  static meet<Channels>(channel: TwoParty<Channels>, ...names: readonly string[]): Party<Channels>[] {
    const parties = new Map<string, Party<Channels>>()
    let bundles = 0
    const fetchBundle = (name: string): Uint8Array => {
      const { channels, context } = parties.get(name) ?? assert.fail(`no bundle of ${name}`)
      bundles++
      return channel.publishBundle(channels, context, bundles)
    }
    for (const name of names) {
      const context = memberContext(name, fetchBundle)
      parties.set(name, new Party(channel, name, channel.init(context), context))
    }
    return [...parties.values()]
  }

  /** Its whole state, stolen: what the copy is asked changes nothing here. It has randomness of its own. */
  copy(): Party<Channels> {
    const context = memberContext("thief", () => assert.fail("a thief asks the server for nothing"))
    return new Party(this.#channel, this.name, structuredClone(this.channels), context)
  }

  open(peer: string): void {
    this.#channel.open(this.channels, this.context, peer)
  }

  /** Over a channel that is opened where there is none. */
  send(peer: string, text: string): Uint8Array {
    if (!this.#channel.hasChannel(this.channels, this.context, peer)) this.open(peer)
    return this.#channel.encrypt(this.channels, this.context, peer, utf8(text))
  }

  receive(peer: string, bytes: Uint8Array): string {
    return Buffer.from(this.#channel.decrypt(this.channels, this.context, peer, bytes)).toString()
  }

  /** A message of its own to `peer`, opened with what it has kept. */
  overhears(peer: string, bytes: Uint8Array): string {
    return Buffer.from(this.#channel.overhear(this.channels, this.context, peer, bytes)).toString()
  }

  /** Suite operations in `act`, those that were not called left out. */
  costOf(act: (counted: Party<Channels>) => unknown): Partial<OperationCounts> {
    const counts = noOperations()
    const suiteFor = (purpose: string) => countingSuite(this.context.suiteFor(purpose), counts)
    act(new Party(this.#channel, this.name, this.channels, { ...this.context, suiteFor }))
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  }
}

/**
 * Which part of the prekey bundles is the protocol's own. Where a channel is played apart, its bundles are counted there,
 * without what the protocol puts around them; a protocol that asks no channel for them has its bundles to itself.
 */
import { seedRandom } from "../../protocols/crypto/seeded.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { type Competitor, channelNamed, type Settings } from "../../protocols/registry.ts"
import { NOWHERE } from "../channels/ends.ts"
import type { OwnBundles } from "../meter/meter.ts"
import { contextOf } from "../sim/context.ts"
import { INITIATOR } from "../sim/operations.ts"

/** From the bundles that were fetched in the group's steps, by the protocol or a channel that is real at once. */
export type CountBundles = (fetched: readonly Uint8Array[]) => OwnBundles

/** Whose bundles: those of the devices of a laboratory. */
type Publisher = {
  readonly competitor: Competitor
  readonly settings: Settings
  readonly seed: number
  readonly createSuite: CreateSuite
}

/** A bundle is published to see: each has the same frame. */
export async function bundlesOf(publisher: Publisher): Promise<CountBundles> {
  const { competitor, settings, createSuite, seed } = publisher
  const channel = channelNamed(competitor.channel)
  let bareBytes: number | undefined
  const publishBundle: typeof channel.publishBundle = (...args) => {
    const bundle = channel.publishBundle(...args)
    bareBytes = bundle.length
    return bundle
  }
  const protocol = competitor.protocol(settings, { ...channel, publishBundle })
  const context = contextOf({ id: INITIATOR, random: seedRandom(seed, INITIATOR) }, createSuite, NOWHERE)
  const { length } = await protocol.publishBundle(await protocol.init(context), context, 1)
  return bareBytes === undefined ? allOwn : framing(length - bareBytes)
}

const allOwn: CountBundles = (fetched) => ({
  frameBytes: 0,
  count: fetched.length,
  bytes: fetched.reduce((sum, { length }) => sum + length, 0),
})

const framing =
  (frameBytes: number): CountBundles =>
  () => ({ frameBytes, count: 0, bytes: 0 })

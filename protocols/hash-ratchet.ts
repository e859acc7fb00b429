/**
 * The symmetric-key ratchet under sessions and under sender keys: a chain key that moves by one message at a
 * time, and the seeds of messages that were jumped over.
 *
 * Source: Signal, "The Double Ratchet Algorithm", revision 1, 2016-11-20, §2.2 and §5.2, with libsignal's limits;
 * the sender keys' "hash ratchet" (WhatsApp Encryption Overview, "Group messages") is the same with "iteration"
 * for index.
 */
import type { Key32 } from "./bytes.ts"
import type { Suite } from "./crypto/suite.ts"
import { ProtocolError } from "./errors.ts"

const MESSAGE_KEY_SEED = Uint8Array.of(0x01)
const CHAIN_KEY_SEED = Uint8Array.of(0x02)

/** Indices are 32 bits wide; the last value cannot be used because the next one could not be stored. */
export const LAST_INDEX = 0xffffffff
/** How far a message may lie beyond its chain. */
export const MAX_AHEAD = 25000
/** Seeds kept for messages that were jumped over. */
const MAX_SKIPPED = 2000

/** The key from which the next message's keys come, and that message's number. */
export type Chain = { chainKey: Key32; index: number }
/** A chain that somebody else moves: its messages may come in any order. */
export type ReceivingChain = Chain & {
  /** Message seeds of indices that were jumped over, oldest first; absent until there was one. */
  skipped?: Map<number, Key32>
}

/** What the next message's keys are expanded from. */
export const messageSeed = (suite: Suite, { chainKey }: Chain): Key32 =>
  suite.hmac(chainKey, MESSAGE_KEY_SEED)

/** Move the chain by one message. */
export function step(suite: Suite, chain: Chain): void {
  chain.chainKey = suite.hmac(chain.chainKey, CHAIN_KEY_SEED) // FS: the old chain key is gone
  chain.index++
}

/** @throws ProtocolError `chain-exhausted` when no message can follow */
export function requireNext(index: number): void {
  if (index >= LAST_INDEX) throw new ProtocolError("chain-exhausted")
}

/** A message's seed, and how to note that the message proved authentic: until then nothing changes. */
export type FoundSeed = { readonly seed: Key32; readonly commit: () => void }

/**
 * The seed of message `index`, stored or ahead.
 *
 * @param limit - how far ahead is allowed
 * @throws ProtocolError `duplicate` when it was used, evicted or lies before the first one known;
 *   `invalid-message` (`too-far-ahead`); `chain-exhausted` at the last index
 */
export function findMessageSeed(
  suite: Suite,
  chain: ReceivingChain,
  index: number,
  limit: number,
): FoundSeed {
  if (index < chain.index) return storedSeed(chain, index)
  if (index - chain.index > limit) throw new ProtocolError("invalid-message", { detail: "too-far-ahead" })
  requireNext(index)
  const ahead: Chain = { chainKey: chain.chainKey, index: chain.index }
  const skipped: [number, Key32][] = []
  while (ahead.index < index) {
    if (index - ahead.index <= MAX_SKIPPED) skipped.push([ahead.index, messageSeed(suite, ahead)])
    step(suite, ahead)
  }
  const seed = messageSeed(suite, ahead)
  step(suite, ahead)
  return { seed, commit: () => advance(chain, ahead, skipped) }
}

function storedSeed(chain: ReceivingChain, index: number): FoundSeed {
  const seed = chain.skipped?.get(index)
  if (seed === undefined) throw new ProtocolError("duplicate")
  return { seed, commit: () => chain.skipped?.delete(index) } // FS: a stored seed opens one message
}

function store(chain: ReceivingChain, skipped: readonly [number, Key32][]): void {
  const stored = new Map([...(chain.skipped ?? []), ...skipped])
  for (const index of stored.keys()) {
    if (stored.size <= MAX_SKIPPED) break
    stored.delete(index) // FS: bounded, the oldest goes first
  }
  chain.skipped = stored
}

function advance(chain: ReceivingChain, ahead: Chain, skipped: readonly [number, Key32][]): void {
  if (skipped.length > 0) store(chain, skipped)
  chain.chainKey = ahead.chainKey // FS: the keys of opened messages cannot be derived again
  chain.index = ahead.index
}

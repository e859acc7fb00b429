import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { utf8 } from "../bytes.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { ScriptedRandom } from "../vectors/scripted-random.ts"
import { DISTRIBUTION_ID } from "../vectors/sender-key-fixture.ts"
import { decodeGroupMessage } from "./messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  receiveDistribution,
  type SenderKeyStore,
  senderKeyName,
} from "./sender-key.ts"

const suite = createNativeSuite(seededRandom(seedRandom(1, "sender keys")))
const createKey = () => createSenderKey(suite, DISTRIBUTION_ID)
const say = (own: OwnSenderKey, text: string) => encryptGroupMessage(own, suite, utf8(text))
const hear = (store: SenderKeyStore, message: Uint8Array, sender = "alice") =>
  Buffer.from(decryptGroupMessage(store, suite, sender, decodeGroupMessage(message))).toString()
const statesOf = (store: SenderKeyStore) => store.get(senderKeyName("alice", DISTRIBUTION_ID)) ?? []

function receiverOf(...keys: readonly OwnSenderKey[]): SenderKeyStore {
  const store: SenderKeyStore = new Map()
  for (const key of keys) receiveDistribution(store, "alice", distributionOf(key))
  return store
}

test("a chain id has 31 bits, and the chain key is drawn before the signing pair", () => {
  const random = new ScriptedRandom()
  const [chain, signing] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  random.play(new Uint8Array(4).fill(0xff), chain, signing)
  const own = createSenderKey(createNativeSuite(random.source), DISTRIBUTION_ID)
  assert.deepEqual([own.chainId, own.index, own.chainKey], [0x7fffffff, 0, chain])
  assert.equal(own.signing.secret[1], 2)
})

test("every message is opened once, in any order, and tampering leaves no trace", () => {
  const delivery = fc.record({ index: fc.nat(19), tamperAt: fc.option(fc.nat(), { freq: 3 }) })
  fc.assert(
    fc.property(fc.array(delivery, { maxLength: 40 }), (deliveries) => {
      const own = createKey()
      const store = receiverOf(own)
      const sent = Array.from({ length: 20 }, (_, index) => say(own, `message ${index}`))
      const opened = new Set<number>()
      for (const { index, tamperAt } of deliveries) {
        const message = sent[index] as Uint8Array
        if (tamperAt !== null) {
          const at = 1 + (tamperAt % (message.length - 1))
          const before = structuredClone(store)
          assert.throws(() => hear(store, message.with(at, (message[at] as number) ^ 1)))
          assert.deepEqual(store, before)
        }
        if (opened.has(index)) assertRefused(store, () => hear(store, message), "duplicate")
        else assert.equal(hear(store, message), `message ${index}`)
        opened.add(index)
      }
    }),
    { numRuns: 30 },
  )
})

test("a known key that is distributed again is neither rewound nor advanced, but becomes the newest", () => {
  const [own, other] = [createKey(), createKey()]
  const beginning = distributionOf(own)
  const store = receiverOf(own, other)
  const [first, second] = [say(own, "1"), say(own, "2")]
  assert.equal(hear(store, second), "2")
  const [, state] = statesOf(store)
  const before = structuredClone(state)

  receiveDistribution(store, "alice", beginning)
  receiveDistribution(store, "alice", distributionOf(own))
  assert.deepEqual(statesOf(store)[0], before)
  assert.deepEqual(
    statesOf(store).map(({ chainId }) => chainId),
    [own.chainId, other.chainId],
  )
  assert.equal(hear(store, first), "1")
  assertRefused(store, () => hear(store, first), "duplicate")
})

test("another signing key under a known chain id replaces the state", () => {
  const own = createKey()
  const impostor = { ...createKey(), chainId: own.chainId }
  const store = receiverOf(own, createKey(), impostor)
  assert.equal(statesOf(store).length, 2)
  assertRefused(store, () => hear(store, say(own, "old")), "bad-signature")
  assert.equal(hear(store, say(impostor, "new")), "new")
})

test("five states are kept, the newest first; a touched one counts as new", () => {
  const keys = Array.from({ length: 6 }, createKey) as [OwnSenderKey, OwnSenderKey, ...OwnSenderKey[]]
  const store = receiverOf(...keys)
  assert.equal(statesOf(store).length, 5)
  assertRefused(store, () => hear(store, say(keys[0], "sixth newest")), "no-sender-key")
  assert.equal(hear(store, say(keys[1], "fifth newest")), "fifth newest")
  receiveDistribution(store, "alice", distributionOf(keys[1]))
  receiveDistribution(store, "alice", distributionOf(createKey()))
  assert.equal(hear(store, say(keys[1], "touched")), "touched")
})

test("keys of different senders and groups are kept apart", () => {
  const own = createKey()
  const store = receiverOf(own)
  const message = say(own, "hello")
  assertRefused(store, () => hear(store, message, "bob"), "no-sender-key")
  assert.equal(hear(store, message), "hello")
})

test("a newcomer reads from the present iteration on", () => {
  const own = createKey()
  const early = say(own, "early")
  const store = receiverOf(own)
  assertRefused(store, () => hear(store, early), "duplicate")
  assert.equal(hear(store, say(own, "late")), "late")
})

test("who knows the chain but not the signing key cannot write", () => {
  const own = createKey()
  const store = receiverOf(own)
  const { chainKey, index } = statesOf(store)[0] as { chainKey: typeof own.chainKey; index: number }
  const reader = { ...createKey(), chainId: own.chainId, chainKey, index }
  assertRefused(store, () => hear(store, say(reader, "forged")), "bad-signature")
})

test("an opened message cannot be opened again with what is left", () => {
  const own = createKey()
  const store = receiverOf(own)
  const [first, second] = [say(own, "1"), say(own, "2")]
  hear(store, second)
  hear(store, first)
  const [state] = statesOf(store)
  assert.equal(state?.skipped?.size, 0)
  assert.deepEqual([state?.index, state?.chainKey], [own.index, own.chainKey])
})

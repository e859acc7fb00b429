import assert from "node:assert/strict"
import { test } from "node:test"
import type { Part } from "./anatomy.ts"
import { concat, exactly, key32, toHex } from "./bytes.ts"
import { broadcastParts, bundleParts, channelMessageParts, contentParts } from "./dissection.ts"
import { encodeDistribution, encodeUnsigned } from "./sending-chain/messages.ts"
import { encodePreKeySignalMessage, encodeSignalMessage } from "./two-party/messages.ts"
import { encodeBundle } from "./two-party/prekeys.ts"
import { CONTENT, RATCHET_STEP, SENDER_KEY_MESSAGE, tagged } from "./wire.ts"

const filled = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)
const KEY = (value: number) => key32(filled(32, value))
const PUBLIC = (value: number) => `05${toHex(KEY(value))}`

/** Name → bytes of everything but framing, which must fill the message together with it. */
function named(bytes: Uint8Array, parts: readonly Part[]): Record<string, string> {
  assert.deepEqual(concat(...parts.map((part) => part.bytes)), bytes)
  const told = parts.filter(({ kind }) => kind !== "framing")
  return Object.fromEntries(told.map((part) => [part.name, toHex(part.bytes)]))
}

const header = { distributionId: exactly(filled(16, 0x11), 16), chainId: 5, iteration: 7 }

test("a distribution message gives the chain key and the public half of the signature key", () => {
  const distribution = encodeDistribution({ ...header, chainKey: KEY(2), signingKey: KEY(3) })
  const content = tagged(CONTENT.distribution, distribution)
  assert.deepEqual(named(content, contentParts(content)), {
    "distribution id": toHex(header.distributionId),
    "chain id": "05",
    iteration: "07",
    "chain key": toHex(KEY(2)),
    "signature key, public half": PUBLIC(3),
  })
})

test("a ratchet step holds nothing", () => {
  assert.deepEqual(named(RATCHET_STEP, contentParts(RATCHET_STEP)), {})
})

test("a group message ends with its signature", () => {
  const unsigned = encodeUnsigned({ ...header, ciphertext: filled(16, 4) })
  const bytes = tagged(SENDER_KEY_MESSAGE, concat(unsigned, filled(64, 9)))
  const { ciphertext, signature } = named(bytes, broadcastParts(bytes))
  assert.deepEqual([ciphertext, signature], [toHex(filled(16, 4)), toHex(filled(64, 9))])
})

test("a first message of a session has the initiator's keys around the message of the ratchet", () => {
  const inner = concat(encodeSignalMessage(KEY(1), 2, 3, filled(16, 4)), filled(8, 5))
  const keys = { baseKey: KEY(6), identityKey: KEY(7) }
  const ids = { registrationId: 8, preKeyId: 9, signedPreKeyId: 10 }
  const bytes = tagged(3, encodePreKeySignalMessage({ ...keys, ...ids }, inner))
  const parts = named(bytes, channelMessageParts(bytes))
  assert.deepEqual(Object.keys(parts), [
    "one-time prekey used",
    "base key",
    "identity key",
    ...["ratchet key", "counter", "previous counter", "ciphertext", "MAC"],
    "registration id",
    "signed prekey used",
  ])
  const later = tagged(2, inner)
  const { "ratchet key": ratchetKey, MAC } = named(later, channelMessageParts(later))
  assert.deepEqual([ratchetKey, MAC, parts["base key"]], [PUBLIC(1), toHex(filled(8, 5)), PUBLIC(6)])
})

test("a prekey bundle is public keys, their numbers and one signature", () => {
  const bytes = encodeBundle({
    ...{ registrationId: 1, identityKey: KEY(2), signedPreKeyId: 1, signedPreKey: KEY(3) },
    ...{ signedPreKeySignature: filled(64, 4), preKey: { id: 5, key: KEY(6) } },
  })
  const kinds = new Set(bundleParts(bytes).map(({ kind }) => kind))
  assert.deepEqual([...kinds].sort(), ["framing", "number", "proof", "public-key"])
  assert.equal(named(bytes, bundleParts(bytes))["one-time prekey"], PUBLIC(6))
})

import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { concat, key32, toHex } from "../bytes.ts"
import {
  decodePreKeySignalMessage,
  decodeSignalMessage,
  encodePreKeySignalMessage,
  encodeSignalMessage,
} from "./messages.ts"

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const uint32 = () => fc.nat(0xffffffff)
const KEY = key32(new Uint8Array(32).fill(0xaa))
const MAC = new Uint8Array(8).fill(0xcc)

test("a SignalMessage is read as it was written; the MAC covers all that lies before it", () => {
  fc.assert(
    fc.property(
      bytes(32),
      uint32(),
      uint32(),
      bytes(32),
      bytes(8),
      (key, counter, previous, ciphertext, mac) => {
        const authenticated = encodeSignalMessage(key32(key), counter, previous, ciphertext)
        const read = decodeSignalMessage(concat(authenticated, mac))
        assert.deepEqual(read, { version: 3, ratchetKey: key, counter, ciphertext, authenticated, mac })
      },
    ),
  )
})

test("a PreKeySignalMessage is read as it was written, with and without one-time prekey", () => {
  const message = concat(encodeSignalMessage(KEY, 0, 0, new Uint8Array(16)), MAC)
  fc.assert(
    fc.property(
      bytes(32),
      bytes(32),
      uint32(),
      uint32(),
      fc.option(uint32()),
      (base, identity, reg, spk, opk) => {
        const header = {
          registrationId: reg,
          preKeyId: opk ?? undefined,
          signedPreKeyId: spk,
          baseKey: key32(base),
          identityKey: key32(identity),
        }
        const read = decodePreKeySignalMessage(encodePreKeySignalMessage(header, message))
        const inner = decodeSignalMessage(message)
        assert.deepEqual(read, { ...header, version: 3, hasKyber: false, message: inner })
      },
    ),
  )
})

test("layout: version byte 34, fields in order, zeros on the wire, an absent one-time prekey left out", () => {
  const inner = encodeSignalMessage(KEY, 0, 0, Uint8Array.of(1))
  assert.equal(toHex(inner), `340a2105${"aa".repeat(32)}10001800220101`)
  const header = {
    registrationId: 0,
    preKeyId: undefined,
    signedPreKeyId: 0,
    baseKey: KEY,
    identityKey: KEY,
  }
  const key = `2105${"aa".repeat(32)}`
  const prekey = toHex(encodePreKeySignalMessage(header, Uint8Array.of(2)))
  assert.equal(prekey, `3412${key}1a${key}22010228003000`)
  assert.equal(
    toHex(encodePreKeySignalMessage({ ...header, preKeyId: 0 }, Uint8Array.of(2))).slice(0, 6),
    "340800",
  )
})

test("the previous counter need not be there, and is not read", () => {
  const whole = encodeSignalMessage(KEY, 5, 0, new Uint8Array(16))
  const without = concat(whole.subarray(0, 38), whole.subarray(40))
  assert.equal(decodeSignalMessage(concat(without, MAC)).counter, 5)
})

test("bytes after a public key's 33rd are ignored", () => {
  const message = encodeSignalMessage(KEY, 5, 0, new Uint8Array(16))
  const longer = concat(message.subarray(0, 2), Uint8Array.of(34), message.subarray(3, 36), Uint8Array.of(9))
  assert.deepEqual(decodeSignalMessage(concat(longer, message.subarray(36), MAC)).ratchetKey, KEY)
})

test("keys that enter a state do not hold on to the message they came in", () => {
  const inner = concat(encodeSignalMessage(KEY, 0, 0, new Uint8Array(16)), MAC)
  const ids = { registrationId: 0, preKeyId: 1, signedPreKeyId: 1 }
  const outer = encodePreKeySignalMessage({ ...ids, baseKey: KEY, identityKey: KEY }, inner)
  const { baseKey, identityKey, message } = decodePreKeySignalMessage(outer)
  for (const { buffer } of [baseKey, identityKey, message.ratchetKey]) assert.equal(buffer.byteLength, 32)
})

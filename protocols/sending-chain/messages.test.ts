import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { concat, exactly, key32, toHex } from "../bytes.ts"
import { encodePublicKey } from "../signal-wire.ts"
import {
  decodeDistribution,
  decodeGroupMessage,
  encodeDistribution,
  encodeUnsigned,
  signedMessage,
} from "./messages.ts"

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const uint32 = () => fc.nat(0xffffffff)
const id = (bytes: Uint8Array) => exactly(bytes, 16)

test("a distribution message is read as it was written", () => {
  fc.assert(
    fc.property(
      bytes(16),
      uint32(),
      uint32(),
      bytes(32),
      bytes(32),
      (group, chainId, iteration, chain, key) => {
        const distribution = {
          distributionId: id(group),
          chainId,
          iteration,
          chainKey: key32(chain),
          signingKey: key32(key),
        }
        assert.deepEqual(decodeDistribution(encodeDistribution(distribution)), distribution)
      },
    ),
  )
})

test("a group message is read as it was written; the signature covers all that lies before it", () => {
  fc.assert(
    fc.property(
      bytes(16),
      uint32(),
      uint32(),
      bytes(48),
      bytes(64),
      (group, chainId, iteration, ciphertext, sig) => {
        const fields = { distributionId: id(group), chainId, iteration, ciphertext }
        const signed = encodeUnsigned(fields)
        const message = signedMessage(signed, exactly(sig, 64))
        assert.deepEqual(decodeGroupMessage(message), { ...fields, signed, signature: sig })
        assert.deepEqual(concat(signed, sig), message)
      },
    ),
  )
})

test("layout: version byte 33, fields in order, zeros on the wire", () => {
  const group = id(new Uint8Array(16).fill(0xaa))
  const key = key32(new Uint8Array(32).fill(0xbb))
  const unsigned = encodeUnsigned({ distributionId: group, chainId: 0, iteration: 0, ciphertext: key })
  assert.equal(toHex(unsigned), `330a10${"aa".repeat(16)}100018002220${"bb".repeat(32)}`)
  const distribution = { distributionId: group, chainId: 300, iteration: 0, chainKey: key, signingKey: key }
  const expected = `330a10${"aa".repeat(16)}10ac0218002220${"bb".repeat(32)}2a21${toHex(encodePublicKey(key))}`
  assert.equal(toHex(encodeDistribution(distribution)), expected)
})

test("keys that enter a state do not hold on to the message they came in", () => {
  const key = key32(new Uint8Array(32))
  const group = id(new Uint8Array(16))
  const distribution = { distributionId: group, chainId: 1, iteration: 2, chainKey: key, signingKey: key }
  const { chainKey, signingKey } = decodeDistribution(encodeDistribution(distribution))
  for (const { buffer } of [chainKey, signingKey]) assert.equal(buffer.byteLength, 32)
})

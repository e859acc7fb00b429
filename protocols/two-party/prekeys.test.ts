import assert from "node:assert/strict"
import { test } from "node:test"
import { key32 } from "../bytes.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import { hasCode } from "../errors.ts"
import { createDeviceKeys, decodeBundle, encodeBundle, publishBundle, verifyBundle } from "./prekeys.ts"

const suite = createNativeSuite(seededRandom(seedRandom(1, "prekeys")))

test("each bundle has a one-time prekey of its own, whose private half is kept", () => {
  const keys = createDeviceKeys(suite)
  const bundles = [1, 2, 3].map((id) => publishBundle(keys, suite, id))
  assert.deepEqual(
    bundles.map(({ preKey }) => preKey?.id),
    [1, 2, 3],
  )
  assert.equal(new Set(bundles.map(({ preKey }) => String(preKey?.key))).size, 3)
  for (const { preKey } of bundles) {
    assert.deepEqual(keys.preKeys.get(preKey?.id ?? 0)?.public, preKey?.key)
  }
})

test("registration ids have 14 bits", () => {
  for (let drawn = 0; drawn < 50; drawn++) assert.ok(createDeviceKeys(suite).registrationId < 1 << 14)
  assert.equal(
    createDeviceKeys(createNativeSuite((length) => new Uint8Array(length).fill(0xff))).registrationId,
    0x3fff,
  )
})

test("a bundle is read as it was written, with and without one-time prekey", () => {
  const bundle = publishBundle(createDeviceKeys(suite), suite, 1)
  for (const each of [bundle, { ...bundle, preKey: undefined }]) {
    assert.deepEqual(decodeBundle(encodeBundle(each)), each)
  }
  const truncated = encodeBundle(bundle).subarray(0, -1)
  assert.throws(
    () => decodeBundle(truncated),
    (error) => hasCode(error, "bad-encoding"),
  )
})

test("a bundle is verified only if its identity key signed its signed prekey", () => {
  const bundle = publishBundle(createDeviceKeys(suite), suite, 1)
  const other = publishBundle(createDeviceKeys(suite), suite, 1)
  assert.deepEqual(verifyBundle(suite, bundle), bundle)
  const forgeries = [
    { ...bundle, identityKey: other.identityKey },
    { ...bundle, signedPreKey: other.signedPreKey },
    { ...bundle, signedPreKeySignature: other.signedPreKeySignature },
    { ...bundle, signedPreKey: key32(new Uint8Array(32)) },
  ]
  for (const forged of forgeries) {
    assert.throws(
      () => verifyBundle(suite, forged),
      (error) => hasCode(error, "bad-signature"),
    )
  }
})

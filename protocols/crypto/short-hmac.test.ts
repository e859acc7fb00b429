/** The compiled suite's own HMAC and HKDF, at the lengths where they change course. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { sha256 } from "@noble/hashes/sha2.js"
import { createNativeSuite } from "./native.ts"
import { createNobleSuite } from "./noble.ts"
import { MAX_SHORT, ShortHmac } from "./short-hmac.ts"

const noRandom = () => assert.fail()
const [native, noble] = [createNativeSuite(noRandom), createNobleSuite(noRandom)]

const AROUND_LIMITS = [0, 1, 32, 63, 64, 65, MAX_SHORT - 33, MAX_SHORT - 32, MAX_SHORT, MAX_SHORT + 1, 1000]
const filled = (length: number) => Uint8Array.from({ length }, (_, index) => index + length)

test("HMAC is the same for keys and data of every length", () => {
  for (const key of AROUND_LIMITS.map(filled)) {
    for (const data of AROUND_LIMITS.map(filled)) {
      assert.deepEqual(native.hmac(key, data), noble.hmac(key, data), `${key.length}, ${data.length}`)
    }
  }
})

test("HKDF is the same for salts, inputs, infos and results of every length", () => {
  const short = filled(32)
  for (const long of AROUND_LIMITS.map(filled)) {
    for (const length of [1, 31, 32, 33, MAX_SHORT, MAX_SHORT + 1, 255 * 32]) {
      for (const inputs of [
        [long, short, short] as const,
        [short, long, short] as const,
        [short, short, long] as const,
      ])
        assert.deepEqual(
          native.hkdf(...inputs, length),
          noble.hkdf(...inputs, length),
          `${long.length}, ${length}`,
        )
    }
  }
})

test("nothing of a key, a message or a result stays behind", () => {
  const hashed: Uint8Array[] = []
  const short = new ShortHmac((output, data) => {
    hashed.push(data, output)
    output.set(sha256(data))
  })
  const secret = filled(64)
  for (const use of [() => short.hmac(secret, secret), () => short.hkdf(secret, secret, secret, 80)]) {
    assert.ok(use()?.some((byte) => byte !== 0))
    for (const bytes of hashed) assert.ok(bytes.every((byte) => byte === 0))
  }
})

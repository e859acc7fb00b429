/** For tests of derivations: members who use their suites while they are listened to. */
import { exactly, type Key32, key32, utf8 } from "../../protocols/bytes.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import { DerivationLog } from "./derivability.ts"

export const IV = exactly(new Uint8Array(16), 16)
export const NONCE = exactly(new Uint8Array(12), 12)

export function laboratory() {
  const log = new DerivationLog()
  const member = (name: string) => log.observe(createNativeSuite(seededRandom(seedRandom(1, name))))
  return { log, alice: member("alice"), bob: member("bob"), carol: member("carol") }
}

/** One message of a chain; returns the next chain key. */
export function sendOn(suite: Suite, chainKey: Key32, plaintext = utf8("hello")): Key32 {
  const seed = suite.hmac(chainKey, Uint8Array.of(1))
  const keys = suite.hkdf(undefined, seed, utf8("info"), 48)
  suite.encryptCbc(key32(keys.slice(16)), IV, plaintext)
  return suite.hmac(chainKey, Uint8Array.of(2))
}

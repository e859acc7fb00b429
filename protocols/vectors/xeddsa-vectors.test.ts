/** XEdDSA and X25519 against libsignal's own bytes. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { key32, toHex } from "../bytes.ts"
import { hasCode } from "../errors.ts"
import { decodePublicKey } from "../signal-wire.ts"
import { ScriptedRandom } from "./scripted-random.ts"
import { SUITES } from "./suites.ts"
import { fromHex, type Hex, vectorsOf } from "./vector-files.ts"

const L = 2n ** 252n + 27742317777372353535851937790883648493n

/** Non-canonical input that libsignal accepts and we refuse, so that each signature has one form. */
const isPlusL = (signature: Hex): boolean => {
  const s = fromHex(signature).slice(32)
  s[31] = (s[31] as number) & 0x7f
  return BigInt(`0x${Buffer.from(s).reverse().toString("hex")}`) >= L
}

for (const { file, vector } of vectorsOf("xeddsa-vector/1")) {
  for (const { name, create } of SUITES) {
    test(`${file} on ${name}`, async (t) => {
      const random = new ScriptedRandom()
      const suite = create(random.source)
      const secret = key32(new Uint8Array(32).fill(0x48))

      await t.test("signatures are libsignal's, byte for byte, and verify", () => {
        for (const signed of vector.signatures) {
          const message = fromHex(signed.message)
          random.play(fromHex(signed.random))
          const signature = suite.sign(key32(fromHex(signed.private)), message)
          assert.equal(toHex(signature), signed.signature)
          assert.ok(suite.verify(decodePublicKey(fromHex(signed.public)), message, signature))
        }
      })

      for (const verdict of vector.verdicts) {
        const refusedOnPurpose = verdict.policy !== undefined && isPlusL(verdict.signature)
        const expected = verdict.valid && !refusedOnPurpose
        await t.test(`${expected ? "accepts" : "refuses"} ${verdict.note}`, () => {
          const signer = decodePublicKey(fromHex(verdict.public))
          const actual = suite.verify(signer, fromHex(verdict.message), fromHex(verdict.signature))
          assert.equal(actual, expected)
        })
      }

      await t.test("agreements are libsignal's", () => {
        for (const { private: own, public: peer, shared } of vector.agreements) {
          assert.equal(toHex(suite.dh(key32(fromHex(own)), decodePublicKey(fromHex(peer)))), shared)
        }
      })

      for (const { public: peer, refused } of vector.lowOrder) {
        await t.test(`${refused ? "refuses" : "accepts"} an agreement with ${peer}`, () => {
          const agree = () => suite.dh(secret, decodePublicKey(fromHex(peer)))
          if (refused) assert.throws(agree, (error) => hasCode(error, "bad-agreement"))
          else agree()
        })
      }
    })
  }
}

/** What the derivations give to somebody who has stolen nothing. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { concat, type Key32, key32, toHex, utf8 } from "../../protocols/bytes.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { NATIVE, protocolNamed } from "../sim/fixture.ts"
import { Group } from "../sim/group.ts"
import { DerivationLog } from "./derivability.ts"
import { IV, laboratory, sendOn } from "./derivability-fixture.ts"

describe("what is on the wire", () => {
  test("is known to one who has stolen nothing, whenever it was sent, in the clear and as text", () => {
    for (const form of [(key: Key32) => key, (key: Key32) => utf8(`key=${toHex(key)};`)]) {
      const { log, alice } = laboratory()
      const key = key32(alice.random(32))
      sendOn(alice, key)
      assert.equal(log.readable(undefined, 0, 1), 0)
      log.hears(concat(utf8("before"), form(key), utf8("after")))
      assert.equal(log.readable(undefined, 0, 1), 1)
      assert.equal(log.continued(() => true).readable(undefined, 0, 1), 1)
    }
  })

  test("helps a thief who has the rest", () => {
    const { log, alice } = laboratory()
    const [salt, input] = [alice.random(32), alice.random(32)]
    sendOn(alice, key32(alice.hkdf(salt, input, utf8("info"), 32)))
    log.hears(input)
    assert.equal(log.readable(undefined, 0, 1), 0)
    assert.equal(log.readable({ salt }, 0, 1), 1)
  })

  test("counts as read where it is what somebody said", () => {
    const words = utf8("words of somebody")
    const log = new DerivationLog((plaintext) => Buffer.from(plaintext).includes("words of somebody"))
    log.hears(utf8("something else"))
    assert.equal(log.encryptions, 0)
    log.hears(concat(utf8("<"), words, utf8(">")))
    log.hears(utf8(toHex(words)))
    assert.deepEqual(log.readableOnes(undefined, 0, log.encryptions), [0, 1])
  })

  test("is heard from a group: packets, what travels with them, and bundles", async () => {
    for (const at of ["bytes", "direct", "bundle"] as const) {
      const log = new DerivationLog()
      const createSuite: CreateSuite = (random) => log.observe(createNativeSuite(random))
      const group = new Group(leaky(at), { ...NATIVE, createSuite })
      log.listenTo(group)
      await group.register("m000")
      assert.equal(log.readable(undefined, 0, log.encryptions), at === "bundle" ? 1 : 0)
      await group.act("m000", { kind: "update" })
      assert.equal(log.readable(undefined, 0, log.encryptions), 1)
    }
  })
})

/** A protocol whose only message key goes over the wire in the clear. */
function leaky(at: "bytes" | "direct" | "bundle"): GroupProtocol<unknown> {
  const encrypted = (suite: Suite) => {
    const key = key32(suite.random(32))
    suite.encryptCbc(key, IV, utf8("hello"))
    return key
  }
  const nothing = new Uint8Array()
  return {
    ...protocolNamed("pairwise"),
    publishBundle: (_state, { suite }) => (at === "bundle" ? encrypted(suite) : nothing),
    update: (_state, { suite }) => {
      if (at === "bundle") return {}
      const key = encrypted(suite)
      return {
        packets: [
          at === "bytes"
            ? { kind: "broadcast", bytes: key }
            : { kind: "broadcast", bytes: nothing, direct: new Map([["m001", key]]) },
        ],
      }
    },
  }
}

describe("a key", () => {
  test("with nothing secret in it opens to everybody, and so does what was encrypted with it", () => {
    const { log, alice } = laboratory()
    const [constant, hashed] = [key32(new Uint8Array(32).fill(7)), alice.hash(utf8("everybody knows"))]
    for (const key of [constant, hashed, alice.hmac(constant, hashed)]) {
      const inside = key32(alice.random(32))
      const start = log.encryptions
      alice.encryptCbc(key, IV, inside)
      sendOn(alice, inside)
      assert.equal(log.readable(undefined, start, log.encryptions), 2)
    }
  })

  test("cut from an output anywhere needs what it was cut from, and what of it was stolen is found", () => {
    const { log, alice } = laboratory()
    const secret = alice.random(32)
    const odd = key32(alice.hkdf(undefined, secret, utf8("info"), 64).slice(5, 37))
    alice.encryptCbc(odd, IV, utf8("hello"))
    assert.equal(log.readable(undefined, 0, 1), 0)
    assert.equal(log.readable({ secret }, 0, 1), 1)
    assert.equal(log.readable({ odd }, 0, 1), 1)
  })

  test("needs all that is secret in it", () => {
    const { log, alice } = laboratory()
    const [first, second] = [alice.random(16), alice.random(16)]
    alice.encryptCbc(key32(concat(first, second)), IV, utf8("hello"))
    assert.deepEqual(
      [{ first }, { second }, { first, second }, [[first], { second }]].map((state) =>
        log.readable(state, 0, 1),
      ),
      [0, 0, 1, 1],
    )
  })

  test("of a signer is a secret like others", () => {
    const { log, alice } = laboratory()
    const { secret } = alice.edKeyPair()
    sendOn(alice, secret)
    assert.deepEqual([log.readable(undefined, 0, 1), log.readable({ secret }, 0, 1)], [0, 1])
  })

  test("that HKDF was given as its info counts as well", () => {
    const { log, alice } = laboratory()
    const secret = alice.random(32)
    sendOn(alice, key32(alice.hkdf(undefined, utf8("input"), secret, 32)))
    assert.deepEqual([log.readable(undefined, 0, 1), log.readable({ secret }, 0, 1)], [0, 1])
  })
})

describe("an agreement with a private key that everybody knows", () => {
  const known = key32(new Uint8Array(32).fill(64))

  test("is known to everybody, though nobody made it of that key", () => {
    const { log, alice, bob } = laboratory()
    sendOn(alice, alice.dh(alice.keyPair().secret, bob.publicKey(known)))
    assert.equal(log.readable(undefined, 0, 1), 1)
  })

  test("stays known where the other side makes the same of a secret", () => {
    const { log, alice, bob } = laboratory()
    const { secret, public: key } = alice.keyPair()
    const shared = bob.dh(known, key)
    assert.deepEqual(alice.dh(secret, createNativeSuite(() => known).publicKey(known)), shared)
    sendOn(alice, shared)
    assert.equal(log.readable(undefined, 0, 1), 1)
  })
})

import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { concat, exactly, type Key32, key32, utf8 } from "../../protocols/bytes.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import { NATIVE, protocolNamed, restingGroup, says } from "../sim/fixture.ts"
import { DerivationLog } from "./derivability.ts"
import { laboratory, NONCE, sendOn } from "./derivability-fixture.ts"
import { Thief } from "./thief.ts"

describe("a hash ratchet", () => {
  const { log, alice, bob } = laboratory()
  const chain = [key32(alice.random(32))]
  for (let k = 0; k < 4; k++) chain.push(sendOn(alice, chain[k] as Key32))
  const readable = (state: unknown, start = 0, end = 4) => log.readable(state, start, end)

  test("gives the later messages away to a holder of a chain key, and not the earlier ones", () => {
    for (const [k, chainKey] of chain.entries()) {
      assert.equal(readable({ chainKey }), 4 - k)
      assert.equal(readable({ chainKey }, 0, k), 0)
    }
  })

  test("gives nothing away to one who holds other secrets", () => {
    assert.equal(readable({ key: bob.random(32), pair: bob.keyPair(), text: "hello", number: 7 }), 0)
    assert.equal(readable({}), 0)
  })

  test("is found in whatever a state is made of", () => {
    const key = chain[2] as Key32
    const hidden: unknown[] = [
      [{ deep: [{ er: key }] }],
      new Map([["a", new Map([[1, { key }]])]]),
      new Set([key]),
      new Map([[key, 1]]),
      { buffer: concat(new Uint8Array(7), key, new Uint8Array(5)) },
      { view: concat(new Uint8Array(9), key).subarray(9) },
    ]
    for (const state of hidden) assert.equal(readable(state), 2)
    const [most, rest] = [key.slice(0, 31), key.slice(31)]
    assert.deepEqual([readable({ most }), readable({ most, rest })], [0, 2])
    assert.equal(
      readable({ view: key.subarray(0, 1) }),
      2,
      "a copy of a view is one of all that is behind it",
    )
  })

  test("a seed that was kept opens its one message", () => {
    const seed = alice.hmac(chain[1] as Key32, Uint8Array.of(1))
    assert.equal(readable({ seed }), 1)
    assert.equal(readable({ seed }, 1, 2), 1)
  })
})

describe("an agreement", () => {
  const scene = () => {
    const { log, alice, bob, carol } = laboratory()
    const [a, b, c] = [alice.keyPair(), bob.keyPair(), carol.keyPair()]
    const root = key32(alice.random(32))
    const shared = alice.dh(a.secret, b.public)
    assert.deepEqual(bob.dh(b.secret, a.public), shared)
    sendOn(alice, key32(alice.hkdf(root, shared, utf8("root"), 64).slice(32)))
    const readable = (state: unknown) => log.readable(state, 0, 1)
    return { readable, a, b, c, root, shared }
  }

  test("is known to who knows either private key; the root key is needed with it", () => {
    const { readable, a, b, root, shared } = scene()
    assert.equal(readable({ root, own: a.secret }), 1)
    assert.equal(readable({ root, own: b.secret }), 1)
    assert.equal(readable({ root, shared }), 1)
    for (const state of [{ own: a.secret }, { own: b.secret }, { shared }, { root }])
      assert.equal(readable(state), 0)
  })

  test("is known neither from public keys nor from a third private one", () => {
    const { readable, a, b, c, root } = scene()
    assert.equal(readable({ root, keys: [a.public, b.public], other: c }), 0)
  })
})

describe("a ciphertext", () => {
  test("gives away the secrets inside it to who knows its key, and those they lead to", () => {
    const { log, alice, bob } = laboratory()
    const channel = key32(alice.random(32))
    const distributed = key32(alice.random(32))
    sendOn(alice, channel, concat(utf8("your sender key:"), distributed, utf8("!")))
    sendOn(bob, sendOn(alice, distributed))
    assert.equal(log.encryptions, 3)
    assert.equal(log.readable({ channel }, 0, 3), 3)
    assert.equal(log.readable({ distributed }, 0, 3), 2)
  })

  test("is opened by half of what was derived, where that half is its key", () => {
    const { log, alice } = laboratory()
    const chain = key32(alice.random(32))
    const cipherKey = exactly(alice.hmac(chain, utf8("key")).slice(0, 16), 16)
    const inside = key32(alice.random(32))
    alice.sealGcm(cipherKey, NONCE, utf8("with"), concat(utf8("a key: "), inside))
    sendOn(alice, inside)
    assert.equal(log.readable({ chain }, 0, 2), 2)
    assert.equal(log.readable({ cipherKey }, 0, 2), 2)
    assert.equal(log.readable({ other: alice.random(16), inside }, 0, 2), 1)
  })

  test("gives nothing away of what was drawn only later", () => {
    const { log, alice } = laboratory()
    const channel = key32(alice.random(32))
    sendOn(alice, channel)
    sendOn(alice, key32(alice.random(32)))
    assert.equal(log.readable({ channel }, 0, 2), 1)
  })
})

describe("a hash", () => {
  const { log, alice } = laboratory()
  const [seed, words] = [key32(alice.random(32)), utf8("words that everybody heard")]
  sendOn(alice, alice.hash(concat(seed, words)))
  sendOn(alice, alice.hmac(seed, alice.hash(words)))

  test("of a secret is known to who knows the secret", () => {
    assert.equal(log.readable({ seed }, 0, 1), 1)
    assert.equal(log.readable({ hash: alice.hash(concat(seed, words)) }, 0, 2), 1)
    assert.equal(log.readable({ other: alice.random(32) }, 0, 1), 0)
  })

  test("of what is no secret hides nothing: who knows the rest needs not have kept it", () => {
    assert.equal(log.readable({ seed }, 1, 2), 1)
  })
})

test("listening changes no byte", () => {
  const make = () => createNativeSuite(seededRandom(seedRandom(1, "same")))
  assert.deepEqual(
    sendOn(new DerivationLog().observe(make()), key32(new Uint8Array(32))),
    sendOn(make(), key32(new Uint8Array(32))),
  )
})

for (const name of ["sender-keys", "pairwise"]) {
  test(`${name}: old keys kept in a foreign field are found, though the honest code of a thief does not look there`, async () => {
    const log = new DerivationLog()
    const group = await restingGroup(protocolNamed(name), 3, {
      ...NATIVE,
      createSuite: (random) => log.observe(createNativeSuite(random)),
    })
    const [old] = group.snapshot().members
    const start = log.encryptions
    const packets: Parameters<Thief["hears"]>[0][] = []
    group.observe({ onUpload: (packet) => packets.push(packet) })
    for (const member of group.roster) await says(group, member)
    const { state } = group.member("m000")
    const hoarding = { ...(state as object), attic: [{ old: old?.state }] }

    const honest = Thief.steal(group.protocol, NATIVE.createSuite, hoarding)
    assert.equal(await honest.hearsAll(packets), 0)
    assert.equal(log.readable(state, start, log.encryptions), 0)
    assert.ok(log.readable(hoarding, start, log.encryptions) >= 3)
  })
}

/** Our suite under ts-mls, beside the one that ts-mls brings along; and that it is all that MLS draws from. */
import assert from "node:assert/strict"
import { before, describe, test } from "node:test"
import {
  acceptAll,
  type CiphersuiteImpl,
  type ClientState,
  createApplicationMessage,
  createCommit,
  createGroup,
  defaultLifetime,
  emptyPskIndex,
  generateKeyPackage,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  joinGroup,
  type MLSMessage,
  processMessage,
} from "ts-mls"
import { toHex, utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { createNobleSuite } from "../crypto/noble.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import type { CreateSuite } from "../crypto/suite.ts"
import type { Packet } from "../group.ts"
import { CAPABILITIES, configOf } from "./client.ts"
import { mls } from "./mls.ts"
import { bridged, CIPHERSUITE } from "./suite-bridge.ts"

const SUITES = { native: createNativeSuite, noble: createNobleSuite }
const CONFIG = configOf("member")

const ours = (createSuite: CreateSuite, name = "ours"): CiphersuiteImpl =>
  bridged(createSuite(seededRandom(seedRandom(1, name))))

let theirs: CiphersuiteImpl
before(async () => {
  theirs = await getCiphersuiteImpl(getCiphersuiteFromName(CIPHERSUITE))
})

for (const [name, createSuite] of Object.entries(SUITES)) {
  describe(`${name}, beside the suite of ts-mls:`, () => {
    const cs = ours(createSuite)
    const [a, b, c] = ["one", "two", "three"].map(utf8) as [Uint8Array, Uint8Array, Uint8Array]

    test("hashes, codes and derived keys are the same", async () => {
      assert.deepEqual(await cs.hash.digest(a), await theirs.hash.digest(a))
      const mac = await theirs.hash.mac(a, b)
      assert.deepEqual(await cs.hash.mac(a, b), mac)
      assert.ok(await cs.hash.verifyMac(a, mac, b))
      assert.ok(!(await cs.hash.verifyMac(a, mac, c)))
      const prk = await theirs.kdf.extract(mac, b)
      assert.deepEqual(await cs.kdf.extract(mac, b), prk)
      for (const length of [12, 16, 32])
        assert.deepEqual(await cs.kdf.expand(prk, c, length), await theirs.kdf.expand(prk, c, length))
      const derived = await Promise.all(
        [cs, theirs].map(async ({ hpke }) => {
          const { privateKey, publicKey } = await hpke.deriveKeyPair(prk)
          return [await hpke.exportPrivateKey(privateKey), await hpke.exportPublicKey(publicKey)]
        }),
      )
      assert.deepEqual(derived[0], derived[1])
    })

    test("what one seals and signs the other opens and verifies, and nothing that was altered", async () => {
      for (const [sender, recipient] of [
        [cs, theirs],
        [theirs, cs],
      ] as const) {
        const pair = await recipient.hpke.generateKeyPair()
        const publicKey = await sender.hpke.importPublicKey(
          await recipient.hpke.exportPublicKey(pair.publicKey),
        )
        const { enc, ct } = await sender.hpke.seal(publicKey, a, b, c)
        assert.deepEqual(await recipient.hpke.open(pair.privateKey, enc, ct, b, c), a)
        await assert.rejects(recipient.hpke.open(pair.privateKey, enc, ct, b, a))
        const signer = await sender.signature.keygen()
        const signature = await sender.signature.sign(signer.signKey, a)
        assert.ok(await recipient.signature.verify(signer.publicKey, a, signature))
        assert.ok(!(await recipient.signature.verify(signer.publicKey, b, signature)))
        const [key, nonce] = [new Uint8Array(16).fill(1), new Uint8Array(12).fill(2)]
        const sealed = await sender.hpke.encryptAead(key, nonce, b, a)
        assert.deepEqual(await recipient.hpke.decryptAead(key, nonce, b, sealed), a)
        await assert.rejects(recipient.hpke.decryptAead(key, nonce, c, sealed))
      }
    })

    test("members of one group on both suites add, renew and talk to each other", async () => {
      for (const [founding, joining] of [
        [cs, theirs],
        [theirs, cs],
      ] as const)
        await lifeOfTwo(founding, joining)
    })
  })
}

/** The founder adds the other; each renews its keys once and speaks. */
async function lifeOfTwo(founding: CiphersuiteImpl, joining: CiphersuiteImpl): Promise<void> {
  const newPackage = (cs: CiphersuiteImpl, name: string) =>
    generateKeyPackage(
      { credentialType: "basic", identity: utf8(name) },
      CAPABILITIES,
      defaultLifetime,
      [],
      cs,
    )
  const [founder, newcomer] = [await newPackage(founding, "f"), await newPackage(joining, "n")]
  const alone = await createGroup(
    utf8("group"),
    founder.publicPackage,
    founder.privatePackage,
    [],
    founding,
    CONFIG,
  )
  const { newState, welcome } = await createCommit(
    { state: alone, cipherSuite: founding },
    {
      ratchetTreeExtension: true,
      extraProposals: [{ proposalType: "add", add: { keyPackage: newcomer.publicPackage } }],
    },
  )
  assert.ok(welcome !== undefined)
  const joined = await joinGroup(
    welcome,
    newcomer.publicPackage,
    newcomer.privatePackage,
    emptyPskIndex,
    joining,
    undefined,
    undefined,
    CONFIG,
  )
  let [one, other] = [
    { state: newState, cs: founding },
    { state: joined, cs: joining },
  ] as [Side, Side]
  for (const _turn of [1, 2]) {
    ;[one, other] = await renewAndSpeak(one, other)
    ;[one, other] = [other, one]
  }
}

type Side = { readonly state: ClientState; readonly cs: CiphersuiteImpl }

async function renewAndSpeak(speaker: Side, listener: Side): Promise<[Side, Side]> {
  const { commit, newState } = await createCommit({ state: speaker.state, cipherSuite: speaker.cs })
  const { state } = (await heard(listener, commit)).side
  const words = utf8("we agree")
  const sent = await createApplicationMessage(newState, words, speaker.cs)
  const { privateMessage } = sent
  const message = { version: "mls10", wireformat: "mls_private_message", privateMessage } as const
  const { side, said } = await heard({ ...listener, state }, message)
  assert.deepEqual(said, words)
  return [{ ...speaker, state: sent.newState }, side]
}

async function heard({ state, cs }: Side, message: MLSMessage) {
  assert.ok(message.wireformat === "mls_private_message")
  const result = await processMessage(message, state, emptyPskIndex, acceptAll, cs)
  const said = result.kind === "applicationMessage" ? result.message : undefined
  return { side: { cs, state: result.newState }, said }
}

describe("a group of MLS members", () => {
  /** Two form a group; both renew and speak. @returns all that was sent, as hex */
  async function bytesSent(createSuite: CreateSuite): Promise<string[]> {
    const protocol = mls()
    const bundles = new Map<string, Uint8Array>()
    const contextOf = (me: string): Context => ({
      me,
      suite: createSuite(seededRandom(seedRandom(1, me))),
      suiteFor: (purpose) => createSuite(seededRandom(seedRandom(1, me + purpose))),
      now: 0,
      fetchBundle: (member) => bundles.get(member) as Uint8Array,
    })
    const contexts = ["a", "b"].map(contextOf) as [Context, Context]
    const states = await Promise.all(contexts.map((context) => protocol.init(context)))
    const [first, second] = states as [(typeof states)[0], (typeof states)[0]]
    bundles.set("b", await protocol.publishBundle(second, contexts[1], 1))
    const sent: string[] = []
    const toBoth = async (from: string, packets: readonly object[] = []) => {
      for (const outgoing of packets) {
        const packet = { ...outgoing, from } as Packet
        sent.push(toHex(packet.bytes))
        await protocol.process(first, contexts[0], packet)
        await protocol.process(second, contexts[1], packet)
      }
    }
    await toBoth("a", (await protocol.create(first, contexts[0], ["a", "b"])).packets)
    await toBoth("b", (await protocol.update(second, contexts[1])).packets)
    const { packets = [] } = await protocol.send(first, contexts[0], utf8("hello"))
    const { message } = await protocol.process(second, contexts[1], { ...packets[0], from: "a" } as Packet)
    assert.deepEqual(message?.plaintext, utf8("hello"))
    return [...sent, ...packets.map(({ bytes }) => toHex(bytes))]
  }

  test("sends the same bytes on every suite, whatever the global randomness, clock and cryptography", async (t) => {
    const plain = await bytesSent(createNobleSuite)
    const never = () => assert.fail("MLS is to use nothing but the member's suite")
    t.mock.method(Math, "random", never)
    t.mock.method(Date, "now", () => 4_000_000_000_000) // read where a key package is added, and good at any time
    for (const name of ["importKey", "digest", "sign", "verify", "encrypt", "decrypt", "deriveBits"] as const)
      t.mock.method(globalThis.crypto.subtle, name, never)
    // It fills with this what it wipes, and then writes zeros there
    t.mock.method(globalThis.crypto, "getRandomValues", (bytes: Uint8Array) => bytes.fill(0xff))
    assert.deepEqual(await bytesSent(createNativeSuite), plain)
    assert.deepEqual(await bytesSent(createNobleSuite), plain)
  })
})

/** HPKE against RFC 9180's vectors, and live against @hpke/core in both directions. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core"
import { key32, toHex, utf8 } from "../bytes.ts"
import { hasCode } from "../errors.ts"
import { ScriptedRandom } from "../vectors/scripted-random.ts"
import { SUITES } from "../vectors/suites.ts"
import { fromHex } from "../vectors/vector-files.ts"
import { countingSuite, noOperations } from "./counting.ts"
import { deriveKeyPair, openWith, sealTo } from "./hpke.ts"
import { seededRandom, seedRandom } from "./seeded.ts"

/** RFC 9180, A.1.1: base setup information, and the encryption with sequence number 0. */
const A11 = {
  info: "4f6465206f6e2061204772656369616e2055726e",
  ikmE: "7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
  pkEm: "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
  skEm: "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
  ikmR: "6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
  pkRm: "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
  skRm: "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
  pt: "4265617574792069732074727574682c20747275746820626561757479",
  aad: "436f756e742d30",
  ct: "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
}

const [info, aad, text] = [utf8("info"), utf8("aad"), utf8("a message")]
const peer = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
})

for (const { name, create } of SUITES) {
  const scripted = new ScriptedRandom()
  const suite = create(scripted.source)
  const drawing = create(seededRandom(seedRandom(1, "hpke")))

  test(`${name}: key pairs are derived as in RFC 9180, A.1.1`, () => {
    for (const [ikm, sk, pk] of [
      [A11.ikmE, A11.skEm, A11.pkEm],
      [A11.ikmR, A11.skRm, A11.pkRm],
    ] as const) {
      const pair = deriveKeyPair(suite, fromHex(ikm))
      assert.deepEqual([toHex(pair.secret), toHex(pair.public)], [sk, pk])
    }
  })

  test(`${name}: a message is sealed and opened as in RFC 9180, A.1.1`, () => {
    scripted.play(fromHex(A11.skEm))
    const pkR = key32(fromHex(A11.pkRm))
    const sealed = sealTo(suite, pkR, fromHex(A11.info), fromHex(A11.aad), fromHex(A11.pt))
    assert.deepEqual([toHex(sealed.enc), toHex(sealed.ciphertext)], [A11.pkEm, A11.ct])
    const pair = { secret: key32(fromHex(A11.skRm)), public: pkR }
    const opened = openWith(suite, pair, sealed.enc, fromHex(A11.info), fromHex(A11.aad), fromHex(A11.ct))
    assert.equal(toHex(opened), A11.pt)
  })

  test(`${name}: what we seal @hpke/core opens, and the other way round`, async () => {
    const ours = drawing.keyPair()
    const recipientKey = await peer.kem.importKey("raw", ours.secret.slice().buffer, false)
    const sealed = sealTo(drawing, ours.public, info, aad, text)
    const opened = await peer.open(
      { recipientKey, enc: sealed.enc.slice().buffer, info: info.slice().buffer },
      sealed.ciphertext.slice().buffer,
      aad.slice().buffer,
    )
    assert.deepEqual(new Uint8Array(opened), text)

    const recipientPublicKey = await peer.kem.importKey("raw", ours.public.slice().buffer, true)
    const theirs = await peer.seal(
      { recipientPublicKey, info: info.slice().buffer },
      text.slice().buffer,
      aad.slice().buffer,
    )
    const enc = key32(new Uint8Array(theirs.enc))
    assert.deepEqual(openWith(drawing, ours, enc, info, aad, new Uint8Array(theirs.ct)), text)
  })

  test(`${name}: another key, info, associated data or a changed byte opens nothing`, () => {
    const pair = drawing.keyPair()
    const { enc, ciphertext } = sealTo(drawing, pair.public, info, aad, text)
    const attempts = [
      () => openWith(drawing, drawing.keyPair(), enc, info, aad, ciphertext),
      () => openWith(drawing, { ...pair, public: drawing.keyPair().public }, enc, info, aad, ciphertext),
      () => openWith(drawing, pair, drawing.keyPair().public, info, aad, ciphertext),
      () => openWith(drawing, pair, enc, aad, aad, ciphertext),
      () => openWith(drawing, pair, enc, info, info, ciphertext),
      () => openWith(drawing, pair, enc, info, aad, ciphertext.with(0, (ciphertext[0] as number) ^ 1)),
      () => openWith(drawing, pair, enc, info, aad, ciphertext.subarray(1)),
    ]
    for (const attempt of attempts) assert.throws(attempt, (error) => hasCode(error, "invalid-message"))
  })

  test(`${name}: keys of low order are refused on either side`, () => {
    const pair = drawing.keyPair()
    const lowOrder = key32(new Uint8Array(32))
    const refused = (attempt: () => unknown) =>
      assert.throws(attempt, (error) => hasCode(error, "bad-agreement"))
    refused(() => sealTo(drawing, lowOrder, info, aad, text))
    refused(() => openWith(drawing, pair, lowOrder, info, aad, text))
  })

  test(`${name}: sealing takes one key pair, either side one agreement, six HMACs and one GCM`, () => {
    const counts = noOperations()
    const counted = countingSuite(drawing, counts)
    const pair = drawing.keyPair()
    const { enc, ciphertext } = sealTo(counted, pair.public, info, aad, text)
    assert.deepEqual({ ...counts }, { ...noOperations(), keyPair: 1, dh: 1, hmac: 6, sealGcm: 1 })
    openWith(counted, pair, enc, info, aad, ciphertext)
    assert.deepEqual(counts, { ...noOperations(), keyPair: 1, dh: 2, hmac: 12, sealGcm: 1, openGcm: 1 })
  })
}

/** Damaged, newly signed group messages: our verdict must be libsignal's. FUZZ_CASES asks for more of them. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { concat, toHex, utf8 } from "../bytes.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import { decodeDistribution, decodeGroupMessage, encodeDistribution } from "../sending-chain/messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  receiveDistribution,
  type SenderKeyStore,
} from "../sending-chain/sender-key.ts"
import { drawFrom, FUZZ_CASES } from "./fuzz.ts"
import { libsignalVerdict, ourVerdict } from "./libsignal-errors.ts"
import { LibsignalMember } from "./libsignal-member.ts"
import { mutate } from "./protobuf-mutations.ts"
import { DISTRIBUTION_ID, DISTRIBUTION_UUID } from "./sender-key-fixture.ts"

const VERSIONS = [0x33, 0x33, 0x33, 0x33, 0x33, 0x3f, 0x30, 0x23, 0x43, 0x00, 0xff]
const suite = createNativeSuite(seededRandom(seedRandom(1, "fuzzed sender")))
const own = createSenderKey(suite, DISTRIBUTION_ID)
const distribution = encodeDistribution(distributionOf(own))
const message = encryptGroupMessage(own, suite, utf8("the same on both sides"))

test(`${FUZZ_CASES} damaged group messages get libsignal's verdict`, async () => {
  const draw = drawFrom("group messages")
  const theirs = new LibsignalMember("bob", DISTRIBUTION_UUID)
  await theirs.process("alice", distribution)
  const restore = theirs.checkpoint()

  for (let index = 0; index < FUZZ_CASES; index++) {
    const version = Uint8Array.of(VERSIONS[draw(VERSIONS.length)] as number)
    const unsigned = concat(version, mutate(message.subarray(1, -64), draw))
    const signature = suite.sign(own.signing.secret, unsigned)
    const damaged = concat(unsigned, draw(20) === 0 ? signature.with(draw(64), draw(256)) : signature)

    const store: SenderKeyStore = new Map()
    receiveDistribution(store, "alice", decodeDistribution(distribution))
    const ours = ourVerdict(() =>
      toHex(decryptGroupMessage(store, suite, "alice", decodeGroupMessage(damaged))),
    )
    restore()
    const expected = await libsignalVerdict(async () => toHex(await theirs.decrypt("alice", damaged)))
    assert.deepEqual(ours, expected, `case ${index}: ${toHex(damaged)}`)
  }
})

test(`${FUZZ_CASES} damaged distribution messages get libsignal's verdict`, async () => {
  const draw = drawFrom("distribution messages")
  for (let index = 0; index < FUZZ_CASES; index++) {
    const version = Uint8Array.of(VERSIONS[draw(VERSIONS.length)] as number)
    const damaged = concat(version, mutate(distribution.subarray(1), draw))

    const store: SenderKeyStore = new Map()
    const read = () => receiveDistribution(store, "alice", decodeDistribution(damaged))
    const open = () => toHex(decryptGroupMessage(store, suite, "alice", decodeGroupMessage(message)))
    const theirs = new LibsignalMember("bob", DISTRIBUTION_UUID)

    const received = await libsignalVerdict(() => theirs.process("alice", damaged))
    assert.deepEqual(ourVerdict(read), received, `case ${index}: ${toHex(damaged)}`)
    const opened = await libsignalVerdict(async () => toHex(await theirs.decrypt("alice", message)))
    assert.deepEqual(ourVerdict(open), opened, `case ${index}: the message after ${toHex(damaged)}`)
  }
})

/** Damaged session messages: what our parser makes of them must be what libsignal's does. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { PreKeySignalMessage, SignalMessage } from "libsignal-sessions"
import { concat, toHex } from "../bytes.ts"
import { decodePreKeySignalMessage, decodeSignalMessage } from "../two-party/messages.ts"
import { conversation, Device } from "./device.ts"
import { drawFrom, FUZZ_CASES } from "./fuzz.ts"
import { libsignalVerdict, ourVerdict } from "./libsignal-errors.ts"
import { mutate } from "./protobuf-mutations.ts"
import { fromHex } from "./vector-files.ts"

const VERSIONS = [0x34, 0x34, 0x34, 0x34, 0x34, 0x33, 0x44, 0x24, 0x54, 0x00, 0xff]

test(`${FUZZ_CASES} damaged SignalMessages get libsignal's verdict`, async () => {
  const draw = drawFrom("signal messages")
  const { bytes } = conversation().alice.encrypt("the same on both sides")
  for (let index = 0; index < FUZZ_CASES; index++) {
    const version = Uint8Array.of(VERSIONS[draw(VERSIONS.length)] as number)
    const damaged = concat(version, mutate(bytes.subarray(1, -8), draw), bytes.subarray(-draw(20)))
    const ours = ourVerdict(() => {
      const { version, counter, ciphertext } = decodeSignalMessage(damaged)
      return { version, counter, ciphertext: toHex(ciphertext) }
    })
    const theirs = await libsignalVerdict(() => {
      const read = SignalMessage.deserialize(Buffer.from(damaged))
      return { version: read.messageVersion(), counter: read.counter(), ciphertext: toHex(read.body()) }
    })
    assert.deepEqual(ours, theirs, `case ${index}: ${toHex(damaged)}`)
  }
})

test(`${FUZZ_CASES} damaged PreKeySignalMessages get libsignal's verdict`, async () => {
  const draw = drawFrom("prekey messages")
  const [alice, bob] = [new Device("alice"), new Device("bob")]
  alice.initiate(bob.bundle())
  const { bytes } = alice.encrypt("the same on both sides")
  const kyberFields = [fromHex("3801"), fromHex("420108")]

  for (let index = 0; index < FUZZ_CASES; index++) {
    const version = Uint8Array.of(VERSIONS[draw(VERSIONS.length)] as number)
    const fields = concat(bytes.subarray(1), ...kyberFields.slice(0, draw(4)))
    const damaged = concat(version, mutate(fields, draw))
    const ours = ourVerdict(() => {
      const { version, preKeyId, registrationId, signedPreKeyId } = decodePreKeySignalMessage(damaged)
      return { version, preKeyId, registrationId, signedPreKeyId }
    })
    const theirs = await libsignalVerdict(() => {
      const read = PreKeySignalMessage.deserialize(Buffer.from(damaged))
      return {
        version: read.version(),
        preKeyId: read.preKeyId() ?? undefined,
        registrationId: read.registrationId(),
        signedPreKeyId: read.signedPreKeyId(),
      }
    })
    assert.deepEqual(ours, theirs, `case ${index}: ${toHex(damaged)}`)
  }
})

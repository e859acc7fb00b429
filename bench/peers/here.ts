/** This project as a competitor, driven below its group protocols, where libsignal's functions are too. */
import { randomFillSync } from "node:crypto"
import type { Context } from "../../protocols/context.ts"
import type { CreateSuite, Suite } from "../../protocols/crypto/suite.ts"
import {
  decodeDistribution,
  decodeGroupMessage,
  encodeDistribution,
} from "../../protocols/sending-chain/messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  receiveDistribution,
  type SenderKeyStore,
} from "../../protocols/sending-chain/sender-key.ts"
import { createDeviceKeys, type PreKeyBundle, publishBundle } from "../../protocols/two-party/prekeys.ts"
import { decrypt, encrypt, initiate, newPeer } from "../../protocols/two-party/sessions.ts"
import { DISTRIBUTION_ID } from "../../protocols/vectors/sender-key-fixture.ts"
import type { Implementation, Party, SenderAndReceiver, Strangers } from "./scenarios.ts"

/** The operating system's randomness, as libsignal draws it: the laboratory's generator is not in this race. */
const systemRandom = (length: number): Uint8Array => randomFillSync(new Uint8Array(length))

export const here = (createSuite: CreateSuite): Implementation => ({
  senderAndReceiver: () => senderAndReceiver(createSuite(systemRandom), createSuite(systemRandom)),
  strangers: () => strangers(device(createSuite(systemRandom)), device(createSuite(systemRandom))),
})

function senderAndReceiver(sending: Suite, receiving: Suite): SenderAndReceiver {
  let own: OwnSenderKey
  const received: SenderKeyStore = new Map()
  return {
    create() {
      own = createSenderKey(sending, DISTRIBUTION_ID)
      return encodeDistribution(distributionOf(own))
    },
    process: (distribution) => receiveDistribution(received, "sender", decodeDistribution(distribution)),
    encrypt: (plaintext) => encryptGroupMessage(own, sending, plaintext),
    decrypt: (message) => decryptGroupMessage(received, receiving, "sender", decodeGroupMessage(message)),
  }
}

type Device = ReturnType<typeof device>

function strangers(alice: Device, bob: Device): Strangers {
  const bundle = bob.bundle()
  return { alice, bob, initiate: () => alice.initiate(bundle) }
}

function device(suite: Suite) {
  const [keys, peer] = [createDeviceKeys(suite), newPeer()]
  const context: Context = { me: "here", suite, suiteFor: () => suite, now: 0, fetchBundle: noServer }
  const party: Party = {
    encrypt: (plaintext) => encrypt(keys, peer, context, plaintext),
    decrypt: (sent) => decrypt(keys, peer, context, sent),
  }
  return {
    ...party,
    bundle: () => publishBundle(keys, suite, 1),
    initiate: (bundle: PreKeyBundle) => initiate(keys, peer, context, bundle),
  }
}

function noServer(): never {
  throw new Error("no step of this comparison asks the server")
}

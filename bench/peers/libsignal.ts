/**
 * libsignal as a competitor. Its native code asks JavaScript for stored keys and awaits the answer, so the least
 * that an application pays is a store in memory: that is in the times. No record is written anywhere.
 */
import type * as Current from "@signalapp/libsignal-client"
import { DISTRIBUTION_UUID } from "../../protocols/vectors/sender-key-fixture.ts"
import type { SenderAndReceiver } from "./scenarios.ts"

/** What both versions have under the same names. */
type SenderKeyFunctions = Pick<
  typeof Current,
  | "groupDecrypt"
  | "groupEncrypt"
  | "ProtocolAddress"
  | "processSenderKeyDistributionMessage"
  | "SenderKeyDistributionMessage"
  | "SenderKeyStore"
>

/** libsignal's type for bytes that share their memory with nobody; it reads any others just as well. */
const owned = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>

export function senderKeysOf(libsignal: SenderKeyFunctions): () => SenderAndReceiver {
  /** One sender, one group: one record. */
  class Store extends libsignal.SenderKeyStore {
    #record: Current.SenderKeyRecord | null = null

    async saveSenderKey(_sender: unknown, _id: unknown, record: Current.SenderKeyRecord): Promise<void> {
      this.#record = record
    }

    async getSenderKey(): Promise<Current.SenderKeyRecord | null> {
      return this.#record
    }
  }

  const { groupDecrypt, groupEncrypt, SenderKeyDistributionMessage } = libsignal
  const sender = libsignal.ProtocolAddress.new("sender", 1)
  return () => {
    const [own, received] = [new Store(), new Store()]
    return {
      create: async () =>
        (await SenderKeyDistributionMessage.create(sender, DISTRIBUTION_UUID, own)).serialize(),
      process: (distribution) => {
        const message = SenderKeyDistributionMessage.deserialize(owned(distribution))
        return libsignal.processSenderKeyDistributionMessage(sender, message, received)
      },
      encrypt: async (plaintext) =>
        (await groupEncrypt(sender, DISTRIBUTION_UUID, own, owned(plaintext))).serialize(),
      decrypt: (message) => groupDecrypt(sender, received, owned(message)),
    }
  }
}

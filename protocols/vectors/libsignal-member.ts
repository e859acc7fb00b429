/** A group member played by libsignal 0.103.0, its sender keys in memory. */
import {
  groupDecrypt,
  groupEncrypt,
  ProtocolAddress,
  processSenderKeyDistributionMessage,
  SenderKeyDistributionMessage,
  type SenderKeyRecord,
  SenderKeyStore,
} from "@signalapp/libsignal-client"

/** libsignal wants bytes that own their memory. */
export const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

class Store extends SenderKeyStore {
  records = new Map<string, SenderKeyRecord>()

  async saveSenderKey(sender: ProtocolAddress, id: string, record: SenderKeyRecord): Promise<void> {
    this.records.set(`${sender.toString()}/${id}`, record)
  }

  async getSenderKey(sender: ProtocolAddress, id: string): Promise<SenderKeyRecord | null> {
    return this.records.get(`${sender.toString()}/${id}`) ?? null
  }
}

export class LibsignalMember {
  readonly #store = new Store()
  readonly #own: ProtocolAddress
  readonly #distributionId: string

  /** @param distributionId - in UUID text form */
  constructor(name: string, distributionId: string) {
    this.#own = addressOf(name)
    this.#distributionId = distributionId
  }

  async distribution(): Promise<Uint8Array> {
    const created = await SenderKeyDistributionMessage.create(this.#own, this.#distributionId, this.#store)
    return created.serialize()
  }

  async process(sender: string, distribution: Uint8Array): Promise<void> {
    const message = SenderKeyDistributionMessage.deserialize(owned(distribution))
    await processSenderKeyDistributionMessage(addressOf(sender), message, this.#store)
  }

  async encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    return (await groupEncrypt(this.#own, this.#distributionId, this.#store, owned(plaintext))).serialize()
  }

  decrypt(sender: string, message: Uint8Array): Promise<Uint8Array> {
    return groupDecrypt(addressOf(sender), this.#store, owned(message))
  }

  /** What puts the store back to where it is now. */
  checkpoint(): () => void {
    const saved = new Map(this.#store.records)
    return () => {
      this.#store.records = new Map(saved)
    }
  }
}

const addressOf = (name: string): ProtocolAddress => ProtocolAddress.new(name, 1)

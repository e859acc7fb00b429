/** A device played by libsignal 0.72.1, the newest that opens sessions with X3DH; all its stores in memory. */
import {
  CiphertextMessageType,
  IdentityChange,
  IdentityKeyStore,
  KyberPreKeyStore,
  PreKeyBundle,
  PreKeyRecord,
  PreKeySignalMessage,
  PreKeyStore,
  PrivateKey,
  ProtocolAddress,
  PublicKey,
  processPreKeyBundle,
  type SessionRecord,
  SessionStore,
  SignalMessage,
  SignedPreKeyRecord,
  SignedPreKeyStore,
  signalDecrypt,
  signalDecryptPreKey,
  signalEncrypt,
} from "libsignal-sessions"
import { exactly, key32 } from "../bytes.ts"
import type { KeyPair } from "../crypto/suite.ts"
import { decodePublicKey, encodePublicKey } from "../signal-wire.ts"
import type * as ours from "../two-party/prekeys.ts"
import type { SignalCiphertext } from "../two-party/sessions.ts"

class Sessions extends SessionStore {
  record: SessionRecord | null = null

  async saveSession(_: ProtocolAddress, record: SessionRecord): Promise<void> {
    this.record = record
  }

  async getSession(): Promise<SessionRecord | null> {
    return this.record
  }

  async getExistingSessions(): Promise<SessionRecord[]> {
    return this.record === null ? [] : [this.record]
  }
}

class Identities extends IdentityKeyStore {
  readonly own = PrivateKey.generate()
  readonly registrationId: number
  #peer: PublicKey | null = null

  constructor(registrationId: number) {
    super()
    this.registrationId = registrationId
  }

  async getIdentityKey(): Promise<PrivateKey> {
    return this.own
  }

  async getLocalRegistrationId(): Promise<number> {
    return this.registrationId
  }

  async saveIdentity(_: ProtocolAddress, key: PublicKey): Promise<IdentityChange> {
    const replaced = this.#peer !== null && this.#peer.compare(key) !== 0
    this.#peer = key
    return replaced ? IdentityChange.ReplacedExisting : IdentityChange.NewOrUnchanged
  }

  async isTrustedIdentity(_: ProtocolAddress, key: PublicKey): Promise<boolean> {
    return this.#peer === null || this.#peer.compare(key) === 0
  }

  async getIdentity(): Promise<PublicKey | null> {
    return this.#peer
  }
}

class PreKeys extends PreKeyStore {
  readonly records = new Map<number, PreKeyRecord>()

  async savePreKey(id: number, record: PreKeyRecord): Promise<void> {
    this.records.set(id, record)
  }

  async getPreKey(id: number): Promise<PreKeyRecord> {
    const record = this.records.get(id)
    if (record === undefined) throw new Error("no prekey of this id")
    return record
  }

  async removePreKey(id: number): Promise<void> {
    this.records.delete(id)
  }
}

class SignedPreKeys extends SignedPreKeyStore {
  readonly records = new Map<number, SignedPreKeyRecord>()

  async saveSignedPreKey(id: number, record: SignedPreKeyRecord): Promise<void> {
    this.records.set(id, record)
  }

  async getSignedPreKey(id: number): Promise<SignedPreKeyRecord> {
    const record = this.records.get(id)
    if (record === undefined) throw new Error("no signed prekey of this id")
    return record
  }
}

class NoKyberPreKeys extends KyberPreKeyStore {
  async saveKyberPreKey(): Promise<void> {}
  async markKyberPreKeyUsed(): Promise<void> {}
  async getKyberPreKey(): Promise<never> {
    throw new Error("no Kyber prekeys here")
  }
}

const keyPair = (key: PrivateKey): KeyPair => ({
  secret: key32(new Uint8Array(key.serialize())),
  public: decodePublicKey(new Uint8Array(key.getPublicKey().serialize())),
})

/** No copy: what libsignal takes is timed (`bench/peers`), and what we do for it should not be. */
const viewOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, length)

const PEER = ProtocolAddress.new("peer", 1)
const SIGNED_PREKEY_ID = 7

export class LibsignalDevice {
  readonly #sessions = new Sessions()
  readonly #identities = new Identities(1234)
  readonly #preKeys = new PreKeys()
  readonly #signedPreKeys = new SignedPreKeys()
  readonly #kyber = new NoKyberPreKeys()

  constructor() {
    const pair = PrivateKey.generate()
    const signature = this.#identities.own.sign(pair.getPublicKey().serialize())
    const record = SignedPreKeyRecord.new(SIGNED_PREKEY_ID, 0, pair.getPublicKey(), pair, signature)
    this.#signedPreKeys.records.set(SIGNED_PREKEY_ID, record)
  }

  get preKeysLeft(): number {
    return this.#preKeys.records.size
  }

  /** The same keys for a device of ours, which then must give the same verdicts. */
  get keys(): ours.DeviceKeys {
    const signed = [...this.#signedPreKeys.records].map(([id, record]) => {
      const pair = keyPair(record.privateKey())
      return [id, { pair, signature: exactly(new Uint8Array(record.signature()), 64) }] as const
    })
    const preKeys = [...this.#preKeys.records].map(([id, key]) => [id, keyPair(key.privateKey())] as const)
    return {
      registrationId: this.#identities.registrationId,
      identity: keyPair(this.#identities.own),
      signedPreKeys: new Map(signed),
      preKeys: new Map(preKeys),
    }
  }

  /** A bundle to open a session to this device; with `preKeyId`, it has a one-time prekey of that id. */
  bundle(preKeyId?: number): ours.PreKeyBundle {
    const signed = this.#signedPreKeys.records.get(SIGNED_PREKEY_ID) as SignedPreKeyRecord
    return {
      registrationId: this.#identities.registrationId,
      identityKey: decodePublicKey(this.#identities.own.getPublicKey().serialize()),
      signedPreKeyId: SIGNED_PREKEY_ID,
      signedPreKey: decodePublicKey(signed.publicKey().serialize()),
      signedPreKeySignature: new Uint8Array(signed.signature()),
      preKey: preKeyId === undefined ? undefined : this.#createPreKey(preKeyId),
    }
  }

  #createPreKey(id: number) {
    const pair = PrivateKey.generate()
    this.#preKeys.records.set(id, PreKeyRecord.new(id, pair.getPublicKey(), pair))
    return { id, key: decodePublicKey(pair.getPublicKey().serialize()) }
  }

  async initiate(bundle: ours.PreKeyBundle): Promise<void> {
    const key = (bytes: Parameters<typeof encodePublicKey>[0]) =>
      PublicKey.deserialize(Buffer.from(encodePublicKey(bytes)))
    const { registrationId, preKey, signedPreKeyId, signedPreKey, identityKey } = bundle
    const theirs = PreKeyBundle.new(
      registrationId,
      1,
      preKey?.id ?? null,
      preKey === undefined ? null : key(preKey.key),
      signedPreKeyId,
      key(signedPreKey),
      Buffer.from(bundle.signedPreKeySignature),
      key(identityKey),
    )
    await processPreKeyBundle(theirs, PEER, this.#sessions, this.#identities)
  }

  async encrypt(plaintext: Uint8Array, now = new Date()): Promise<SignalCiphertext> {
    const input = viewOf(plaintext)
    const sent = await signalEncrypt(input, PEER, this.#sessions, this.#identities, now)
    const type = sent.type() === CiphertextMessageType.PreKey ? "prekey" : "signal"
    return { type, bytes: sent.serialize() }
  }

  async decrypt({ type, bytes }: SignalCiphertext): Promise<Uint8Array> {
    const input = viewOf(bytes)
    return type === "signal"
      ? await signalDecrypt(SignalMessage.deserialize(input), PEER, this.#sessions, this.#identities)
      : await signalDecryptPreKey(
          PreKeySignalMessage.deserialize(input),
          PEER,
          this.#sessions,
          this.#identities,
          this.#preKeys,
          this.#signedPreKeys,
          this.#kyber,
        )
  }
}

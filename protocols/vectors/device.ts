/** A device of ours with one peer, for tests. */
import { utf8 } from "../bytes.ts"
import type { Context } from "../context.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import type { CreateSuite, Suite } from "../crypto/suite.ts"
import { createDeviceKeys, type DeviceKeys, type PreKeyBundle, publishBundle } from "../two-party/prekeys.ts"
import {
  decrypt,
  encrypt,
  initiate,
  newPeer,
  type Peer,
  type SignalCiphertext,
} from "../two-party/sessions.ts"

export class Device {
  readonly suite: Suite
  /** All that a refused step must leave as it was. */
  readonly state: { readonly keys: DeviceKeys; readonly peer: Peer }
  readonly #name: string
  /** Seconds. */
  now = 0
  #bundles = 0

  constructor(name: string, options: { readonly create?: CreateSuite; readonly keys?: DeviceKeys } = {}) {
    this.#name = name
    this.suite = (options.create ?? createNativeSuite)(seededRandom(seedRandom(1, name)))
    this.state = { keys: options.keys ?? createDeviceKeys(this.suite), peer: newPeer() }
  }

  get keys(): DeviceKeys {
    return this.state.keys
  }

  get peer(): Peer {
    return this.state.peer
  }

  get context(): Context {
    const fetchBundle = (): never => {
      throw new Error("tests bring their bundles")
    }
    return { me: this.#name, suite: this.suite, suiteFor: () => this.suite, now: this.now, fetchBundle }
  }

  bundle(oneTime: "with one-time prekey" | "without one-time prekey" = "with one-time prekey"): PreKeyBundle {
    const bundle = publishBundle(this.keys, this.suite, this.#nextPreKeyId())
    if (oneTime === "with one-time prekey") return bundle
    this.keys.preKeys.delete(bundle.preKey?.id ?? 0)
    return { ...bundle, preKey: undefined }
  }

  #nextPreKeyId(): number {
    this.#bundles = Math.max(this.#bundles, ...this.keys.preKeys.keys()) + 1
    return this.#bundles
  }

  initiate(bundle: PreKeyBundle): void {
    initiate(this.keys, this.peer, this.context, bundle)
  }

  encrypt(plaintext: string): SignalCiphertext {
    return encrypt(this.keys, this.peer, this.context, utf8(plaintext))
  }

  decrypt(sent: SignalCiphertext): string {
    return Buffer.from(decrypt(this.keys, this.peer, this.context, sent)).toString()
  }
}

/** Two devices, a session from the first to the second, both having decrypted something. */
export function conversation(): { alice: Device; bob: Device } {
  const [alice, bob] = [new Device("alice"), new Device("bob")]
  alice.initiate(bob.bundle())
  bob.decrypt(alice.encrypt("hello"))
  alice.decrypt(bob.encrypt("hello"))
  return { alice, bob }
}

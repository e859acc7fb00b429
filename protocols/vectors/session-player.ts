/** One party of a session vector: takes the steps and compares what comes out. */
import assert from "node:assert/strict"
import { exactly, key32, toHex } from "../bytes.ts"
import type { Context } from "../context.ts"
import { observedSuite, type SuiteCall } from "../crypto/counting.ts"
import type { CreateSuite, KeyPair } from "../crypto/suite.ts"
import { unreachable } from "../errors.ts"
import { decodePublicKey, encodePublicKey } from "../signal-wire.ts"
import { decodePreKeySignalMessage, decodeSignalMessage, SESSION_VERSION } from "../two-party/messages.ts"
import type { DeviceKeys, PreKeyBundle } from "../two-party/prekeys.ts"
import {
  decrypt,
  encrypt,
  initiate,
  newPeer,
  type Peer,
  type Session,
  type SignalCiphertext,
} from "../two-party/sessions.ts"
import { ScriptedRandom } from "./scripted-random.ts"
import {
  type AfterVector,
  type BundleVector,
  type DecryptStep,
  type EncryptStep,
  fromHex,
  type Hex,
  type InitiateStep,
  type KeyPairVector,
  type PartyVector,
  type SessionStep,
} from "./vector-files.ts"

export class Player {
  readonly state: { readonly keys: DeviceKeys; readonly peer: Peer }
  readonly #vector: PartyVector
  readonly #random = new ScriptedRandom()
  readonly #context: Context
  readonly #messages: Map<string, SignalCiphertext>
  #calls: SuiteCall[] = []

  /** @param messages - by id, shared by both parties */
  constructor(vector: PartyVector, create: CreateSuite, messages: Map<string, SignalCiphertext>) {
    this.#vector = vector
    this.#messages = messages
    this.state = { keys: deviceKeys(vector), peer: newPeer() }
    const suite = observedSuite(create(this.#random.source), (call) => this.#calls.push(call))
    const fetchBundle = () => assert.fail("vectors bring their bundles")
    this.#context = { me: "vector", suite, suiteFor: () => suite, now: 0, fetchBundle }
  }

  checkSignedPreKeys(): void {
    const { suite } = this.#context
    for (const { public: key, signature, signatureRandom } of this.#vector.signedPreKeys) {
      this.#random.play(fromHex(signatureRandom))
      assert.equal(toHex(suite.sign(this.state.keys.identity.secret, fromHex(key))), signature)
      assert.ok(suite.verify(this.state.keys.identity.public, fromHex(key), fromHex(signature)))
    }
  }

  take(step: SessionStep): void {
    this.#calls = []
    this.#run(step)
    if (step.after !== undefined) assert.deepEqual(this.#after(step.after), step.after)
  }

  #run(step: SessionStep): void {
    if (step.op === "initiate") this.#initiate(step)
    else if (step.op === "encrypt") this.#encrypt(step)
    else if (step.op === "decrypt") this.#decrypt(step)
    else if (step.op === "forget-sessions")
      Object.assign(this.state.peer, { current: undefined, archived: [] })
    else unreachable(step)
  }

  #initiate({ bundle, generated, x3dh }: InitiateStep): void {
    if (generated === undefined) this.#random.repeat("anything")
    else this.#random.play(...generated.map(fromHex))
    const { keys, peer } = this.state
    initiate(keys, peer, this.#context, decodeBundle(bundle))
    assert.equal(this.#random.left, 0, "every generated key was drawn")
    if (x3dh === undefined) return
    const { input, output } = this.#expansion("WhisperText")
    const agreements = this.#calls.filter((call) => call.operation === "dh").map((call) => toHex(call.result))
    const actual = {
      baseKey: toHex(encodePublicKey(this.#session.baseKey)),
      dh: agreements.slice(0, x3dh.dh.length),
      secretInput: input,
      rootKey: output.slice(0, 64),
      chainKey: output.slice(64),
    }
    assert.deepEqual(actual, x3dh)
  }

  #encrypt(step: EncryptStep): void {
    this.#random.play()
    const { keys, peer } = this.state
    const before = structuredClone(peer.current)
    const sent = encrypt(keys, peer, this.#context, fromHex(step.plaintext))
    this.#messages.set(step.id, sent)
    const { input, output } = this.#expansion("WhisperMessageKeys")
    const [cipherKey, macKey, iv] = [output.slice(0, 64), output.slice(64, 128), output.slice(128)]
    const chainKey = toHex(before?.sending.chainKey ?? new Uint8Array())
    assert.deepEqual({ chainKey, messageSeed: input, cipherKey, macKey, iv }, step.keys)
    const { ratchetKey, counter } = innerMessage(sent)
    assert.equal(toHex(encodePublicKey(ratchetKey)), step.ratchetKey)
    assert.deepEqual([counter, before?.previousCounter], [step.counter, step.previousCounter])
    assert.deepEqual(
      { type: sent.type, message: toHex(sent.bytes) },
      { type: step.type, message: step.message },
    )
  }

  #decrypt({ id, type, message, generated = [], expect }: DecryptStep): void {
    this.#random.repeat(generated[0] === undefined ? "anything" : fromHex(generated[0]))
    const { keys, peer } = this.state
    const sent =
      message !== undefined && type !== undefined
        ? { type, bytes: fromHex(message) }
        : this.#messages.get(id ?? "")
    assert.ok(sent !== undefined, `no message ${id} was sent before`)
    const plaintext = decrypt(keys, peer, this.#context, sent)
    if ("plaintext" in expect) assert.equal(toHex(plaintext), expect.plaintext)
  }

  get #session(): Session {
    const { current } = this.state.peer
    assert.ok(current !== undefined, "there is a current session")
    return current
  }

  /** Input and output of the one HKDF under the label `info`. */
  #expansion(info: string): { input: Hex; output: Hex } {
    const isWanted = (call: SuiteCall) =>
      call.operation === "hkdf" && Buffer.from(call.args[2]).toString() === info
    const call = this.#calls.find(isWanted)
    assert.ok(call?.operation === "hkdf", `an expansion under ${info}`)
    return { input: toHex(call.args[1]), output: toHex(call.result) }
  }

  /** What the vector tells about the current session, as far as it tells anything. */
  #after(expected: AfterVector): unknown {
    const { rootKey, previousCounter, baseKey, pendingPreKey, sending, receiving } = this.#session
    return pick(expected, {
      version: SESSION_VERSION,
      rootKey: toHex(rootKey),
      previousCounter,
      baseKey: toHex(encodePublicKey(baseKey)),
      pendingPreKey: pendingPreKey !== undefined,
      sending: {
        private: toHex(sending.ratchet.secret),
        public: toHex(encodePublicKey(sending.ratchet.public)),
        chainKey: toHex(sending.chainKey),
        index: sending.index,
      },
      receiving: receiving.map(describeChain),
      archivedSessions: this.state.peer.archived.length,
    })
  }
}

function describeChain({ ratchetKey, chainKey, index, skipped }: Session["receiving"][number]) {
  const counters = [...(skipped?.keys() ?? [])].sort((a, b) => a - b)
  return {
    public: toHex(encodePublicKey(ratchetKey)),
    chainKey: toHex(chainKey),
    index,
    skipped: counters,
    skippedCount: counters.length,
    skippedOldest: counters[0] ?? null,
  }
}

/** Of `actual`, the fields that `expected` has: all the way down, but lists keep all their elements. */
function pick(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((element, index) => pick(expected[index], element))
  }
  if (!isRecord(expected) || !isRecord(actual)) return actual
  return Object.fromEntries(Object.keys(expected).map((key) => [key, pick(expected[key], actual[key])]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const innerMessage = ({ type, bytes }: SignalCiphertext) =>
  type === "prekey" ? decodePreKeySignalMessage(bytes).message : decodeSignalMessage(bytes)

const keyPair = (vector: KeyPairVector): KeyPair => ({
  secret: key32(fromHex(vector.private)),
  public: decodePublicKey(fromHex(vector.public)),
})

function deviceKeys({ registrationId, identity, signedPreKeys, preKeys }: PartyVector): DeviceKeys {
  return {
    registrationId,
    identity: keyPair(identity),
    signedPreKeys: new Map(
      signedPreKeys.map((key) => [
        key.id,
        { pair: keyPair(key), signature: exactly(fromHex(key.signature), 64) },
      ]),
    ),
    preKeys: new Map(preKeys.map((key) => [key.id, keyPair(key)])),
  }
}

function decodeBundle(bundle: BundleVector): PreKeyBundle {
  const { registrationId, signedPreKeyId, preKeyId, preKey } = bundle
  return {
    registrationId,
    identityKey: decodePublicKey(fromHex(bundle.identityKey)),
    signedPreKeyId,
    signedPreKey: decodePublicKey(fromHex(bundle.signedPreKey)),
    signedPreKeySignature: fromHex(bundle.signedPreKeySignature),
    preKey:
      preKeyId == null || preKey == null
        ? undefined
        : { id: preKeyId, key: decodePublicKey(fromHex(preKey)) },
  }
}

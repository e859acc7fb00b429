/** Sender keys against libsignal's own bytes, in both directions. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { exactly, key32, toHex } from "../bytes.ts"
import { observedSuite, type SuiteCall } from "../crypto/counting.ts"
import type { CreateSuite, Suite } from "../crypto/suite.ts"
import { unreachable } from "../errors.ts"
import { decodeDistribution, decodeGroupMessage, encodeDistribution } from "../sending-chain/messages.ts"
import {
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  receiveDistribution,
  type SenderKeyStore,
} from "../sending-chain/sender-key.ts"
import { decodePublicKey } from "../signal-wire.ts"
import { assertRefused } from "./refusal.ts"
import { ScriptedRandom } from "./scripted-random.ts"
import { SUITES } from "./suites.ts"
import {
  fromHex,
  type GroupMessageVector,
  type Hex,
  type SenderKeyOperation,
  type SenderKeyVector,
  vectorsOf,
} from "./vector-files.ts"

for (const { file, vector } of vectorsOf("sender-key-vector/1")) {
  for (const { name, create } of SUITES) {
    test(`${file} on ${name}`, async (t) => {
      await t.test("sending gives libsignal's bytes", () => sendAll(create, vector))
      for (const { name, ops } of vector.scenarios) {
        await t.test(`receiving: ${name}`, () => receive(create(new ScriptedRandom().source), vector, ops))
      }
    })
  }
}

function sendAll(create: CreateSuite, vector: SenderKeyVector): void {
  const own = ownKey(vector)
  const distributions = [vector.skdm, vector.skdmLate].map(fromHex)
  for (const message of [...vector.messages, ...vector.laterMessages]) {
    const due = distributions.filter((bytes) => decodeDistribution(bytes).iteration === own.index)
    for (const bytes of due) assert.deepEqual(encodeDistribution(distributionOf(own)), bytes)
    send(create, own, message, vector.signingKey.edwardsSignBit)
  }
}

function ownKey({ distributionId, chainId, initial, signingKey }: SenderKeyVector): OwnSenderKey {
  return {
    distributionId: exactly(fromHex(distributionId.replaceAll("-", "")), 16),
    chainId,
    index: initial.iteration,
    chainKey: key32(fromHex(initial.chainKey)),
    signing: {
      secret: key32(fromHex(signingKey.private)),
      public: decodePublicKey(fromHex(signingKey.public)),
    },
  }
}

function send(create: CreateSuite, own: OwnSenderKey, wanted: GroupMessageVector, signBit: 0 | 1): void {
  const random = new ScriptedRandom()
  random.play(fromHex(wanted.signatureRandom))
  const calls: SuiteCall[] = []
  const suite = observedSuite(create(random.source), (call) => calls.push(call))
  const chainKey = toHex(own.chainKey)
  const index = own.index
  const sent = encryptGroupMessage(own, suite, fromHex(wanted.plaintext))

  const { ciphertext } = decodeGroupMessage(sent)
  const intermediate = { iteration: index, chainKey, ...messageKeys(calls), ciphertext: toHex(ciphertext) }
  const { id, plaintext, signatureRandom, message, ...expected } = wanted
  assert.deepEqual(intermediate, expected, id)
  assert.equal(toHex(sent), message, id)
  assert.equal((sent.at(-1) as number) >> 7, signBit, "sign bit of the signature")
}

/** What the cipher was given, and what that was expanded from. */
function messageKeys(calls: readonly SuiteCall[]): Record<"messageSeed" | "iv" | "cipherKey", Hex> {
  const expansion = calls.find((call) => call.operation === "hkdf")
  const encryption = calls.find((call) => call.operation === "encryptCbc")
  assert.ok(expansion !== undefined && encryption !== undefined)
  const [cipherKey, iv] = encryption.args
  return { messageSeed: toHex(expansion.args[1]), iv: toHex(iv), cipherKey: toHex(cipherKey) }
}

/** Each scenario starts with an empty receiver. */
function receive(suite: Suite, vector: SenderKeyVector, ops: readonly SenderKeyOperation[]): void {
  const store: SenderKeyStore = new Map()
  const sender = `${vector.sender.name}.${vector.sender.deviceId}`
  const inputs = new Map(Object.entries(vector.pool))
  for (const { id, message } of [...vector.messages, ...vector.laterMessages]) inputs.set(id, message)
  ops.forEach((operation, index) => {
    const at = `operation ${index}: ${operation.op}`
    const run = () => apply(store, suite, sender, inputs, operation)
    const { expect } = operation
    if (expect === "ok") assert.equal(run(), undefined, at)
    else if ("plaintext" in expect) assert.equal(run(), expect.plaintext, at)
    else assertRefused(store, run, expect.error, { at })
  })
}

function apply(
  store: SenderKeyStore,
  suite: Suite,
  sender: string,
  inputs: ReadonlyMap<string, Hex>,
  operation: SenderKeyOperation,
): Hex | undefined {
  const input = (name: string) => {
    const hex = inputs.get(name)
    assert.ok(hex !== undefined, `the vector has no input ${name}`)
    return fromHex(hex)
  }
  switch (operation.op) {
    case "process":
      receiveDistribution(store, sender, decodeDistribution(input(operation.skdm)))
      return undefined
    case "decrypt":
      return toHex(decryptGroupMessage(store, suite, sender, decodeGroupMessage(input(operation.message))))
    default:
      return unreachable(operation)
  }
}

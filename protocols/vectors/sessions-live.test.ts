/** Sessions with libsignal 0.72.1: X3DH and Double Ratchet, in both roles. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../bytes.ts"
import { decodePreKeySignalMessage } from "../two-party/messages.ts"
import type { PreKeyBundle } from "../two-party/prekeys.ts"
import type { SignalCiphertext } from "../two-party/sessions.ts"
import { Device } from "./device.ts"
import { drawFrom, shuffled } from "./fuzz.ts"
import { LibsignalDevice } from "./libsignal-device.ts"
import { libsignalVerdict, ourVerdict, type Verdict } from "./libsignal-errors.ts"
import { SUITES } from "./suites.ts"

/** A device as both implementations can play one. */
interface Party {
  bundle(): PreKeyBundle
  initiate(bundle: PreKeyBundle): Promise<void>
  encrypt(text: string): Promise<SignalCiphertext>
  verdict(sent: SignalCiphertext): Promise<Verdict>
}

type OneTime = "with one-time prekey" | "without one-time prekey"

const ourParty = (device: Device, oneTime: OneTime): Party => ({
  bundle: () => device.bundle(oneTime),
  initiate: async (bundle) => device.initiate(bundle),
  encrypt: async (text) => device.encrypt(text),
  verdict: async (sent) => ourVerdict(() => device.decrypt(sent)),
})

const theirParty = (device: LibsignalDevice, oneTime: OneTime): Party => ({
  bundle: () => device.bundle(oneTime === "with one-time prekey" ? 5 : undefined),
  initiate: (bundle) => device.initiate(bundle),
  encrypt: (text) => device.encrypt(utf8(text)),
  verdict: (sent) => libsignalVerdict(async () => Buffer.from(await device.decrypt(sent)).toString()),
})

async function deliver(from: Party, to: Party, text: string): Promise<SignalCiphertext> {
  const sent = await from.encrypt(text)
  assert.deepEqual(await to.verdict(sent), { ok: text })
  return sent
}

for (const { name, create } of SUITES) {
  for (const oneTime of ["with one-time prekey", "without one-time prekey"] as const) {
    const ours = () => ourParty(new Device("ours", { create }), oneTime)
    const theirs = () => theirParty(new LibsignalDevice(), oneTime)
    const roles = [
      ["ours opens to libsignal", ours, theirs],
      ["libsignal opens to ours", theirs, ours],
    ] as const
    for (const [role, createAlice, createBob] of roles) {
      const start = async () => {
        const [alice, bob] = [createAlice(), createBob()]
        await alice.initiate(bob.bundle())
        return { alice, bob, draw: drawFrom(`${role} ${oneTime}`) }
      }

      test(`${role} ${oneTime}, ${name}: ping-pong`, async () => {
        const { alice, bob } = await start()
        assert.equal((await deliver(alice, bob, "first")).type, "prekey")
        assert.equal((await deliver(alice, bob, "unanswered")).type, "prekey")
        for (let turn = 0; turn < 8; turn++) {
          assert.equal((await deliver(bob, alice, `answer ${turn}`)).type, "signal")
          assert.equal((await deliver(alice, bob, `question ${turn}`)).type, "signal")
        }
      })

      test(`${role} ${oneTime}, ${name}: any order, some lost, each message once`, async () => {
        const { alice, bob, draw } = await start()
        for (let round = 0; round < 8; round++) {
          for (const [from, to] of [
            [alice, bob],
            [bob, alice],
          ] as const) {
            const sent: { text: string; message: SignalCiphertext }[] = []
            for (let index = draw(6); index >= 0; index--) {
              const text = `round ${round}, ${index} to go`
              sent.push({ text, message: await from.encrypt(text) })
            }
            const arrived = shuffled(sent, draw).slice(0, 1 + draw(sent.length))
            for (const { text, message } of arrived) assert.deepEqual(await to.verdict(message), { ok: text })
            for (const { message } of arrived) {
              assert.deepEqual(await to.verdict(message), { error: "duplicate" })
            }
          }
        }
      })
    }
  }
}

test("both sides open at once with libsignal, and still understand each other", async () => {
  const ours = ourParty(new Device("ours"), "with one-time prekey")
  const theirs = theirParty(new LibsignalDevice(), "with one-time prekey")
  await ours.initiate(theirs.bundle())
  await theirs.initiate(ours.bundle())
  const crossing = [await ours.encrypt("ours"), await theirs.encrypt("theirs")] as const
  assert.deepEqual(await theirs.verdict(crossing[0]), { ok: "ours" })
  assert.deepEqual(await ours.verdict(crossing[1]), { ok: "theirs" })
  for (let turn = 0; turn < 3; turn++) {
    await deliver(ours, theirs, `ours ${turn}`)
    await deliver(theirs, ours, `theirs ${turn}`)
  }
})

test("errors of tampered prekey messages are libsignal's, whichever byte is wrong", async () => {
  const alice = new Device("alice")
  const original = new LibsignalDevice()
  alice.initiate(original.bundle(5))
  const twin = new Device("twin", { keys: original.keys })
  const receivers = [
    ourParty(twin, "with one-time prekey"),
    theirParty(original, "with one-time prekey"),
  ] as const
  await assertSameVerdicts(receivers, alice.encrypt("before the session is known"), "prekey")
  await assertSameVerdicts(receivers, alice.encrypt("in a known session"), "prekey")
  await assertSameVerdicts(receivers, alice.encrypt("without the prekey part"), "signal")
  assert.equal(twin.keys.preKeys.size, original.preKeysLeft)
})

/** One wrong bit at each place of `sent`, then the message as it was. */
async function assertSameVerdicts(
  [ours, theirs]: readonly [Party, Party],
  sent: SignalCiphertext,
  type: SignalCiphertext["type"],
): Promise<void> {
  const bytes = type === "prekey" ? sent.bytes : innerOf(sent.bytes)
  for (const [index, byte] of bytes.entries()) {
    const tampered = { type, bytes: bytes.with(index, byte ^ (1 << (index % 8))) }
    assert.deepEqual(await ours.verdict(tampered), await theirs.verdict(tampered), `${type}, byte ${index}`)
  }
  assert.deepEqual(await ours.verdict({ type, bytes }), await theirs.verdict({ type, bytes }))
}

function innerOf(bytes: Uint8Array): Uint8Array {
  const { message } = decodePreKeySignalMessage(bytes)
  return Buffer.concat([message.authenticated, message.mac])
}

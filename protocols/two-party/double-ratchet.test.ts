import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { toHex } from "../bytes.ts"
import { step } from "../hash-ratchet.ts"
import { decodeFields } from "../protobuf.ts"
import { conversation, Device } from "../vectors/device.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { decodeSignalMessage } from "./messages.ts"
import type { Session, SignalCiphertext } from "./sessions.ts"

type Sent = { readonly text: string; readonly message: SignalCiphertext; delivered: boolean }
const ratchetKeyOf = ({ bytes }: SignalCiphertext) => toHex(decodeSignalMessage(bytes).ratchetKey)
const currentOf = ({ peer }: Device) => peer.current as Session

/** What goes one way, and the receiving chains that its receiver should hold. */
class Direction {
  readonly from: Device
  readonly to: Device
  readonly sent: Sent[] = []
  readonly #chains: string[]
  readonly #dropped = new Set<string>()

  constructor(from: Device, to: Device) {
    this.from = from
    this.to = to
    this.#chains = currentOf(to).receiving.map(({ ratchetKey }) => toHex(ratchetKey))
  }

  send(): void {
    const text = `message ${this.sent.length}`
    this.sent.push({ text, message: this.from.encrypt(text), delivered: false })
  }

  deliver(pick: number): void {
    const sent = this.sent[pick % this.sent.length]
    if (sent === undefined) return
    const decrypt = () => this.to.decrypt(sent.message)
    if (this.#dropped.has(ratchetKeyOf(sent.message)))
      assertRefused(this.to.state, decrypt, "invalid-message")
    else if (sent.delivered) assertRefused(this.to.state, decrypt, "duplicate")
    else this.#opens(sent)
  }

  #opens(sent: Sent): void {
    assert.equal(this.to.decrypt(sent.message), sent.text)
    sent.delivered = true
    const chain = ratchetKeyOf(sent.message)
    if (this.#chains.includes(chain)) return
    this.#chains.push(chain)
    if (this.#chains.length > 5) this.#dropped.add(this.#chains.shift() as string)
  }

  tamper(pick: number, at: number): void {
    const sent = this.sent[pick % this.sent.length]
    if (sent === undefined) return
    const { bytes } = sent.message
    const index = at % bytes.length
    const message = { ...sent.message, bytes: bytes.with(index, (bytes[index] as number) ^ 0x10) }
    const before = structuredClone(this.to.state)
    assert.throws(() => this.to.decrypt(message))
    assert.deepEqual(this.to.state, before)
  }
}

test("whatever the schedule: each message opens once, forgeries never, chains beyond five are lost", () => {
  const action = fc.record({
    way: fc.nat(1),
    kind: fc.constantFrom("send", "send", "deliver", "deliver", "deliver", "tamper"),
    pick: fc.nat(),
    at: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120, size: "max" }), (actions) => {
      const { alice, bob } = conversation()
      const ways = [new Direction(alice, bob), new Direction(bob, alice)] as const
      for (const { way, kind, pick, at } of actions) {
        const direction = ways[way] as Direction
        if (kind === "send") direction.send()
        else if (kind === "deliver") direction.deliver(pick)
        else direction.tamper(pick, at)
      }
    }),
    { numRuns: 40 },
  )
})

test("the ratchet turns once per change of direction, and both sides hold the same root key after", () => {
  const { alice, bob } = conversation()
  const keys = new Set<string>()
  for (let turn = 0; turn < 4; turn++) {
    const [first, second] = [alice.encrypt("1"), alice.encrypt("2")]
    assert.equal(ratchetKeyOf(first), ratchetKeyOf(second))
    keys.add(ratchetKeyOf(first))
    bob.decrypt(first)
    bob.decrypt(second)
    alice.decrypt(bob.encrypt("answer"))
  }
  assert.equal(keys.size, 4)
  const [receiving] = currentOf(alice).receiving.slice(-1)
  assert.deepEqual(receiving?.chainKey, currentOf(bob).sending.chainKey)
})

test("previous counter: the old sending index less one, never below zero", () => {
  const previousCounter = ({ bytes }: SignalCiphertext) =>
    decodeFields(decodeSignalMessage(bytes).authenticated.subarray(1), { 3: "uint32" }).uint32(3)

  for (const count of [1, 2, 5]) {
    const { alice, bob } = conversation()
    for (let sent = 0; sent < count; sent++) bob.decrypt(alice.encrypt("hello"))
    alice.decrypt(bob.encrypt("answer"))
    assert.equal(previousCounter(alice.encrypt("next")), count - 1)
  }
  const { alice, bob } = conversation()
  bob.decrypt(alice.encrypt("Bob turns, having sent one message"))
  bob.decrypt(alice.encrypt("and does not turn again"))
  assert.equal(previousCounter(bob.encrypt("answer")), 0)
})

test("five receiving chains are kept: the fifth newest still opens, the sixth newest does not", () => {
  const { alice, bob } = conversation()
  const late: SignalCiphertext[] = []
  for (let chain = 0; chain < 6; chain++) {
    const onTime = alice.encrypt("on time")
    late.push(alice.encrypt(`late in chain ${chain}`))
    bob.decrypt(onTime)
    alice.decrypt(bob.encrypt("answer"))
  }
  assert.equal(currentOf(bob).receiving.length, 5)
  const [sixth, fifth] = late as [SignalCiphertext, SignalCiphertext]
  assertRefused(bob.state, () => bob.decrypt(sixth), "invalid-message")
  assert.equal(bob.decrypt(fifth), "late in chain 1")
})

test("no message is too far ahead in a session with oneself", () => {
  const phone = new Device("phone")
  const laptop = new Device("laptop", { keys: phone.keys })
  phone.initiate(laptop.bundle())
  laptop.decrypt(phone.encrypt("hello"))
  const { sending } = currentOf(phone)
  for (let skipped = 0; skipped < 25001; skipped++) step(phone.suite, sending)
  assert.equal(laptop.decrypt(phone.encrypt("25001 ahead")), "25001 ahead")
  assert.equal(currentOf(laptop).receiving[0]?.skipped?.size, 2000)
})

/**
 * What is timed, written once for all competitors. Every message that was encrypted under the clock is decrypted
 * under the clock, and a plaintext that comes out wrong ends the run.
 *
 * Each part is awaited, whether it returns a promise (libsignal) or not (ours, which so pays 0.1 µs too much).
 */
import { equal } from "../../protocols/bytes.ts"
import { unreachable } from "../../protocols/errors.ts"
import type { SignalCiphertext } from "../../protocols/two-party/sessions.ts"
import type { Part, ScenarioName } from "./rows.ts"

type Awaitable<T> = T | Promise<T>

/** Two members of a group, of which one sends. All bytes are serialized messages. */
export interface SenderAndReceiver {
  /** Draw a fresh sender key; its distribution message. */
  create(): Awaitable<Uint8Array>
  /** The receiver's first key of this sender. */
  process(distribution: Uint8Array): Awaitable<void>
  encrypt(plaintext: Uint8Array): Awaitable<Uint8Array>
  decrypt(message: Uint8Array): Awaitable<Uint8Array>
}

/** One end of a session. */
export interface Party {
  encrypt(plaintext: Uint8Array): Awaitable<SignalCiphertext>
  decrypt(sent: SignalCiphertext): Awaitable<Uint8Array>
}

/** Two devices without a session; Alice holds a bundle of Bob's with a one-time prekey. */
export interface Strangers {
  readonly alice: Party
  readonly bob: Party
  /** Alice opens a session; nothing is sent yet. */
  initiate(): Awaitable<void>
}

export interface Implementation {
  senderAndReceiver(): SenderAndReceiver
  strangers(): Strangers
}

/** Does `work` under the clock. */
export type Stopwatch = <T>(part: Part, work: () => Awaitable<T>) => Promise<T>

/** A scenario's next round: parts under the clock, the rest not. */
export type Pass = (stopwatch: Stopwatch) => Promise<void>

/** Bring a scenario to where its passes can begin. */
export function prepare(implementation: Implementation, scenario: ScenarioName): Awaitable<Pass> {
  switch (scenario) {
    case "group-message-32":
      return groupMessage(implementation, 32)
    case "group-message-1024":
      return groupMessage(implementation, 1024)
    case "distribution":
      return (stopwatch) => distribution(implementation, stopwatch)
    case "chain":
      return chain(implementation)
    case "ping-pong":
      return pingPong(implementation)
    case "set-up":
      return (stopwatch) => setUp(implementation, stopwatch)
    default:
      return unreachable(scenario)
  }
}

const PLAINTEXT = plaintextOf(32)

function plaintextOf(bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(7)
}

async function groupMessage(implementation: Implementation, payloadBytes: number): Promise<Pass> {
  const members = implementation.senderAndReceiver()
  await members.process(await members.create())
  const plaintext = plaintextOf(payloadBytes)
  return async (stopwatch) => {
    const message = await stopwatch("encrypt", () => members.encrypt(plaintext))
    requireSame(await stopwatch("decrypt", () => members.decrypt(message)), plaintext)
  }
}

async function distribution(implementation: Implementation, stopwatch: Stopwatch): Promise<void> {
  const members = implementation.senderAndReceiver()
  const created = await stopwatch("create", () => members.create())
  await stopwatch("process", () => members.process(created))
  requireSame(await members.decrypt(await members.encrypt(PLAINTEXT)), PLAINTEXT)
}

/** Alice speaks, Bob listens: symmetric cryptography only. */
async function chain(implementation: Implementation): Promise<Pass> {
  const { alice, bob } = await acquainted(implementation)
  return (stopwatch) => deliver(alice, bob, stopwatch)
}

/** Each message is an answer, so that each brings a new ratchet key. */
async function pingPong(implementation: Implementation): Promise<Pass> {
  const { alice, bob } = await acquainted(implementation)
  return async (stopwatch) => {
    await deliver(alice, bob, stopwatch)
    await deliver(bob, alice, stopwatch)
  }
}

/** From a bundle to the first message that was read. */
async function setUp(implementation: Implementation, stopwatch: Stopwatch): Promise<void> {
  const { initiate, alice, bob } = implementation.strangers()
  await stopwatch("initiate", initiate)
  await deliver(alice, bob, stopwatch)
}

const unclocked: Stopwatch = async (_part, work) => await work()

/** Both have decrypted something, so no message carries prekeys any more. */
async function acquainted(implementation: Implementation): Promise<Strangers> {
  const strangers = implementation.strangers()
  await strangers.initiate()
  await deliver(strangers.alice, strangers.bob, unclocked)
  await deliver(strangers.bob, strangers.alice, unclocked)
  return strangers
}

async function deliver(from: Party, to: Party, stopwatch: Stopwatch): Promise<void> {
  const sent = await stopwatch("encrypt", () => from.encrypt(PLAINTEXT))
  requireSame(await stopwatch("decrypt", () => to.decrypt(sent)), PLAINTEXT)
}

function requireSame(opened: Uint8Array, plaintext: Uint8Array): void {
  if (!equal(opened, plaintext)) throw new Error("a decrypted message differs from what was encrypted")
}

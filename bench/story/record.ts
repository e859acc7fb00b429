/**
 * Plays the script with real cryptography and writes down who sent what to whom, what each byte is, which keys it
 * gave and took, and what a thief of one member's state could open.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import { channelNamed, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import type { Scene, Story } from "../../results/story.ts"
import { Compromise } from "../adversary/heal.ts"
import { Group } from "../sim/group.ts"
import type { PerformedStep } from "../sim/observer.ts"
import { eventsOf, type Note } from "./events.ts"
import { Ledger } from "./ledger.ts"
import { CAST, SCRIPT, type ScriptedScene, VICTIM } from "./script.ts"

const PROTOCOL = "sender-keys"
const CHANNEL = "signal"

/** The same story for the same seed, on any suite. @throws Error when members disagree or miss a message */
export async function recordStory(createSuite: CreateSuite, seed: number): Promise<Story> {
  const recorder = new Recorder(createSuite, seed)
  const scenes: Scene[] = []
  for (const scene of SCRIPT) scenes.push(await recorder.play(scene))
  return { protocol: PROTOCOL, channel: CHANNEL, seed, cast: CAST, victim: VICTIM, scenes }
}

class Recorder {
  readonly #group: Group
  readonly #createSuite: CreateSuite
  readonly #ledger = new Ledger()
  /** What each ciphertext of a channel and each broadcast was made from. */
  readonly #plaintexts = new WeakMap<Uint8Array, Uint8Array>()
  /** Whether the thief opened a packet, by its bytes. */
  readonly #overheard = new WeakMap<Uint8Array, boolean>()
  #compromise: Compromise | undefined
  #notes: Note[] = []

  constructor(createSuite: CreateSuite, seed: number) {
    const channel = this.#wiretapped(channelNamed(CHANNEL))
    this.#createSuite = createSuite
    this.#group = new Group(competitorNamed(PROTOCOL).protocol(DEFAULT_SETTINGS, channel), {
      seed,
      createSuite,
    })
    this.#group.observe({
      onStep: (performed) => this.#noteStep(performed),
      onUpload: (packet) => this.#notes.push({ kind: "upload", packet }),
    })
  }

  /** The channel itself, whose plaintexts are written down. */
  #wiretapped(channel: TwoParty<unknown>): TwoParty<unknown> {
    const encrypt: typeof channel.encrypt = (channels, context, peer, plaintext) => {
      const bytes = channel.encrypt(channels, context, peer, plaintext)
      this.#plaintexts.set(bytes, plaintext)
      return bytes
    }
    return { ...channel, encrypt }
  }

  #noteStep(performed: PerformedStep): void {
    const { member, step, effects } = performed
    const changes = this.#ledger.changes(member, this.#group.member(member).state)
    this.#notes.push({ kind: "step", performed, changes })
    if (step.kind !== "send") return
    for (const { kind, bytes } of effects.packets ?? [])
      if (kind === "broadcast") this.#plaintexts.set(bytes, step.plaintext)
  }

  async play({ name, waves }: ScriptedScene): Promise<Scene> {
    this.#notes = []
    if (name === "publish") await this.#register()
    if (name === "theft") this.#compromise = new Compromise(this.#group, VICTIM, this.#createSuite)
    for (const wave of waves) await this.#group.perform(wave)
    this.#group.requireAllHeard()
    const verdict = this.#compromise === undefined ? {} : { readable: await this.#overhear(this.#compromise) }
    return { name, members: this.#group.roster, events: this.#events(), ...verdict }
  }

  async #register(): Promise<void> {
    for (const member of CAST) {
      await this.#group.register(member)
      this.#ledger.changes(member, this.#group.member(member).state) // keys of a device that is in no group yet
      this.#notes.push({ kind: "bundle", member, bytes: await this.#group.peekBundle(member) })
    }
  }

  /** The thief tries every packet of the scene. @returns whose next message it would read */
  async #overhear(compromise: Compromise): Promise<string[]> {
    for (const packet of this.#uploads())
      this.#overheard.set(packet.bytes, await compromise.thief.hears(packet))
    return compromise.readableSenders()
  }

  #uploads(): Packet[] {
    return this.#notes.flatMap((note) => (note.kind === "upload" ? [note.packet] : []))
  }

  #events() {
    return eventsOf(this.#notes, {
      plaintextOf: (bytes) => this.#plaintexts.get(bytes) ?? new Uint8Array(),
      hasOpened: (bytes) => this.#overheard.get(bytes),
    })
  }
}

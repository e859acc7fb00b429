/**
 * The members that live on one thread. Each goes through all turns in their order: it opens what the others said
 * and speaks when all before its own turn is opened. So one seed gives the same bytes for any number of threads,
 * and those of a talk in which nobody speaks before everybody has heard. Threads work side by side because a
 * member that is not to speak soon may lie a few turns behind.
 */
import type { Context } from "../../protocols/context.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { Awaitable, Effects, GroupProtocol, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { after } from "../sim/after.ts"
import { contextOf } from "../sim/context.ts"
import type { Member } from "../sim/observer.ts"
import { type Parcel, speakerOf, wordsOf } from "./turns.ts"

export type CrewOptions = {
  readonly protocol: GroupProtocol<unknown>
  readonly createSuite: CreateSuite
  /** The whole group, in the order of speaking. */
  readonly speakers: readonly MemberId[]
  /** Those of it that live here. */
  readonly members: readonly Member[]
  /** Simulated time, seconds. */
  readonly now: number
  readonly payloadBytes: number
}

/** `turn`: the first that this member has not gone through. */
type Resident = { readonly id: MemberId; readonly state: unknown; readonly context: Context; turn: number }

/** A turn's packets until all who live here have opened them. */
type Arrived = { readonly packets: readonly Packet[]; readonly words: Uint8Array; unread: number }

/** What can be done at once. */
export type Work = { readonly kind: "open" | "speak"; readonly resident: Resident }

/**
 * Turns that a member may lie behind before it goes first. Enough for a thread to have work while another's
 * member speaks; few enough that what is waiting at the end of a measurement does not matter.
 */
const MOST_TURNS_BEHIND = 4

export class Crew {
  readonly #options: CrewOptions
  /** Who speaks soonest stands first. */
  readonly #queue: Resident[]
  readonly #arrived = new Map<number, Arrived>()
  #newest = 0

  constructor(options: CrewOptions) {
    this.#options = options
    const { speakers, members } = options
    const inOrder = members.toSorted((a, b) => speakers.indexOf(a.id) - speakers.indexOf(b.id))
    this.#queue = inOrder.map((member) => admitted(member, options))
  }

  /** What another thread's member sent; each turn once, in any order. */
  take({ turn, packets }: Parcel): void {
    this.#keep(turn, packets, this.#queue.length)
  }

  /** The piece of work that presses most, of the turns before `end`. */
  due(end: number): Work | undefined {
    const isBehind = ({ turn }: Resident) => this.#newest - turn >= MOST_TURNS_BEHIND
    const able = (resident: Resident) => resident.turn < end && this.#canGoOn(resident)
    const resident = this.#queue.find((each) => isBehind(each) && able(each)) ?? this.#queue.find(able)
    return resident && { kind: this.#isToSpeak(resident) ? "speak" : "open", resident }
  }

  /** Everybody here has gone through the turns before `end`. */
  isThrough(end: number): boolean {
    return this.#queue.every(({ turn }) => turn >= end)
  }

  /** A member's own turn. @returns what it sent, for the other threads */
  speak(resident: Resident): Awaitable<Parcel> {
    const { protocol, payloadBytes } = this.#options
    const { state, context, turn } = resident
    const step = protocol.send(state, context, wordsOf(turn, payloadBytes))
    return after(step, (effects) => this.#spoke(resident, effects))
  }

  #spoke(resident: Resident, { packets = [] }: Effects): Parcel {
    const { id, turn } = resident
    const sent = packets.map((outgoing): Packet => ({ ...outgoing, from: id }))
    this.#keep(turn, sent, this.#queue.length - 1)
    resident.turn++
    this.#queue.splice(this.#queue.indexOf(resident), 1)
    this.#queue.push(resident)
    return { turn, packets: sent }
  }

  /** @throws Error when the member did not read exactly the words of the turn */
  open(resident: Resident): Awaitable<void> {
    const { id, turn } = resident
    const arrived = this.#arrived.get(turn) as Arrived
    const own = arrived.packets.filter((packet) => packet.kind !== "two-party" || packet.to === id)
    return after(this.#processAll(resident, own), (effects) => this.#opened(resident, arrived, effects))
  }

  #opened(resident: Resident, arrived: Arrived, effects: readonly Effects[]): void {
    const { id, turn } = resident
    const read = effects.flatMap(({ message }) => message ?? [])
    const isRight =
      read.length === 1 && read.every((message) => Buffer.compare(message.plaintext, arrived.words) === 0)
    if (!isRight) throw new Error(`${id} did not read what ${this.#speakerOf(turn)} said in turn ${turn}`)
    if (effects.some(({ packets = [] }) => packets.length > 0))
      throw new Error(`${id} answered in turn ${turn}; a talk has no place for answers`)
    resident.turn++
    if (--arrived.unread === 0) this.#arrived.delete(turn)
  }

  #processAll(resident: Resident, packets: readonly Packet[]): Awaitable<Effects[]> {
    const [packet, ...rest] = packets
    if (packet === undefined) return []
    return after(this.#process(resident, packet), (effects) =>
      after(this.#processAll(resident, rest), (others) => [effects, ...others]),
    )
  }

  /** @throws Error that says who could not open what; its cause is the protocol's own */
  #process({ id, state, context, turn }: Resident, packet: Packet): Awaitable<Effects> {
    const refuse = (cause: unknown): never => {
      const what = `${id} cannot open what ${packet.from} sent in turn ${turn}`
      throw new Error(`${what}: ${(cause as Error).message}`, { cause })
    }
    try {
      const step = this.#options.protocol.process(state, context, packet)
      return step instanceof Promise ? step.catch(refuse) : step
    } catch (cause) {
      return refuse(cause)
    }
  }

  #keep(turn: number, packets: readonly Packet[], unread: number): void {
    this.#newest = Math.max(this.#newest, turn + 1)
    if (unread > 0)
      this.#arrived.set(turn, { packets, words: wordsOf(turn, this.#options.payloadBytes), unread })
  }

  #canGoOn(resident: Resident): boolean {
    return this.#isToSpeak(resident) || this.#arrived.has(resident.turn)
  }

  #isToSpeak = ({ id, turn }: Resident): boolean => this.#speakerOf(turn) === id

  #speakerOf(turn: number): MemberId {
    const { speakers } = this.#options
    return speakers[speakerOf(turn, speakers.length)] as MemberId
  }
}

function admitted({ id, state, random }: Member, { createSuite, now }: CrewOptions): Resident {
  const context = contextOf({ id, random }, createSuite, { now, fetchBundle: noBundles })
  return { id, state, context, turn: 0 }
}

function noBundles(member: MemberId): never {
  throw new Error(`a bundle of ${member} was asked for; members of a formed group have their channels`)
}

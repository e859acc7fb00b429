/**
 * One thread's share of a talk: its members' work, and what it says to the other threads.
 *
 * A talk has phases, stretches of turns that end with everything opened. The timekeeper's thread ends one when the
 * next turn belongs to a member of its own, so that nobody can have gone on meanwhile: it says at which turn to
 * stop, each thread reports when its members are through, and when all have reported the next phase may begin.
 */
import { unreachable } from "../../protocols/errors.ts"
import type { Awaitable } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { after } from "../sim/after.ts"
import type { Crew, Work } from "./crew.ts"
import { countSent, digestOf, emptyTally, type Tally, total } from "./tally.ts"
import { dealt, type Parcel, parcelFor, TIMEKEEPER } from "./turns.ts"

/** From one thread to another. */
export type Message =
  | { readonly kind: "parcel"; readonly parcel: Parcel }
  | { readonly kind: "stop"; readonly turn: number }
  | { readonly kind: "through"; readonly tally: Tally }

/** How a thread reaches the others; what one posted to another arrives in that order. */
export interface Mail {
  post(thread: number, message: Message): void
  /** All that has come since it was last asked. */
  take(): Message[]
}

export type TalkOptions = {
  readonly crew: Crew
  readonly mail: Mail
  readonly thread: number
  readonly threads: number
  readonly speakers: readonly MemberId[]
}

/** `stop`: the turn at which it ends, as soon as that is known. */
type Phase = { stop: number; readonly own: Tally; readonly others: Tally[]; readonly notes: Notes }

/** What a phase puts down of what is sent: a digest of each turn takes time, so not while that is measured. */
type Notes = "digests" | "counts"

/** What a thread does while it waits for the others, or for a step of its own, is its caller's business. */
export type Waiting<Result> = Generator<"waiting" | Promise<void>, Result>

export class Talk {
  readonly #options: TalkOptions
  readonly #others: readonly (readonly [thread: number, residents: ReadonlySet<MemberId>])[]
  #begin = 0

  constructor(options: TalkOptions) {
    this.#options = options
    const { threads, thread, speakers } = options
    this.#others = Array.from({ length: threads }, (_, each) => each)
      .filter((each) => each !== thread)
      .map((each) => [each, new Set(dealt(speakers, threads, each))])
  }

  /**
   * Talk on until it is over everywhere.
   *
   * @param goesOn - asked before a member of this thread speaks; only the timekeeper's may say no, and at least one
   *   turn is spoken
   * @returns to the timekeeper what all threads did, to others what they did themselves
   */
  *phase(goesOn: () => boolean, notes: Notes): Waiting<Tally> {
    const { crew, mail, thread } = this.#options
    const phase: Phase = { stop: Number.POSITIVE_INFINITY, own: emptyTally(), others: [], notes }
    while (!this.#isOver(phase)) {
      for (const message of mail.take()) this.#hear(message, phase)
      const work = crew.due(phase.stop)
      if (work === undefined && !this.#isOver(phase)) yield "waiting"
      else if (work !== undefined) yield* ownStep(this.#do(work, phase, goesOn))
    }
    this.#begin = phase.stop
    if (thread !== TIMEKEEPER) mail.post(TIMEKEEPER, { kind: "through", tally: phase.own })
    return total([phase.own, ...phase.others])
  }

  #isOver({ stop, others }: Phase): boolean {
    const { crew, thread } = this.#options
    return crew.isThrough(stop) && (thread !== TIMEKEEPER || others.length === this.#others.length)
  }

  #hear(message: Message, phase: Phase): void {
    switch (message.kind) {
      case "parcel":
        this.#options.crew.take(message.parcel)
        return
      case "stop":
        phase.stop = message.turn
        return
      case "through":
        phase.others.push(message.tally)
        return
      default:
        unreachable(message)
    }
  }

  #do({ kind, resident }: Work, phase: Phase, goesOn: () => boolean): Awaitable<void> {
    const { crew } = this.#options
    if (kind === "open") {
      return after(crew.open(resident), () => {
        phase.own.opened++
      })
    }
    if (resident.turn > this.#begin && !goesOn()) return this.#stopAt(resident.turn, phase)
    return after(crew.speak(resident), (parcel) => this.#send(parcel, phase))
  }

  #stopAt(turn: number, phase: Phase): void {
    phase.stop = turn
    for (const [thread] of this.#others) this.#options.mail.post(thread, { kind: "stop", turn })
  }

  #send(parcel: Parcel, { own, notes }: Phase): void {
    for (const [thread, residents] of this.#others)
      this.#options.mail.post(thread, { kind: "parcel", parcel: parcelFor(residents, parcel) })
    countSent(own, parcel)
    if (notes === "digests") own.transcript.set(parcel.turn, digestOf(parcel))
  }
}

/** Whoever goes on with a talk awaits what it yields first; a step that is done yields nothing. */
function* ownStep(step: Awaitable<void>): Waiting<void> {
  if (step instanceof Promise) yield step
}

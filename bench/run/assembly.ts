/** Puts the two halves of each count together as they come: a group's own, and its channels' part by part. */
import type { Operation } from "../../results/schema.ts"
import type { GroupTallies } from "../channels/lives.ts"
import { addTally, type ChannelTally, emptyTally } from "../channels/tally.ts"
import type { ChannelsJob, GroupJob } from "../plan/job.ts"
import { combine, type OwnPart, tallyOf, type Whole } from "./count.ts"
import type { ChannelsResult, GroupResult } from "./run-job.ts"

/** One operation of one group: counted, or why not. */
export type Assembled = {
  readonly protocol: string
  readonly groupSize: number
  readonly operation: Operation
} & ({ readonly whole: Whole; readonly peakMemoryBytes?: number } | { readonly failure: string })

/** A group of which the channels are awaited. */
type Pending = {
  readonly job: GroupJob
  readonly own: ReadonlyMap<Operation, OwnPart>
  readonly sums: Map<Operation, ChannelTally>
  readonly memory: { readonly peakMemoryBytes?: number }
  partsLeft: number
}

export class Assembly {
  readonly #pending = new Map<string, Pending>()

  /** @returns what failed for good */
  group(job: GroupJob, result: GroupResult): Assembled[] {
    const own = new Map<Operation, OwnPart>()
    for (const outcome of result.outcomes) if ("part" in outcome) own.set(outcome.operation, outcome.part)
    const { peakRssBytes } = result
    const memory = peakRssBytes === undefined ? {} : { peakMemoryBytes: peakRssBytes }
    this.#pending.set(nameOf(job.protocol, job), { job, own, sums: new Map(), memory, partsLeft: job.parts })
    return result.outcomes.flatMap((outcome) =>
      "failure" in outcome ? [{ ...cellOf(job, outcome.operation), failure: outcome.failure }] : [],
    )
  }

  /** Those protocols of `job` whose groups are waiting for their channels. */
  waiting(job: ChannelsJob): string[] {
    return job.protocols.filter((protocol) => this.#pending.has(nameOf(protocol, job)))
  }

  /** @returns what this part completes, or makes impossible */
  channels(job: ChannelsJob, { tallies }: ChannelsResult): Assembled[] {
    return [...tallies].flatMap(([protocol, tally]) =>
      typeof tally === "string" ? this.#giveUp(protocol, job, tally) : this.#add(protocol, job, tally),
    )
  }

  /** @returns all that waited for this part */
  withoutChannels(job: ChannelsJob, failure: string): Assembled[] {
    return this.waiting(job).flatMap((protocol) => this.#giveUp(protocol, job, failure))
  }

  #giveUp(protocol: string, { groupSize }: ChannelsJob, failure: string): Assembled[] {
    const name = nameOf(protocol, { groupSize })
    const pending = this.#pending.get(name)
    this.#pending.delete(name)
    return [...(pending?.own.keys() ?? [])].map((operation) => ({ protocol, groupSize, operation, failure }))
  }

  #add(protocol: string, { groupSize }: ChannelsJob, tallies: GroupTallies): Assembled[] {
    const name = nameOf(protocol, { groupSize })
    const pending = this.#pending.get(name)
    if (pending === undefined) return [] // another part failed before
    for (const operation of pending.own.keys()) addTo(pending.sums, operation, tallyOf(tallies, operation))
    pending.partsLeft--
    if (pending.partsLeft > 0) return []
    this.#pending.delete(name)
    return [...pending.own].map(([operation, own]) => {
      const whole = combine(groupSize, operation, own, pending.sums.get(operation) as ChannelTally)
      return { protocol, groupSize, operation, whole, ...pending.memory }
    })
  }
}

function addTo(sums: Map<Operation, ChannelTally>, operation: Operation, part: ChannelTally): void {
  const sum = sums.get(operation) ?? emptyTally(part.stateBytes.length)
  addTally(sum, part)
  sums.set(operation, sum)
}

const cellOf = ({ protocol, groupSize }: GroupJob, operation: Operation) => ({
  protocol,
  groupSize,
  operation,
})

const nameOf = (protocol: string, { groupSize }: { readonly groupSize: number }): string =>
  `${protocol} ${groupSize}`

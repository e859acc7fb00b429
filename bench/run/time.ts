/**
 * The timed run of a cell: recorded members repeat their steps, one member at a time, and must send the same
 * bytes again. Nothing but their own steps is under the clock.
 */
import { Bench } from "tinybench"
import { equal } from "../../protocols/bytes.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { byteStringsIn } from "../../protocols/packets.ts"
import type { Samples } from "../../results/samples.ts"
import type { BlockRecord } from "../../results/schema.ts"
import type { Clock } from "../meter/clock.ts"
import { contextOf } from "../sim/context.ts"
import { fork } from "../sim/fork.ts"
import { perform } from "../sim/step.ts"
import { median } from "./median.ts"
import type { RecordedMember, RecordedStep, Recording } from "./recording.ts"

export type Times = Pick<
  BlockRecord,
  | "initiatorNs"
  | "recipientNs"
  | "newcomerNs"
  | "groupNs"
  | "efficiency"
  | "iterations"
  | "recipients"
  | "recipientsTimed"
  | "runQueueWaitShare"
> & { readonly samples: Samples }

export type Replay = {
  readonly protocol: GroupProtocol<unknown>
  readonly createSuite: CreateSuite
  readonly recording: Recording
  readonly clock: Clock
}

type Iteration = Pick<Times, "initiatorNs" | "recipientNs" | "groupNs"> & { readonly newcomerNs: number }

/** Medians over the iterations of one block: at least one, and until the budget is used. */
export async function measure(replay: Replay, budgetMs: number): Promise<Times> {
  const iterations: Iteration[] = []
  // tinybench keeps the budget; the samples are ours, since it would return them sorted
  const bench = new Bench({ time: budgetMs, iterations: 1, warmup: false, throws: true })
  bench.add(
    "replay",
    async () => {
      const start = replay.clock()
      const iteration = await iterate(replay)
      iterations.push(iteration)
      // the budget is for everything an iteration takes, copying the members included
      const overriddenIterationCost = (replay.clock() - start) / 1e6
      return { overriddenDuration: iteration.groupNs / 1e6, overriddenIterationCost }
    },
    { async: true },
  )
  await bench.run()
  return summary(replay.recording, iterations)
}

function summary(
  { recipients, recipientCount, newcomer }: Recording,
  iterations: readonly Iteration[],
): Times {
  const column = (name: keyof Iteration) => iterations.map((iteration) => iteration[name])
  const medianOf = (name: keyof Iteration) => median(column(name))
  return {
    initiatorNs: medianOf("initiatorNs"),
    recipientNs: medianOf("recipientNs"),
    ...(newcomer === undefined ? {} : { newcomerNs: medianOf("newcomerNs") }),
    groupNs: medianOf("groupNs"),
    iterations: iterations.length,
    recipients: recipientCount,
    recipientsTimed: recipients.length,
    samples: {
      initiatorNs: column("initiatorNs"),
      recipientNs: column("recipientNs"),
      ...(newcomer === undefined ? {} : { newcomerNs: column("newcomerNs") }),
      groupNs: column("groupNs"),
    },
  }
}

/** However it goes on, a warm-up ends after this many times its budget. */
const PATIENCE = 10
/** What counts as faster. */
const GAIN = 0.95

/**
 * Each part until the engine has compiled what it does: until it has got no faster for its share of the time. That
 * takes a few replays of compiled code, and half a second of a suite in JavaScript.
 */
export async function warmUp(replay: Replay, milliseconds: number): Promise<void> {
  const { initiator, recipients, newcomer } = replay.recording
  const parts = [initiator, ...recipients.slice(0, 1), ...(newcomer === undefined ? [] : [newcomer])]
  const shareNs = (milliseconds * 1e6) / parts.length
  for (const member of parts) await warmUpPart(replay, member, shareNs)
}

async function warmUpPart(replay: Replay, member: RecordedMember, shareNs: number): Promise<void> {
  const latest = replay.clock() + PATIENCE * shareNs
  let [best, sinceBest] = [Number.POSITIVE_INFINITY, 0]
  while (sinceBest < shareNs && replay.clock() < latest) {
    const start = replay.clock()
    const ns = await replayMember(replay, member)
    const tookNs = replay.clock() - start // with the copying of the member
    sinceBest = ns < best * GAIN ? 0 : sinceBest + tookNs
    best = Math.min(best, ns)
  }
}

async function iterate(replay: Replay): Promise<Iteration> {
  const spentNs = await eachTimed(replay.recording, (member) => replayMember(replay, member))
  return wholeGroup(replay.recording, (member) => spentNs.get(member) as number)
}

/** From the timed members to the whole group, each recipient standing for as many as there are to one timed. */
export function wholeGroup(recording: Recording, nsOf: (member: RecordedMember) => number): Iteration {
  const { initiator, recipients, recipientCount, newcomer } = recording
  const initiatorNs = nsOf(initiator)
  const recipientsNs = recipients.map(nsOf)
  const recipientNs = recipientsNs.reduce((sum, ns) => sum + ns, 0) / Math.max(1, recipientsNs.length)
  const newcomerNs = newcomer === undefined ? 0 : nsOf(newcomer)
  return {
    initiatorNs,
    recipientNs,
    newcomerNs,
    groupNs: initiatorNs + recipientCount * recipientNs + newcomerNs,
  }
}

/** What came of each member that is timed, one after another. */
export async function eachTimed<T>(
  { initiator, recipients, newcomer }: Recording,
  time: (member: RecordedMember) => Promise<T>,
): Promise<Map<RecordedMember, T>> {
  const timed = [initiator, ...recipients, ...(newcomer === undefined ? [] : [newcomer])]
  const results = new Map<RecordedMember, T>()
  for (const member of timed) results.set(member, await time(member))
  return results
}

/**
 * Nanoseconds that a copy of `member` spends in its steps; what a step awaits is in it.
 *
 * @throws Error when it does not send what was recorded: a time is worth nothing for other bytes
 */
export async function replayMember(
  { protocol, createSuite, clock }: Replay,
  member: RecordedMember,
): Promise<number> {
  const { id, state, random } = member
  const copy = fork({ id, state, random })
  let elapsed = 0
  for (const recorded of member.steps) {
    const bundles = recorded.bundles[Symbol.iterator]()
    const fetchBundle = () => bundles.next().value as Uint8Array
    const context = contextOf(copy, createSuite, { now: recorded.now, fetchBundle })
    const start = clock()
    const step = perform(protocol, copy.state, context, recorded.step)
    const effects = step instanceof Promise ? await step : step // to await what is done costs time
    elapsed += clock() - start
    requireSame(recorded, (effects.packets ?? []).flatMap(byteStringsIn))
  }
  return elapsed
}

function requireSame({ sent }: RecordedStep, again: readonly Uint8Array[]): void {
  const isSame =
    sent.length === again.length && sent.every((bytes, i) => equal(bytes, again[i] as Uint8Array))
  if (!isSame) throw new Error("a replayed member sent other bytes than in the counting run")
}

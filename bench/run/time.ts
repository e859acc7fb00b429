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
import type { Lookout } from "./lookout.ts"
import { firstDecile, median } from "./median.ts"
import type { RecordedMember, RecordedStep, Recording } from "./recording.ts"

export type Times = Pick<
  BlockRecord,
  | "initiatorNs"
  | "recipientNs"
  | "newcomerNs"
  | "groupNs"
  | "firstDecile"
  | "efficiency"
  | "iterations"
  | "slowedReplays"
  | "slowed"
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

/** What the initiator, a recipient, the newcomer and the whole group spent in one iteration. */
type Spent = Pick<Times, "initiatorNs" | "recipientNs" | "groupNs"> & { readonly newcomerNs: number }

type Iteration = Spent & {
  /** Of the slowest probe beside the replays that were kept. */
  readonly probeNs: number
  /** Replays that were made again, as something slowed the core. */
  readonly slowedReplays: number
}

/** However disturbed the core is, a block ends after this many times its budget. */
const MEASURE_PATIENCE = 10

/**
 * Medians over the iterations of one block in which nothing slowed the core: at least one, and until they have used the
 * budget. Where the core was never left alone, over all iterations: the block is then marked as slowed.
 */
export async function measure(replay: Replay, budgetMs: number, lookout: Lookout): Promise<Times> {
  const iterations: Iteration[] = []
  const { clock } = replay
  const deadline = clock() + MEASURE_PATIENCE * budgetMs * 1e6
  lookout.sinceLast() // what a replay is compared with begins here
  // tinybench keeps the budget; the samples are ours, since it would return them sorted
  const bench = new Bench({ time: budgetMs, iterations: 1, warmup: false, throws: true })
  bench.add(
    "replay",
    async () => {
      const { costNs, ...iteration } = await iterate(replay, lookout, deadline)
      iterations.push(iteration)
      const overriddenIterationCost = clock() < deadline ? costNs / 1e6 : budgetMs
      return { overriddenDuration: iteration.groupNs / 1e6, overriddenIterationCost }
    },
    { async: true },
  )
  await bench.run()
  return summary(replay.recording, iterations, lookout)
}

function summary(recording: Recording, all: readonly Iteration[], lookout: Lookout): Times {
  const { recipients, recipientCount, newcomer } = recording
  const undisturbed = all.filter(({ probeNs }) => !lookout.isSlowed(probeNs))
  const iterations = undisturbed.length === 0 ? all : undisturbed
  const column = (name: keyof Spent) => iterations.map((iteration) => iteration[name])
  const figures = (of: (values: readonly number[]) => number) => ({
    initiatorNs: of(column("initiatorNs")),
    recipientNs: of(column("recipientNs")),
    ...(newcomer === undefined ? {} : { newcomerNs: of(column("newcomerNs")) }),
    groupNs: of(column("groupNs")),
  })
  const replays = 1 + recipients.length + (newcomer === undefined ? 0 : 1)
  const leftOut = (all.length - iterations.length) * replays
  return {
    ...figures(median),
    firstDecile: figures(firstDecile),
    iterations: iterations.length,
    slowedReplays: all.reduce((sum, { slowedReplays }) => sum + slowedReplays, leftOut),
    ...(undisturbed.length === 0 ? { slowed: true } : {}),
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
const WARM_UP_PATIENCE = 10
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
  const latest = replay.clock() + WARM_UP_PATIENCE * shareNs
  let [best, sinceBest] = [Number.POSITIVE_INFINITY, 0]
  while (sinceBest < shareNs && replay.clock() < latest) {
    const start = replay.clock()
    const ns = await replayMember(replay, member)
    const tookNs = replay.clock() - start // with the copying of the member
    sinceBest = ns < best * GAIN ? 0 : sinceBest + tookNs
    best = Math.min(best, ns)
  }
}

/** @returns `costNs`: what the replays took that were kept, with the copying of the members */
async function iterate(
  replay: Replay,
  lookout: Lookout,
  deadline: number,
): Promise<Iteration & { readonly costNs: number }> {
  const kept = await eachTimed(replay.recording, (member) =>
    undisturbedReplay(replay, member, lookout, deadline),
  )
  const all = [...kept.values()]
  return {
    ...wholeGroup(replay.recording, (member) => (kept.get(member) as Kept).ns),
    probeNs: Math.max(...all.map(({ probeNs }) => probeNs)),
    slowedReplays: all.reduce((sum, { slowedReplays }) => sum + slowedReplays, 0),
    costNs: all.reduce((sum, { costNs }) => sum + costNs, 0),
  }
}

type Kept = {
  readonly ns: number
  readonly costNs: number
  readonly probeNs: number
  readonly slowedReplays: number
}

/** A member's replay, again and again until the probes on both sides of it say that nothing slowed the core. */
async function undisturbedReplay(
  replay: Replay,
  member: RecordedMember,
  lookout: Lookout,
  deadline: number,
): Promise<Kept> {
  for (let slowedReplays = 0; ; slowedReplays++) {
    const start = replay.clock()
    const ns = await replayMember(replay, member)
    const end = replay.clock()
    const probeNs = lookout.sinceLast()
    if (!lookout.isSlowed(probeNs) || end >= deadline)
      return { ns, costNs: end - start, probeNs, slowedReplays }
  }
}

/** From the timed members to the whole group, each recipient standing for as many as there are to one timed. */
export function wholeGroup(recording: Recording, nsOf: (member: RecordedMember) => number): Spent {
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

/** A piece of work for one isolate, as plain JSON, and the order in which a run does them. */
import { unreachable } from "../../protocols/errors.ts"
import { competitorNamed } from "../../protocols/registry.ts"
import type { BlockRecord, Operation, RunHeader, SuiteName } from "../../results/schema.ts"
import { operationsOf } from "../sim/operations.ts"
import { seededPick, shuffled } from "./seeded-pick.ts"

type Common = {
  readonly groupSize: number
  readonly seed: number
  readonly payloadBytes: number
  readonly periodMessages: number
}

/** Run a whole group through its operations once, with what it asked of its channels written down in `parts`. */
export type GroupJob = Common & {
  readonly kind: "group"
  readonly protocol: string
  readonly operations: readonly Operation[]
  readonly parts: number
}

/** Play one part of the channels of all groups of one size that run over the same kind of channel. */
export type ChannelsJob = Common & {
  readonly kind: "channels"
  readonly channel: string
  readonly protocols: readonly string[]
  readonly part: number
  readonly parts: number
}

/** Both together give a cell's exact measures; a group's recordings are what times are taken from. */
export type CountJob = GroupJob | ChannelsJob

/** Time a recording in a fresh isolate. */
export type TimeJob = Common & {
  readonly kind: "time"
  readonly protocol: string
  readonly operation: Operation
  readonly suite: SuiteName
  readonly block: BlockRecord["block"]
  /** The same once more, as if it were another competitor. */
  readonly twin?: true
  readonly warmUpMs: number
  readonly measureMs: number
}

export type Job = CountJob | TimeJob

/** A name from its content: equal for equal work. */
export function jobId(job: Job): string {
  switch (job.kind) {
    case "group":
      return `${job.protocol}-group-${job.groupSize}`
    case "channels":
      return `${job.channel}-channels-${job.groupSize}-${job.part + 1}of${job.parts}`
    case "time":
      return `${job.protocol}-${job.operation}-${job.groupSize}-${job.suite}-${job.block}${job.twin ? "-twin" : ""}`
    default:
      return unreachable(job)
  }
}

/** A part takes seconds: short enough to share between threads, long enough to be worth its start. */
const DEVICES_PER_PART = 64
const partsOf = (groupSize: number): number => Math.ceil(groupSize / DEVICES_PER_PART)

/** The operations that are still to be counted for a protocol at a size; none when all are. */
export type Wanted = (protocol: string, groupSize: number) => readonly Operation[]

/** Those of the plan's operations that a protocol has. */
export function plannedOperations({ plan }: Pick<RunHeader, "plan">, protocol: string): Operation[] {
  const own = operationsOf(competitorNamed(protocol))
  return plan.operations.filter((operation) => own.includes(operation))
}

/** Jobs that only count, the longest first: they keep all cores busy to the end. */
export function countJobs(
  run: Pick<RunHeader, "plan" | "seed">,
  wanted: Wanted = (protocol) => plannedOperations(run, protocol),
): { groups: GroupJob[]; channels: ChannelsJob[] } {
  const sizes = run.plan.sizes.toSorted((a, b) => b - a)
  const groups = sizes.flatMap((groupSize) =>
    run.plan.protocols.flatMap((protocol): GroupJob[] => {
      const operations = wanted(protocol, groupSize)
      const job = { kind: "group", ...common(run), groupSize, protocol, operations } as const
      return operations.length === 0 ? [] : [{ ...job, parts: partsOf(groupSize) }]
    }),
  )
  return { groups, channels: sizes.flatMap((groupSize) => channelJobs(run, groups, groupSize)) }
}

function channelJobs(
  run: Pick<RunHeader, "plan" | "seed">,
  groups: readonly GroupJob[],
  groupSize: number,
): ChannelsJob[] {
  const own = groups.filter((group) => group.groupSize === groupSize).map(({ protocol }) => protocol)
  const channelOf = (protocol: string) => competitorNamed(protocol).channel
  const parts = partsOf(groupSize)
  return [...new Set(own.map(channelOf))].flatMap((channel) => {
    const protocols = own.filter((protocol) => channelOf(protocol) === channel)
    return Array.from({ length: parts }, (_, part): ChannelsJob => {
      return { kind: "channels", ...common(run), groupSize, channel, protocols, part, parts }
    })
  })
}

/**
 * Timed jobs, block by block. Within a block the protocols and suites of one (operation, size) stand side by
 * side, in an order shuffled anew each time, so that whatever the machine does meanwhile hits all of them alike.
 */
export function timeJobs(run: Pick<RunHeader, "plan" | "seed">): TimeJob[] {
  const { warmUpMs, measureMs } = run.plan
  const pick = seededPick(run.seed, "jobs")
  const compared = withTwins(run)
  const blocks = Array.from({ length: run.plan.blocks }, (_, block) => block)
  return blocks.flatMap((block) =>
    shuffled(compared, pick).flatMap((comparison) =>
      shuffled(comparison, pick).map(
        (cell): TimeJob => ({ kind: "time", ...cell, block, warmUpMs, measureMs }),
      ),
    ),
  )
}

type Timed = Omit<TimeJob, "kind" | "block" | "warmUpMs" | "measureMs">

/** Twins stand beside their cell as other competitors do, so they are as far from it as those. */
function withTwins(run: Pick<RunHeader, "plan" | "seed">): Timed[][] {
  const compared = comparisons(run)
  if (run.plan.twins === undefined) return compared
  const chosen = onePerOperation(run, compared.flat())
  return compared.map((comparison) => {
    const twins = comparison
      .filter((cell) => chosen.has(cell))
      .map((cell) => ({ ...cell, twin: true as const }))
    return [...comparison, ...twins]
  })
}

/** A cell for each operation and suite; none where all groups are too large for the suite. */
function onePerOperation(
  { plan, seed }: Pick<RunHeader, "plan" | "seed">,
  cells: readonly Timed[],
): Set<Timed> {
  const pick = seededPick(seed, "twins")
  const chosen = plan.operations.flatMap((operation) =>
    plan.suites.flatMap((suite) => {
      const own = cells.filter((cell) => cell.operation === operation && cell.suite === suite)
      return own.length === 0 ? [] : [own[pick(own.length)] as Timed]
    }),
  )
  return new Set(chosen)
}

/** What is to be compared: for each (operation, size), all protocols on all suites that are timed at that size. */
function comparisons(run: Pick<RunHeader, "plan" | "seed">): Timed[][] {
  const { protocols, operations, sizes, suites, nobleUpTo } = run.plan
  const isTimed = ({ suite, groupSize }: Timed) => suite !== "noble" || groupSize <= (nobleUpTo ?? groupSize)
  return operations.flatMap((operation) =>
    sizes.map((groupSize) =>
      protocols
        .flatMap((protocol) =>
          suites.map((suite): Timed => ({ ...common(run), protocol, groupSize, operation, suite })),
        )
        .filter(isTimed)
        .filter(({ protocol }) => plannedOperations(run, protocol).includes(operation)),
    ),
  )
}

function common({ plan, seed }: Pick<RunHeader, "plan" | "seed">) {
  return { seed, payloadBytes: plan.payloadBytes, periodMessages: plan.periodMessages }
}

/** A piece of work for one isolate, as plain JSON, and the order in which a run does them. */
import type { BlockRecord, Operation, RunHeader, SuiteName } from "../../results/schema.ts"
import { seededPick, shuffled } from "./seeded-pick.ts"

type Common = {
  readonly protocol: string
  readonly groupSize: number
  readonly operation: Operation
  readonly seed: number
  readonly payloadBytes: number
  readonly periodMessages: number
}

/** Run the operation once with the whole group: exact measures, and the recording that times are taken from. */
export type CountJob = Common & { readonly kind: "count" }

/** Time the recording in a fresh isolate. */
export type TimeJob = Common & {
  readonly kind: "time"
  readonly suite: SuiteName
  readonly block: BlockRecord["block"]
  readonly warmUpMs: number
  readonly measureMs: number
}

export type Job = CountJob | TimeJob

/** A name from its content: equal for equal work. */
export function jobId(job: Job): string {
  const { protocol, groupSize, operation } = job
  const cell = `${protocol}-${operation}-${groupSize}`
  return job.kind === "count" ? cell : `${cell}-${job.suite}-${job.block}`
}

/**
 * Jobs that only count, in the two waves that depend on each other: forming a group counts `create` and leaves
 * the formed group to the other operations.
 */
export function countJobs(run: Pick<RunHeader, "plan" | "seed">): {
  forming: CountJob[]
  others: CountJob[]
} {
  const all = cells(run).map((cell): CountJob => ({ kind: "count", ...cell }))
  const forming = run.plan.protocols.flatMap((protocol) =>
    run.plan.sizes.map((groupSize): CountJob => {
      return { kind: "count", ...common(run), protocol, groupSize, operation: "create" }
    }),
  )
  return {
    forming: largestFirst(forming),
    others: largestFirst(all.filter(({ operation }) => operation !== "create")),
  }
}

/** The longest jobs first keep all cores busy to the end. */
const largestFirst = (jobs: readonly CountJob[]): CountJob[] =>
  jobs.toSorted((a, b) => b.groupSize - a.groupSize)

/**
 * Timed jobs, block by block. Within a block the protocols and suites of one (operation, size) stand side by
 * side, in an order shuffled anew each time, so that whatever the machine does meanwhile hits all of them alike.
 */
export function timeJobs(run: Pick<RunHeader, "plan" | "seed">): TimeJob[] {
  const { warmUpMs, measureMs } = run.plan
  const pick = seededPick(run.seed, "jobs")
  const blocks = Array.from({ length: run.plan.blocks }, (_, block) => block)
  return blocks.flatMap((block) =>
    shuffled(comparisons(run), pick).flatMap((comparison) =>
      shuffled(comparison, pick).map(
        (cell): TimeJob => ({ kind: "time", ...cell, block, warmUpMs, measureMs }),
      ),
    ),
  )
}

/** What is to be compared: for each (operation, size), all protocols on all suites. */
function comparisons(run: Pick<RunHeader, "plan" | "seed">): (Common & { suite: SuiteName })[][] {
  const { protocols, operations, sizes, suites } = run.plan
  return operations.flatMap((operation) =>
    sizes.map((groupSize) =>
      protocols.flatMap((protocol) =>
        suites.map((suite) => ({ ...common(run), protocol, groupSize, operation, suite })),
      ),
    ),
  )
}

function cells(run: Pick<RunHeader, "plan" | "seed">): Common[] {
  const { protocols, sizes, operations } = run.plan
  return protocols.flatMap((protocol) =>
    sizes.flatMap((groupSize) =>
      operations.map((operation) => ({ ...common(run), protocol, groupSize, operation })),
    ),
  )
}

function common({ plan, seed }: Pick<RunHeader, "plan" | "seed">) {
  return { seed, payloadBytes: plan.payloadBytes, periodMessages: plan.periodMessages }
}

/** The measurements of a throughput run and their order. */
import type { RunHeader, SuiteName } from "../../results/schema.ts"
import { seededPick, shuffled } from "../plan/seeded-pick.ts"

/** One group that talks on so many threads once, in isolates of its own; plain JSON. */
export type ThroughputJob = {
  readonly protocol: string
  readonly suite: SuiteName
  readonly groupSize: number
  readonly threads: number
  readonly block: number
  readonly seed: number
  readonly payloadBytes: number
  readonly periodMessages: number
  readonly warmUpMs: number
  readonly measureMs: number
}

/**
 * Block by block. Within a block what is compared, the protocols, suites and numbers of threads at one size, stands
 * side by side, in an order shuffled anew each time, so that whatever the machine does meanwhile hits all alike.
 * A group takes no more threads than it has members.
 */
export function throughputJobs({ plan, seed }: Pick<RunHeader, "plan" | "seed">): ThroughputJob[] {
  const pick = seededPick(seed, "throughput")
  const blocks = Array.from({ length: plan.blocks }, (_, block) => block)
  return blocks.flatMap((block) =>
    shuffled(plan.sizes, pick).flatMap((groupSize) =>
      shuffled(comparison(plan, groupSize), pick).map((cell) => ({
        ...cell,
        groupSize,
        block,
        seed,
        ...budgets(plan),
      })),
    ),
  )
}

type Plan = RunHeader["plan"]

function comparison({ protocols, suites, threads = [] }: Plan, groupSize: number) {
  const numbers = threads.filter((number) => number <= groupSize)
  return protocols.flatMap((protocol) =>
    suites.flatMap((suite) => numbers.map((threads) => ({ protocol, suite, threads }))),
  )
}

function budgets({ payloadBytes, periodMessages, warmUpMs, measureMs }: Plan) {
  return { payloadBytes, periodMessages, warmUpMs, measureMs }
}

/** For people. */
export const throughputName = ({ protocol, suite, groupSize, threads, block }: ThroughputJob): string =>
  `${protocol}-${groupSize}-${suite}-${threads}-threads-${block}`

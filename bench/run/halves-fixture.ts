/** The two halves of counts, and times, made up for tests: nothing happened, but for what a test says. */
import { isHeal, type Operation } from "../../results/schema.ts"
import type { GroupTallies } from "../channels/lives.ts"
import { type ChannelTally, emptyTally } from "../channels/tally.ts"
import { idleGroup } from "../meter/fixture.ts"
import type { GroupJob } from "../plan/job.ts"
import { membersOf } from "../sim/operations.ts"
import type { OwnPart } from "./count.ts"
import type { Times } from "./time.ts"

const SAMPLES = { initiatorNs: [1], recipientNs: [1], groupNs: [1] }
/** One iteration, and each step a nanosecond. */
export const IDLE_TIMES: Times = {
  ...{ initiatorNs: 1, recipientNs: 1, groupNs: 1, iterations: 1, recipients: 3, recipientsTimed: 2 },
  samples: SAMPLES,
}

/** A thief hears one wave, and what follows; alone it reads nothing. */
export function idlePart(groupSize: number, operation: Operation): OwnPart {
  const closed = { opened: 0, readable: [] }
  const judgement = { judged: groupSize, derivable: 0 }
  const theft = isHeal(operation) ? { heal: [closed], aftermath: closed, judgement } : undefined
  return { tally: idleGroup(membersOf(groupSize)), theft }
}

/** `prepare` is told of each operation's channels. */
export function idleChannels(
  { groupSize, operations }: Pick<GroupJob, "groupSize" | "operations">,
  prepare: (tally: ChannelTally, operation: Operation) => void = () => {},
): GroupTallies {
  const tallyOf = (operation: Operation): ChannelTally => {
    const tally = emptyTally(groupSize + 1)
    prepare(tally, operation)
    return tally
  }
  const others = operations.filter((operation) => operation !== "create")
  return {
    forming: tallyOf("create"),
    operations: new Map(others.map((operation) => [operation, tallyOf(operation)])),
  }
}

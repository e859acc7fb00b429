import { competitorNamed } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import type { Calls } from "../channels/calls.ts"
import type { GroupTallies } from "../channels/lives.ts"
import type { ChannelsJob, GroupJob } from "../plan/job.ts"
import { type ChannelWork, countChannels, cut, ownPart } from "./count.ts"
import { GroupCounter, type GroupPart, type Laboratory, type Theft } from "./count-group.ts"
import type { FormedGroups } from "./formed-groups.ts"
import {
  type ChannelsResult,
  callsName,
  type GroupOutcome,
  type GroupResult,
  type JobStore,
  recordingName,
} from "./run-job.ts"
import { loadFastestSuite } from "./suites.ts"

/** Recipients timed in each block; evenly spaced, see `recording.ts`. */
const RECIPIENTS_TIMED = 2

/** One part of a group's calls, as it lies in the store. */
type StoredPiece = Omit<ChannelWork, "channel">

/** @throws when the group cannot be formed; what else fails costs its operation alone */
export async function runGroup(job: GroupJob, store: JobStore, formed?: FormedGroups): Promise<GroupResult> {
  const laboratory = { ...(await laboratoryOf(job, job.protocol)), formed }
  const payload = new Uint8Array(job.payloadBytes).fill(0x61)
  const counter = new GroupCounter(laboratory, { ...job, payload })
  const { created, forming } = await counter.form()
  const calls = new Map<Operation, Calls>()
  const thefts = new Map<Operation, Theft>()
  const perform = async (operation: Operation): Promise<GroupPart> => {
    if (operation === "create") return created
    const performed = await counter.perform(operation)
    calls.set(operation, performed.calls)
    if (performed.part.theft !== undefined) thefts.set(operation, performed.part.theft)
    return performed.part
  }
  const outcomes: GroupOutcome[] = []
  for (const operation of job.operations) {
    try {
      const part = await perform(operation)
      store.write(recordingName(job, operation), part.recording)
      outcomes.push({ operation, part: ownPart(part) })
    } catch (error) {
      outcomes.push({ operation, failure: error instanceof Error ? error.message : String(error) })
    }
  }
  for (const [index, piece] of cut(forming, calls, job.parts).entries()) {
    store.write(callsName(job.protocol, job, index), { thefts, ...piece } satisfies StoredPiece)
  }
  return { kind: "group", outcomes }
}

/** All protocols together, since they have much in common; should that fail, each by itself. */
export async function runChannels(job: ChannelsJob, store: JobStore): Promise<ChannelsResult> {
  try {
    return { kind: "channels", tallies: await play(job, store, job.protocols) }
  } catch {
    const tallies = new Map<string, GroupTallies | string>()
    for (const protocol of job.protocols) {
      const alone = await play(job, store, [protocol]).catch((error) => String(error))
      tallies.set(protocol, typeof alone === "string" ? alone : (alone.get(protocol) as GroupTallies))
    }
    return { kind: "channels", tallies }
  }
}

async function play(
  job: ChannelsJob,
  store: JobStore,
  protocols: readonly string[],
): Promise<Map<string, GroupTallies>> {
  const { createSuite } = await laboratoryOf(job, protocols[0] as string)
  const works = protocols.map((protocol): ChannelWork => {
    const piece = store.read(callsName(protocol, job, job.part)) as StoredPiece
    return { channel: job.channel, ...piece }
  })
  const part = { index: job.part, of: job.parts }
  const tallies = countChannels({ seed: job.seed, createSuite }, job.groupSize, works, part)
  return new Map(protocols.map((protocol, index) => [protocol, tallies[index] as GroupTallies]))
}

async function laboratoryOf(job: GroupJob | ChannelsJob, protocol: string): Promise<Laboratory> {
  return {
    competitor: competitorNamed(protocol),
    settings: job,
    seed: job.seed,
    createSuite: await loadFastestSuite(),
    recipientsTimed: RECIPIENTS_TIMED,
  }
}

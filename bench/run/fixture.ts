/** Recordings and replays for tests. */
import {
  countingSuite,
  noOperations,
  type OperationCounts,
  observedSuite,
  type SuiteCall,
} from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { Operation } from "../../results/schema.ts"
import type { Clock } from "../meter/clock.ts"
import { contextOf } from "../sim/context.ts"
import { NATIVE, protocolNamed } from "../sim/fixture.ts"
import { fork } from "../sim/fork.ts"
import { perform } from "../sim/step.ts"
import { type Counted, countAll } from "./count.ts"
import type { Lookout } from "./lookout.ts"
import type { RecordedMember, Recording } from "./recording.ts"
import type { Replay } from "./time.ts"

const recordings = new Map<string, Promise<Recording>>()

/** Made once; each caller gets a copy to break. */
export async function recordingOf(name: string, operation: Operation, groupSize = 6): Promise<Recording> {
  const key = `${name} ${operation} ${groupSize}`
  const recording = recordings.get(key) ?? record(name, operation, groupSize)
  recordings.set(key, recording)
  return structuredClone(await recording)
}

async function record(name: string, operation: Operation, groupSize: number): Promise<Recording> {
  const competitor = competitorNamed(name)
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 2 }
  const programme = { groupSize, operations: [operation], payload: new Uint8Array(32) }
  const counted = await countAll(laboratory, programme)
  return (counted.get(operation) as Counted).recording
}

/** A clock that each call of the suite moves, and nothing else. */
export function chargedSuite(
  createSuite: CreateSuite,
  nsOf: (call: SuiteCall) => number,
): Pick<Replay, "createSuite" | "clock"> {
  let now = 0
  const clock: Clock = () => now
  const charge = (call: SuiteCall) => {
    now += nsOf(call)
  }
  return { createSuite: (random) => observedSuite(createSuite(random), charge), clock }
}

/** Nothing ever slows the core. */
export const UNDISTURBED: Lookout = { sinceLast: () => 1, isSlowed: () => false, fastestNs: () => 1 }

export const replayOf = (
  name: string,
  recording: Recording,
  { createSuite, clock }: Pick<Replay, "createSuite" | "clock">,
): Replay => ({ protocol: protocolNamed(name), createSuite, recording, clock })

/** The suite operations of a recorded member's steps. */
export async function replayCount(
  protocol: GroupProtocol<unknown>,
  member: RecordedMember,
): Promise<OperationCounts> {
  const { id, state, random } = member
  const copy = fork({ id, state, random })
  const counts = noOperations()
  const createSuite: CreateSuite = (source) => countingSuite(createNativeSuite(source), counts)
  for (const { step, now, bundles } of member.steps) {
    const left = [...bundles]
    const fetchBundle = () => left.shift() as Uint8Array
    await perform(protocol, copy.state, contextOf(copy, createSuite, { now, fetchBundle }), step)
  }
  return counts
}

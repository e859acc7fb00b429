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
import { operationsOf } from "../sim/operations.ts"
import { perform } from "../sim/step.ts"
import { type Counted, countAll } from "./count.ts"
import type { Lookout } from "./lookout.ts"
import type { RecordedMember, Recording } from "./recording.ts"
import type { Replay } from "./time.ts"

const groups = new Map<string, ReturnType<typeof countAll>>()

/** A group is formed and counted once; each caller gets a copy of the recording to break. */
export async function recordingOf(name: string, operation: Operation, groupSize = 6): Promise<Recording> {
  const key = `${name} ${groupSize}`
  const counted = groups.get(key) ?? counting(name, groupSize)
  groups.set(key, counted)
  return structuredClone(((await counted).get(operation) as Counted).recording)
}

function counting(name: string, groupSize: number): ReturnType<typeof countAll> {
  const competitor = competitorNamed(name)
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, ...NATIVE, recipientsTimed: 2 }
  return countAll(laboratory, {
    groupSize,
    operations: operationsOf(competitor),
    payload: new Uint8Array(32),
  })
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

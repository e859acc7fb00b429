import assert from "node:assert/strict"
import { test } from "node:test"
import type { Operation } from "../../results/schema.ts"
import type { GroupTallies } from "../channels/lives.ts"
import { noteReadable } from "../channels/tally.ts"
import type { ChannelsJob, GroupJob } from "../plan/job.ts"
import { type Assembled, Assembly } from "./assembly.ts"
import { idleChannels, idlePart } from "./halves-fixture.ts"
import type { GroupOutcome } from "./run-job.ts"

const PARTS = 3
const OPERATIONS = ["create", "heal", "message"] as const
const SETTINGS = { groupSize: 4, seed: 1, payloadBytes: 32, periodMessages: 100, parts: PARTS }

const groupJob = (protocol: string): GroupJob => ({
  kind: "group",
  protocol,
  operations: OPERATIONS,
  ...SETTINGS,
})
const channelsJob = (part: number): ChannelsJob => ({
  kind: "channels",
  channel: "signal",
  protocols: ["a", "b"],
  part,
  ...SETTINGS,
})

/** An assembly in which the groups of both protocols have ended, but for operations that failed. */
function awaiting(failing: readonly Operation[] = []): Assembly {
  const assembly = new Assembly()
  const outcomes = OPERATIONS.map(
    (operation): GroupOutcome =>
      failing.includes(operation)
        ? { operation, failure: "it broke" }
        : { operation, part: idlePart(4, operation) },
  )
  for (const protocol of ["a", "b"]) {
    const failed = assembly.group(groupJob(protocol), { kind: "group", outcomes })
    assert.deepEqual(
      failed,
      failing.map((operation) => ({ protocol, groupSize: 4, operation, failure: "it broke" })),
    )
  }
  return assembly
}

/** Part k uploads 10^k bytes in each operation, and the last part is where the thief reads member 3. */
const tallies = (part: number, operations: readonly Operation[] = OPERATIONS): GroupTallies =>
  idleChannels({ groupSize: 4, operations }, (tally, operation) => {
    tally.bytesUploaded[part] = 10 ** part
    if (operation === "heal" && part === PARTS - 1) noteReadable(tally, 0, 3)
  })

function add(assembly: Assembly, part: number, a: GroupTallies | string, b = tallies(part)): Assembled[] {
  return assembly.channels(channelsJob(part), {
    kind: "channels",
    tallies: new Map<string, GroupTallies | string>([
      ["a", a],
      ["b", b],
    ]),
  })
}

const nameOf = ({ protocol, operation }: Assembled): string => `${protocol} ${operation}`
const ALL = ["a", "b"].flatMap((protocol) => OPERATIONS.map((operation) => `${protocol} ${operation}`))

test("a cell is complete when its last part has come, in whatever order, and is the sum of all", () => {
  const complete = [
    [0, 1, 2],
    [2, 0, 1],
  ].map((order) => {
    const assembly = awaiting()
    const came = order.map((part) => add(assembly, part, tallies(part)))
    assert.deepEqual(
      came.map(({ length }) => length),
      [0, 0, ALL.length],
    )
    return came.flat()
  })
  assert.deepEqual(complete[0], complete[1])
  assert.deepEqual(complete[0]?.map(nameOf), ALL)
  for (const cell of complete.flat()) {
    assert.ok("whole" in cell)
    assert.equal(cell.whole.exact.bytesUploaded, 111)
    assert.equal(
      cell.whole.healing?.healed,
      cell.operation === "heal" ? false : undefined,
      "one part saw it read",
    )
  }
})

test("a part that failed takes along all that waited for it, once; later parts of it are of no use", () => {
  const assembly = awaiting()
  add(assembly, 0, tallies(0))
  const failed = assembly.withoutChannels(channelsJob(1), "it died")
  assert.deepEqual(failed.map(nameOf), ALL)
  for (const cell of failed) assert.equal("failure" in cell && cell.failure, "it died")
  assert.deepEqual(assembly.waiting(channelsJob(2)), [])
  assert.deepEqual(add(assembly, 2, tallies(2)), [])
  assert.deepEqual(assembly.withoutChannels(channelsJob(2), "it died too"), [])
})

test("where the channels of one protocol failed, those of another go on", () => {
  const assembly = awaiting()
  const failed = add(assembly, 0, "it broke")
  assert.deepEqual(
    failed.map((cell) => [nameOf(cell), "failure" in cell && cell.failure]),
    OPERATIONS.map((operation) => [`a ${operation}`, "it broke"]),
  )
  assert.deepEqual(assembly.waiting(channelsJob(1)), ["b"])
  add(assembly, 1, tallies(1))
  assert.deepEqual(
    add(assembly, 2, tallies(2)).map(nameOf),
    OPERATIONS.map((operation) => `b ${operation}`),
  )
})

test("an operation that failed costs its cell alone", () => {
  const assembly = awaiting(["heal"])
  const left = ["create", "message"] as const
  const came = [0, 1, 2].map((part) => add(assembly, part, tallies(part, left), tallies(part, left)))
  assert.deepEqual(
    came.flat().map(nameOf),
    ["a", "b"].flatMap((protocol) => left.map((operation) => `${protocol} ${operation}`)),
  )
})

test("groups of one protocol at two sizes are told apart, and one that was not formed is not waited for", () => {
  const assembly = awaiting()
  const larger = { ...channelsJob(0), groupSize: 8, parts: 1 }
  assert.deepEqual(assembly.waiting(larger), [])
  const outcomes: GroupOutcome[] = [{ operation: "message", part: idlePart(8, "message") }]
  assembly.group({ ...groupJob("a"), groupSize: 8, parts: 1 }, { kind: "group", outcomes })
  assert.deepEqual(assembly.waiting(larger), ["a"])
  const played = idleChannels({ groupSize: 8, operations: ["message"] })
  const [cell, ...others] = assembly.channels(larger, { kind: "channels", tallies: new Map([["a", played]]) })
  assert.deepEqual([cell?.groupSize, others], [8, []])
  assert.deepEqual(assembly.waiting(channelsJob(0)), ["a", "b"])
})

/**
 * Exact measures and the verdict on a heal once more, for tests: by a plain group over real channels, with no
 * memory of what was computed before, and with books of its own.
 */
import { createHash } from "node:crypto"
import { callBytes, emptyTally, observedSuite, type Tally } from "../../protocols/crypto/counting.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { type CreateSuite, SUITE_OPERATIONS } from "../../protocols/crypto/suite.ts"
import type { Awaitable, DirectMessages, GroupProtocol, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { byteStringsIn, ciphertextsIn } from "../../protocols/packets.ts"
import { type Competitor, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { Exact } from "../../results/schema.ts"
import { type Verdict, verdict, type WaveReport } from "../adversary/heal.ts"
import { robbed } from "../adversary/healing-fixture.ts"
import { stateBytes } from "../meter/state-size.ts"
import { after } from "../sim/after.ts"
import { createdGroup, NATIVE } from "../sim/fixture.ts"
import { Group, type GroupSnapshot } from "../sim/group.ts"
import type { GroupOptions } from "../sim/group-options.ts"
import { beforehand, INITIATOR, registerAll, rolesOf, type Task, talk, wavesOf } from "../sim/operations.ts"
import { settlingOf } from "../sim/settling.ts"

const STEPS = [
  "create",
  "add",
  "remove",
  "update",
  "processNotice",
  "process",
  "prepareToSend",
  "send",
  "ratchetChannels",
  "leaveChannels",
] as const satisfies readonly (keyof GroupProtocol<unknown>)[]

/** Every call of every suite, booked to the member whose step it is in; a bundle is published in nobody's step. */
class Ledger {
  readonly tallies = new Map<MemberId, Tally>()
  #acting: MemberId | undefined

  readonly createSuite: CreateSuite = (random) =>
    observedSuite(createNativeSuite(random), (call) => {
      if (this.#acting === undefined) return
      const { calls, bytes } = this.of(this.#acting)
      calls[call.operation]++
      bytes[call.operation] += callBytes(call)
    })

  of(member: MemberId): Tally {
    const tally = this.tallies.get(member) ?? emptyTally()
    this.tallies.set(member, tally)
    return tally
  }

  watch(protocol: GroupProtocol<unknown>): GroupProtocol<unknown> {
    const steps = STEPS.map((name) => {
      const step = protocol[name] as (...args: unknown[]) => unknown
      return [name, (...args: [unknown, { me: MemberId }]) => this.#as(args[1].me, () => step(...args))]
    })
    const publishBundle: typeof protocol.publishBundle = (...args) =>
      this.#as(undefined, () => protocol.publishBundle(...args))
    return { ...protocol, publishBundle, ...Object.fromEntries(steps) }
  }

  #as<T>(member: MemberId | undefined, act: () => Awaitable<T>): Awaitable<T> {
    const before = this.#acting
    this.#acting = member
    return after(act(), (result) => {
      this.#acting = before
      return result
    })
  }
}

/** A group at rest, in which every operation but `create` begins. */
export async function restPlainly(competitor: Competitor, groupSize: number): Promise<GroupSnapshot> {
  const group = await createdGroup(competitor.protocol(DEFAULT_SETTINGS), groupSize)
  for (const wave of settlingOf(competitor.settling, group.roster, NATIVE.seed)) await group.perform(wave)
  await talk(group, group.roster)
  group.requireAllHeard()
  return group.release()
}

async function groupBefore(
  resting: GroupSnapshot,
  protocol: GroupProtocol<unknown>,
  task: Task,
  options: GroupOptions,
): Promise<Group> {
  if (task.operation !== "create") {
    const group = new Group(protocol, options, structuredClone(resting))
    await beforehand(group, task)
    return group
  }
  const group = new Group(protocol, options)
  await registerAll(group, task.groupSize)
  return group
}

/** @param resting - a group of the task's size, which stays as it is */
export async function countPlainly(
  competitor: Competitor,
  resting: GroupSnapshot,
  task: Task,
): Promise<Exact> {
  const ledger = new Ledger()
  const protocol = ledger.watch(competitor.protocol(DEFAULT_SETTINGS))
  const group = await groupBefore(resting, protocol, task, { ...NATIVE, createSuite: ledger.createSuite })
  ledger.tallies.clear()
  const seen = {
    wire: [] as Packet[],
    deliveredBytes: 0,
    unsplitBytes: 0,
    deliveries: 0,
    notices: 0,
    rounds: 0,
  }
  const bundles: Uint8Array[] = []
  const owners = new Set<string>()
  group.observe({
    onUpload: (packet, copies) => {
      seen.wire.push(packet)
      seen.deliveries += copies
      seen.deliveredBytes += copies * packet.bytes.length
      seen.unsplitBytes += copies * bytesOf([packet])
      if (packet.kind === "broadcast") seen.deliveredBytes += sum(lengthsOf(packet.direct))
    },
    onNotice: () => seen.notices++,
    onStep: (performed) => {
      bundles.push(...performed.bundles)
      for (const { owner } of performed.effects.secrets ?? []) owners.add(owner)
    },
  })
  for (const wave of wavesOf(task, competitor)) {
    const trips = tripsOf(group)
    await group.perform(wave)
    seen.rounds += trips.longest()
  }
  const { wire } = seen
  const sizes = group.roster.map((member) => stateBytes(group.member(member).state))
  return {
    twoParty: wire.flatMap(ciphertextsIn).length,
    inBroadcasts: wire.filter(({ kind }) => kind === "broadcast").flatMap(ciphertextsIn).length,
    broadcasts: wire.filter(({ kind }) => kind === "broadcast").length,
    welcomes: wire.filter(({ kind }) => kind === "welcome").length,
    deliveries: seen.deliveries,
    rounds: seen.rounds,
    renewedSecrets: owners.has("all") ? group.roster.length : owners.size,
    bytesUploaded: bytesOf(wire),
    bytesDelivered: seen.deliveredBytes,
    bytesDeliveredUnsplit: seen.unsplitBytes,
    bytesUploadedByInitiator: bytesOf(wire.filter(({ from }) => from === INITIATOR)),
    notices: seen.notices,
    prekeyBundles: bundles.length,
    prekeyBundleBytes: sum(bundles.map(({ length }) => length)),
    stateBytesMax: Math.max(...sizes),
    stateBytesMean: sum(sizes) / sizes.length,
    transcript: transcriptOf(wire),
    primitives: primitivesOf(ledger, task, "calls"),
    primitiveBytes: primitivesOf(ledger, task, "bytes"),
  }
}

/** How often, in what follows, a packet was sent by one who had received one that was sent by one who … */
function tripsOf(group: Group): { readonly longest: () => number } {
  const heard = new Map<MemberId, number>()
  const sent = new Map<Uint8Array, number>()
  const stop = group.observe({
    onStep: ({ member, step }) => {
      if (step.kind === "packet")
        heard.set(member, Math.max(heard.get(member) ?? 0, sent.get(step.packet.bytes) ?? 0))
    },
    onUpload: ({ from, bytes }) => sent.set(bytes, (heard.get(from) ?? 0) + 1),
  })
  const longest = () => {
    stop()
    return Math.max(0, ...sent.values())
  }
  return { longest }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const lengthsOf = (direct: DirectMessages = new Map()) => [...direct.values()].map(({ length }) => length)
const bytesOf = (packets: readonly Packet[]): number =>
  sum(packets.flatMap(byteStringsIn).map(({ length }) => length))

function primitivesOf(
  ledger: Ledger,
  { operation, groupSize }: Task,
  what: keyof Tally,
): Exact["primitives"] {
  const { initiator, recipients, newcomer } = rolesOf(operation, groupSize)
  const over = (members: Iterable<MemberId>, join: (counts: readonly number[]) => number) => {
    const all = Array.from(members, (member) => ledger.of(member)[what])
    return Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, join(all.map((counts) => counts[name]))]))
  }
  return {
    group: over(ledger.tallies.keys(), sum),
    initiator: ledger.of(initiator)[what],
    recipientMax: over(recipients, (counts) => Math.max(0, ...counts)),
    recipientMean: over(recipients, (counts) => sum(counts) / Math.max(1, counts.length)),
    ...(newcomer === undefined ? {} : { newcomer: ledger.of(newcomer)[what] }),
  }
}

/** As docs/measures.md defines it. */
function transcriptOf(wire: readonly Packet[]): string {
  const hash = createHash("sha256").update(digestOf(wire.filter(({ kind }) => kind !== "two-party")))
  const twoParty = wire.flatMap(ciphertextsIn)
  const endsOf = ({ from, to }: (typeof twoParty)[number]) => [from, to].sort() as [MemberId, MemberId]
  for (const device of [...new Set(twoParty.map((packet) => endsOf(packet)[1]))].sort()) {
    const own = twoParty.filter((packet) => endsOf(packet)[1] === device)
    hash.update(digestOf(own.toSorted((a, b) => endsOf(a)[0].localeCompare(endsOf(b)[0]))))
  }
  return hash.digest("hex")
}

function digestOf(packets: readonly Packet[]): Uint8Array {
  const hash = createHash("sha256")
  for (const packet of packets) {
    const to = packet.kind === "two-party" ? packet.to : { broadcast: "*", welcome: "+" }[packet.kind]
    hash.update(`${packet.from}>${to}:${packet.bytes.length}:`).update(packet.bytes)
  }
  return hash.digest()
}

/** The verdict of one thief that hears every packet itself, and is probed with every member's next message. */
export async function healPlainly(competitor: Competitor, task: Task): Promise<Verdict> {
  const { group, compromise } = await robbed(competitor.protocol(DEFAULT_SETTINGS), task.groupSize, INITIATOR)
  const heal: WaveReport[] = []
  for (const wave of wavesOf(task, competitor)) heal.push(await compromise.perform(wave))
  const aftermath: WaveReport[] = []
  const plaintext = new TextEncoder().encode("are we alone?")
  for (const member of group.roster.slice(0, 2)) {
    aftermath.push(await compromise.perform({ actions: [[member, { kind: "update" }]] }))
    aftermath.push(await compromise.perform({ actions: [[member, { kind: "send", plaintext }]] }))
  }
  return verdict(heal, aftermath)
}

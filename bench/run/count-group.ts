/**
 * The counting run of a group: it forms, and from there goes through each operation once. The cryptography of
 * most channels is put off (`bench/channels`); devices that are stolen, recorded or timed have theirs at once.
 */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { type Competitor, channelNamed, type Settings } from "../../protocols/registry.ts"
import { isHeal, type Operation } from "../../results/schema.ts"
import { apartFromOthersChannels, Compromise, type WaveReport } from "../adversary/heal.ts"
import type { Loot } from "../adversary/thief.ts"
import type { Calls, Phase } from "../channels/calls.ts"
import { Deferral } from "../channels/deferred.ts"
import { Memory, memoized } from "../channels/memo.ts"
import { type GroupTally, Meter } from "../meter/meter.ts"
import { fork } from "../sim/fork.ts"
import { Group, type GroupSnapshot } from "../sim/group.ts"
import { beforehand, INITIATOR, registerAll, rolesOf, talk, wavesOf } from "../sim/operations.ts"
import { settlingOf } from "../sim/settling.ts"
import type { Wave } from "../sim/step.ts"
import { renewAndSpeak } from "./aftermath.ts"
import type { FormedGroups } from "./formed-groups.ts"
import { bundlesOf, type CountBundles } from "./own-bundles.ts"
import { evenlySpaced, type Recording, record } from "./recording.ts"
import { judgedIn, sampleOf, watchedIn } from "./sampled-members.ts"
import { type Judgement, SecondAdversary } from "./second-adversary.ts"

export type Laboratory = {
  readonly competitor: Competitor
  readonly settings: Settings
  readonly seed: number
  readonly createSuite: CreateSuite
  /** At most so many recipients are recorded, to be timed. */
  readonly recipientsTimed: number
  /** Absent: every group is formed anew. */
  readonly formed?: FormedGroups | undefined
}

/** A group of `groupSize` devices and what it is to do; `payload` is the application message of `message`. */
export type Programme = {
  readonly groupSize: number
  readonly operations: readonly Operation[]
  readonly payload: Uint8Array
}

/** What the thief could do of itself in a heal, and with what it may try the channels of others. */
export type Theft = {
  readonly judgement: Judgement
  readonly heal: readonly WaveReport[]
  readonly aftermath: WaveReport
  /** The channels it has after each wave of the heal, and after what followed. */
  readonly loots: readonly Loot[]
}

/** One operation without the channels' part. */
export type GroupPart = {
  readonly tally: GroupTally
  readonly recording: Recording
  readonly theft: Theft | undefined
}

/** `forming`: the calls while the group was created, and came to rest. */
export type Formed = { readonly created: GroupPart; readonly forming: Calls }
export type Performed = { readonly part: GroupPart; readonly calls: Calls }

/** How many members must be understood by all others, and not by the thief, when an operation is over. */
const SPOKESMEN = 4

/** One that joins is the last device a group ever has. */
const NEWCOMERS = 1

/** Smaller groups are formed in a moment. */
const SMALLEST_KEPT = 8

/** Nobody listens. */
const NO_WAVE = -1

/** A group at rest, and who has a channel with whom. */
type Rest = { readonly group: GroupSnapshot; readonly known: Uint8Array }

export class GroupCounter {
  readonly #laboratory: Laboratory
  readonly #programme: Programme
  readonly #deferral: Deferral
  readonly #protocol: GroupProtocol<unknown>
  readonly #memory = new Memory()
  readonly #second: SecondAdversary
  readonly #createSuite: CreateSuite
  readonly #bundles: Promise<CountBundles>
  #rest: Rest | undefined

  constructor(laboratory: Laboratory, programme: Programme) {
    const { competitor, settings } = laboratory
    this.#laboratory = laboratory
    this.#programme = programme
    const { groupSize } = programme
    const judged = programme.operations.some(isHeal) ? judgedIn(groupSize, laboratory.seed) : []
    this.#second = new SecondAdversary(new Set(judged))
    this.#deferral = new Deferral({
      real: channelNamed(competitor.channel),
      whole: new Set([...judged, ...recordedDevices(laboratory, programme)]),
      victim: INITIATOR,
      watched: watchedIn(groupSize, laboratory.seed),
      devices: groupSize + NEWCOMERS,
    })
    this.#protocol = competitor.protocol(settings, this.#deferral.channel)
    this.#createSuite = memoized(laboratory.createSuite, this.#memory)
    this.#bundles = bundlesOf(laboratory)
  }

  /** Form the group under count and bring it to rest; before any other operation. */
  async form(): Promise<Formed> {
    const meter = new Meter()
    const hasTree = this.#laboratory.competitor.tree !== undefined
    if (hasTree) this.#second.pause() // to fill a tree takes so many derivations that no memory holds them
    const group = this.#group(meter)
    await registerAll(group, this.#programme.groupSize)
    const created = await this.#perform(group, "create", meter)
    this.#begin(group, "uncounted")
    const rest = await this.#comeToRest(group)
    if (hasTree) this.#second.learn(rest)
    this.#rest = { group: rest, known: this.#deferral.known }
    return { created, forming: this.#deferral.take() }
  }

  /** To fill a tree takes a time that grows as n³: where that was done before, what came of it is taken. */
  async #comeToRest(group: Group): Promise<GroupSnapshot> {
    const { competitor, seed, formed } = this.#laboratory
    const size = group.roster.length
    const settling = settlingOf(competitor.settling, group.roster, seed)
    const keeper =
      competitor.tree !== undefined && settling.length > 0 && size >= SMALLEST_KEPT ? formed : undefined
    const name = `${competitor.name}-${size}-${seed}`
    const kept = keeper?.read(name)
    if (kept !== undefined) return kept as GroupSnapshot
    for (const wave of settling) await group.perform(wave)
    await talk(group, group.roster)
    const rest = group.release()
    keeper?.write(name, rest)
    return rest
  }

  /** Any operation but `create`, on a copy of the group at rest. */
  async perform(operation: Operation): Promise<Performed> {
    const { group: resting, known } = this.#atRest(operation)
    this.#memory.clear()
    this.#deferral.take() // whatever one that failed has left
    this.#deferral.known = known
    const meter = new Meter()
    if (isHeal(operation)) this.#second.beginHeal()
    else this.#second.pause()
    const group = this.#group(meter, resting)
    await beforehand(group, { operation, groupSize: this.#programme.groupSize })
    const part = await this.#perform(group, operation, meter)
    this.#begin(group, "uncounted")
    await talk(group, this.#spokesmen(group))
    return { part, calls: this.#deferral.take() }
  }

  /** A copy of the group at rest, and for the last operation itself: two of 1024 devices take gigabytes. */
  #atRest(operation: Operation): Rest {
    const rest = this.#rest
    if (rest === undefined) throw new Error("the group was not formed, or its last operation is over")
    const isLast = operation === this.#programme.operations.at(-1)
    if (isLast) this.#rest = undefined
    return isLast ? rest : { ...rest, group: fork(rest.group) }
  }

  #group(meter: Meter, snapshot?: GroupSnapshot): Group {
    const { seed } = this.#laboratory
    const [observeSuite, observeSuites] = [meter.observeSuite.bind(meter), this.#second.observe]
    const options = { seed, createSuite: this.#createSuite, observeSuite, observeSuites }
    const group = new Group(this.#protocol, options, snapshot)
    this.#second.listenTo(group)
    this.#deferral.server = group
    group.observe({ onUpload: (packet, recipients) => this.#deferral.uploaded(packet, recipients) })
    return group
  }

  async #perform(group: Group, operation: Operation, meter: Meter): Promise<GroupPart> {
    const { groupSize, payload } = this.#programme
    const { competitor, recipientsTimed } = this.#laboratory
    const recorder = record(group, rolesOf(operation, groupSize), recipientsTimed)
    const waves = wavesOf({ operation, groupSize, payload }, competitor)
    meter.reset() // registering devices is no part of the operation
    const stop = group.observe(meter.observer)
    const theft = isHeal(operation) ? await this.#robbed(group, waves) : await this.#unobserved(group, waves)
    stop()
    const members = group.roster.map((member) => group.member(member))
    const bundles = (await this.#bundles)(meter.fetched)
    const tally = meter.tally(this.#protocol, members, bundles)
    return { tally, recording: await recorder.finish(), theft: await theft?.follow() }
  }

  async #unobserved(group: Group, waves: readonly Wave[]): Promise<undefined> {
    for (const wave of waves) {
      this.#begin(group, "counted", NO_WAVE, wave)
      await group.perform(wave)
    }
  }

  /** Perform the waves under a thief's ears; what follows is not counted any more. */
  async #robbed(group: Group, waves: readonly Wave[]): Promise<{ follow: () => Promise<Theft> }> {
    const { competitor, settings } = this.#laboratory
    const compromise = new Compromise(group, INITIATOR, this.#createSuite, {
      protocol: competitor.protocol(settings),
      audible: (packet) => apartFromOthersChannels(INITIATOR, packet),
    })
    const stolen = structuredClone(group.member(INITIATOR).state)
    const loots: Loot[] = []
    const heal: WaveReport[] = []
    for (const [index, wave] of waves.entries()) {
      this.#begin(group, "counted", index, wave)
      const opened = await compromise.overhear(wave)
      loots.push(compromise.thief.channels())
      this.#begin(group, "probe", index)
      heal.push({ opened, readable: await compromise.firstReadableSender() })
    }
    const follow = async () => {
      this.#begin(group, "uncounted", waves.length)
      const { opened: said, ...judgement } = await this.#second.judge(compromise, stolen)
      const opened = said + (await renewAndSpeak(compromise))
      loots.push(compromise.thief.channels())
      this.#begin(group, "probe", waves.length)
      const readable = await compromise.readableSenders(this.#spokesmen(group))
      return { judgement, heal, aftermath: { opened, readable }, loots }
    }
    return { follow }
  }

  #spokesmen({ roster }: Group): MemberId[] {
    return sampleOf(roster, SPOKESMEN, this.#laboratory.seed, "spokesmen")
  }

  /** What channels are asked from now on; time passes before a wave. */
  #begin(group: Group, phase: Phase, wave = NO_WAVE, { afterSeconds = 0 }: Partial<Wave> = {}): void {
    this.#deferral.begin({ phase, now: group.now + afterSeconds, wave })
  }
}

/** Those that are recorded in some operation, the one that is robbed among them. */
function recordedDevices({ recipientsTimed }: Laboratory, { groupSize, operations }: Programme): MemberId[] {
  const roles = operations.map((operation) => rolesOf(operation, groupSize))
  const recipients = roles.flatMap((role) => evenlySpaced(role.recipients, recipientsTimed))
  return [INITIATOR, ...recipients, ...roles.flatMap(({ newcomer }) => newcomer ?? [])]
}

/** A whole comparison, as `compare --json` prints it: the runs, the rows, and what they were held against. */
import { byPlace } from "../document.ts"
import type { ResultRecord, RunHeader } from "../schema.ts"
import { smallestRankSumP } from "../stats/rank-sum.ts"
import { smallestSignedRankP } from "../stats/signed-rank.ts"
import { type BlockFigure, withSharpestFigure } from "./block-figure.ts"
import { type Counts, compareCounts } from "./counts.ts"
import { type NoiseFloor, noiseFloors } from "./floor.ts"
import { machineDifferences } from "./machine.ts"
import { type CommonChange, type Compared, families, type Row, rowsOf } from "./rows.ts"
import { onOneMachine, throughReference } from "./runs.ts"
import { blocksNeeded } from "./verdict.ts"
import { againstProtocol, againstSuite, type Competitor } from "./within.ts"

/** How blocks are held against each other. */
type Method =
  /** Within a run: side by side, block by block. */
  | "paired"
  /** Two runs of one machine, less what all cells of a suite changed by together. */
  | "unpaired"
  /** Two runs, each in relation to its reference protocol. */
  | "through a reference"

export type Comparison = {
  readonly method: Method
  readonly base: Run
  /** Within a run the same. */
  readonly head: Run
  /** A protocol, or within a run a suite; null where two runs are compared as measured. */
  readonly reference: string | null
  /** What differs between the machines of two runs. */
  readonly machines: readonly string[]
  /** What differs in how long two runs warmed up and measured, and in what Node was started with. */
  readonly budgets: readonly string[]
  /** What stands for a block. */
  readonly figure: BlockFigure
  /** The smallest change that matters, as a share. */
  readonly detect: number
  /** Of two runs the larger ones. */
  readonly floors: readonly NoiseFloor[]
  /** `unpaired` only: what the cells changed by together, which the ratios of the rows leave out. */
  readonly common: readonly CommonChange[]
  readonly rows: readonly Row[]
  /** With fewer blocks not all of these rows can be told from chance. */
  readonly blocksNeeded: number
  /** Two runs of one seed only. */
  readonly counts: Counts | null
}

/** A run without what it was asked to do. */
type Run = Pick<RunHeader, "id" | "startedAt" | "seed" | "tool" | "environment">

type Records = readonly ResultRecord[]

/**
 * The protocols of one run.
 *
 * @param reference - a competitor in it; absent: the first of its plan
 * @throws Error when it has no such competitor, or is a run of throughput
 */
export function compareProtocols(run: Records, detect: number, reference?: string): Comparison {
  const name = reference ?? (headerOf(run).plan.protocols[0] as string)
  const competitor = competitorIn(run, name)
  return within(run, (records) => againstProtocol(records, competitor), detect, name)
}

/**
 * The suites of one run.
 *
 * @throws Error when it has one suite only, or is a run of throughput
 */
export function compareSuites(run: Records, detect: number): Comparison {
  const [first, second] = headerOf(run).plan.suites
  if (first === undefined || second === undefined)
    throw new Error(
      `run ${headerOf(run).id} has one suite, ${first}; to compare suites it needs noble,native`,
    )
  return within(run, (records) => againstSuite(records, first), detect, first)
}

function within(
  run: Records,
  compare: (records: Records) => readonly Compared[],
  detect: number,
  reference: string,
): Comparison {
  const { figure, runs } = withSharpestFigure([run])
  const [records] = runs as [Records]
  const [compared, floors] = [compare(records), noiseFloors(records)]
  const label = labelOf(headerOf(run))
  return {
    ...{ method: "paired", figure },
    ...{ base: label, head: label, reference, machines: [], budgets: [], detect, floors, common: [] },
    rows: rowsOf(compared, { floors, detect, common: [] }).sort(byPlace(headerOf(run).plan.protocols)),
    blocksNeeded: blocksNeeded(largestFamily(compared), smallestSignedRankP),
    counts: null,
  }
}

/**
 * Two runs: as measured where they are of one machine and no reference is asked for, else through a reference.
 *
 * @param reference - a competitor in both; absent: on other machines the first that both plans have
 * @throws Error when they were of different work, have nothing in common, or are of throughput
 */
export function compareRuns(base: Records, head: Records, detect: number, reference?: string): Comparison {
  const [before, after] = [headerOf(base), headerOf(head)]
  requireSameWork(before, after)
  const machines = machineDifferences(before.environment, after.environment)
  const through = reference ?? (machines.length === 0 ? null : sharedProtocol(before, after))
  const { figure, runs } = withSharpestFigure([base, head])
  const [earlier, later] = runs as [Records, Records]
  const { compared, common } =
    through === null ? onOneMachine(earlier, later) : relatedTo(through, earlier, later)
  const floors = noiseFloors(earlier, later)
  const comparison: Comparison = {
    ...{ method: through === null ? "unpaired" : "through a reference", figure },
    ...{ base: labelOf(before), head: labelOf(after), reference: through, machines, detect, floors, common },
    budgets: [...differing(before, after, ["warmUpMs", "measureMs"]), ...otherOptions(before, after)],
    rows: rowsOf(compared, { floors, detect, common }).sort(byPlace(after.plan.protocols)),
    blocksNeeded: blocksNeeded(largestFamily(compared), (blocks) => smallestRankSumP(blocks, blocks)),
    counts: before.seed === after.seed ? compareCounts(base, head) : null,
  }
  if (comparison.rows.length === 0 && (comparison.counts?.compared ?? 0) === 0)
    throw new Error(`runs ${before.id} and ${after.id} have no cell in common that could be compared`)
  return comparison
}

const largestFamily = (compared: readonly Compared[]): number =>
  Math.max(1, ...families(compared).map(({ length }) => length))

function relatedTo(reference: string, base: Records, head: Records) {
  const competitor = competitorIn(base, reference)
  competitorIn(head, reference)
  return { compared: throughReference(base, head, competitor), common: [] }
}

/** @throws Error when counts and times are not of the same work */
function requireSameWork(base: RunHeader, head: RunHeader): void {
  const [different] = differing(base, head, ["payloadBytes", "periodMessages"])
  if (different === undefined) return
  throw new Error(
    `runs ${base.id} and ${head.id} are of different work: ${different}; repeat one with the other's`,
  )
}

type Setting = "payloadBytes" | "periodMessages" | "warmUpMs" | "measureMs"

function differing(
  { plan: base }: RunHeader,
  { plan: head }: RunHeader,
  settings: readonly Setting[],
): string[] {
  const changed = settings.filter((setting) => base[setting] !== head[setting])
  return changed.map((setting) => `${setting}: ${base[setting]} against ${head[setting]}`)
}

/** Files of 0.1 do not say what Node was started with. */
function otherOptions({ environment: base }: RunHeader, { environment: head }: RunHeader): string[] {
  const [before, after] = [base, head].map(({ nodeOptions }) => nodeOptions?.join(" ") ?? "unknown")
  return before === after ? [] : [`nodeOptions: ${before || "none"} against ${after || "none"}`]
}

/** @throws Error when the plans share none */
function sharedProtocol(base: RunHeader, head: RunHeader): string {
  const shared = base.plan.protocols.find((name) => head.plan.protocols.includes(name))
  if (shared === undefined) throw new Error(`runs ${base.id} and ${head.id} have no protocol in common`)
  return shared
}

/** @throws Error when no cell of it was counted */
function competitorIn(records: Records, name: string): Competitor {
  const cells = records.filter((record) => record.kind === "count")
  const found = cells.find(({ protocol }) => protocol === name)
  if (found !== undefined) return { protocol: found.protocol, channel: found.channel }
  const known = [...new Set(cells.map(({ protocol }) => protocol))].join(", ")
  throw new Error(`--reference "${name}": run ${headerOf(records).id} has ${known || "no protocols"}`)
}

/** @throws Error when it is a run of throughput, which has no cells */
function headerOf([header]: Records): RunHeader {
  if (header?.kind !== "run") throw new Error("the first record of a run must be of kind run")
  if (header.plan.threads === undefined) return header
  throw new Error(`run ${header.id} is one of throughput; compare takes what run leaves`)
}

const labelOf = ({ id, startedAt, seed, tool, environment }: RunHeader): Run => {
  return { id, startedAt, seed, tool, environment }
}

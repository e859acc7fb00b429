/** From what a user wrote to the plan of a run; every refusal is one line. */
import { TREE_STATES } from "../../protocols/group.ts"
import {
  type Competitor,
  competitorNamed,
  competitorOver,
  DEFAULT_SETTINGS,
  registry,
  withTree,
} from "../../protocols/registry.ts"
import { publishedNamed } from "../../results/published/published.ts"
import type { PublishedSeries } from "../../results/published/series.ts"
import { OPERATIONS, type Operation, type RunHeader, SUITES, type SuiteName } from "../../results/schema.ts"
import { parseSizes } from "../plan/sizes.ts"
import { operationsOf } from "../sim/operations.ts"
import { asUsage, UsageError } from "./failure.ts"

/** As yargs hands them over. */
export type PlanOptions = {
  readonly protocols: string | undefined
  readonly channel: string | undefined
  readonly tree: string | undefined
  readonly sizes: string | undefined
  readonly operations: string | undefined
  readonly suite: string | undefined
  readonly blocks: unknown
  readonly budget: unknown
  readonly seed: unknown
  readonly payload: unknown
  readonly period: unknown
  readonly quick: boolean | undefined
}

/** What decides the results; a resumed run has its own. */
export const PLAN_OPTIONS = [
  "protocols",
  "channel",
  "tree",
  "sizes",
  "operations",
  "suite",
  "blocks",
  "budget",
  "seed",
  "payload",
  "period",
  "quick",
  "predict",
] as const

export const PLAN_DEFAULTS = {
  sizes: "4..64x4",
  suite: "noble,native",
  blocks: 3,
  budget: 40,
  seed: 1,
  payload: 32,
  period: DEFAULT_SETTINGS.periodMessages,
} as const

/** How yargs is to read an option. */
export const TEXT = { type: "string", requiresArg: true } as const
export const NUMBER = { requiresArg: true } as const
export const CHANNEL = {
  ...TEXT,
  describe: "two-party channel under the protocols [each protocol's own]",
} as const

export const TREE = {
  ...TEXT,
  describe: `mls: ratchet tree of the group at rest: ${TREE_STATES.join(", ")} [${TREE_STATES[0]}]`,
} as const

/** Pure JavaScript takes a minute for what compiled code does in a second: where nothing was asked for, it stops here. */
const NOBLE_UP_TO = 16
const QUICK_SIZES = "4..16x2"
const QUICK_BLOCKS = 2
const LARGEST_SEED = 2 ** 32 - 1
const LARGEST_PAYLOAD_BYTES = 1 << 20
const LARGEST_PERIOD_MESSAGES = 1_000_000
const MOST_BLOCKS = 1000

const LONGEST_BUDGET_MS = 60_000
/** So many times its budget a cell is warmed up: a handshake has far more code to compile than a message. */
const WARM_UP_BUDGETS = 3
const QUICK_BUDGETS = { warmUpMs: 20, measureMs: 20 }

/** All that a protocol among them has; one that was asked for by name must be had. */
function operationsFor(protocols: readonly string[], text: string | undefined): Operation[] {
  const asked = parseNames("--operations", text, OPERATIONS)
  const had = OPERATIONS.filter((operation) =>
    protocols.some((name) => operationsOf(competitorNamed(name)).includes(operation)),
  )
  const [missing] = asked.filter((operation) => !had.includes(operation))
  if (missing !== undefined && text !== undefined)
    throw new UsageError(`--operations ${missing}: ${protocols.join(", ")} cannot leave sessions behind`)
  return asked.filter((operation) => had.includes(operation))
}

/** @throws UsageError */
export function planOf(options: PlanOptions): RunHeader["plan"] {
  const protocols = parseProtocols(options)
  return {
    protocols,
    sizes: asUsage(() => parseSizes(options.sizes ?? (options.quick ? QUICK_SIZES : PLAN_DEFAULTS.sizes))),
    operations: operationsFor(protocols, options.operations),
    suites: parseSuites(options.suite ?? PLAN_DEFAULTS.suite),
    ...(options.suite === undefined && options.sizes === undefined ? { nobleUpTo: NOBLE_UP_TO } : {}),
    blocks: wholeNumber(
      "--blocks",
      options.blocks ?? (options.quick ? QUICK_BLOCKS : PLAN_DEFAULTS.blocks),
      1,
      MOST_BLOCKS,
    ),
    payloadBytes: wholeNumber(
      "--payload",
      options.payload ?? PLAN_DEFAULTS.payload,
      0,
      LARGEST_PAYLOAD_BYTES,
    ),
    periodMessages: parsePeriod(options.period ?? PLAN_DEFAULTS.period),
    ...budgetsOf(options),
  }
}

/** @throws UsageError */
function budgetsOf({ budget, quick }: PlanOptions): Pick<RunHeader["plan"], "warmUpMs" | "measureMs"> {
  if (quick && budget === undefined) return QUICK_BUDGETS
  const measureMs = wholeNumber("--budget", budget ?? PLAN_DEFAULTS.budget, 1, LONGEST_BUDGET_MS)
  return { warmUpMs: WARM_UP_BUDGETS * measureMs, measureMs }
}

/** @throws UsageError */
export const parseSeed = (written: unknown): number => wholeNumber("--seed", written, 0, LARGEST_SEED)

/** @throws UsageError */
export const parsePeriod = (written: unknown): number =>
  wholeNumber("--period", written, 1, LARGEST_PERIOD_MESSAGES)

const MOST_SECONDS = 3600

/**
 * @param written - a decimal number as text, or a default
 * @throws UsageError
 */
export function parseSeconds(written: unknown): number {
  const value = /^\d+(\.\d+)?$/.test(String(written)) ? Number(written) : Number.NaN
  if (value > 0 && value <= MOST_SECONDS) return value
  throw new UsageError(`--seconds "${written}": a number above 0, at most ${MOST_SECONDS}`)
}

/** @throws UsageError */
export const parseSuites = (text: string): SuiteName[] => parseNames("--suite", text, SUITES)

/**
 * What yargs lets pass on any command: an option without a value or given twice, a word too many. Only `results` may
 * be several.
 *
 * @throws UsageError
 */
export function checkCommandLine({ _: words, $0: _name, ...options }: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(options)) {
    const isTwice = Array.isArray(value) && name !== "results"
    if (isTwice) throw new UsageError(`--${name} "${value.join('", "')}": give it once`)
    if ([value].flat().includes("")) throw new UsageError(`--${name} "": it needs a value; see --help`)
  }
  const extra = Array.isArray(words) ? words.slice(1) : []
  if (extra.length > 0) throw new UsageError(`"${extra[0]}": one command at a time; see --help`)
  return true
}

export type Choice = Pick<PlanOptions, "protocols" | "channel" | "tree">

/**
 * The competitors: those that are named, or all; over another channel where one is named, and those that have a tree with
 * the trees that are named.
 *
 * @throws UsageError naming the known protocols, the channels of one that does not run over `channel`, or the trees
 */
export function parseProtocols({ protocols, channel, tree }: Choice): string[] {
  const trees = tree === undefined ? undefined : parseNames("--tree", tree, TREE_STATES)
  const chosen = protocols === undefined ? usual(channel) : namedIn(protocols)
  const over = chosen.map((competitor) =>
    channel === undefined ? competitor : asUsage(() => competitorOver(competitor, channel)),
  )
  const grown = over.flatMap(
    (competitor) => trees?.map((state) => withTree(competitor, state)) ?? [competitor],
  )
  return [...new Set(grown.map(({ name }) => name))]
}

/** Nobody asks for another channel under those that have none. */
const usual = (channel: string | undefined): readonly Competitor[] =>
  channel === undefined ? registry : registry.filter((competitor) => competitor.channel !== "none")

const namedIn = (protocols: string): Competitor[] =>
  parseList("--protocols", protocols).map((name) => asUsage(() => competitorNamed(name)))

/** @throws UsageError naming the known series */
export function parsePublished(text: string | undefined): PublishedSeries[] {
  if (text === undefined) return []
  return parseList("--published", text).map((name) => asUsage(() => publishedNamed(name)))
}

/** @throws UsageError naming what is allowed */
export function parseNames<Name extends string>(
  option: string,
  text: string | undefined,
  allowed: readonly Name[],
): Name[] {
  if (text === undefined) return [...allowed]
  return parseList(option, text).map((name) => {
    const known = allowed.find((candidate) => candidate === name)
    if (known === undefined) throw new UsageError(`${option} "${name}": allowed are ${allowed.join(", ")}`)
    return known
  })
}

/** @throws UsageError */
export function parseList(option: string, text: string): string[] {
  const names = text.split(",").map((name) => name.trim())
  if (names.some((name) => name === ""))
    throw new UsageError(`${option} "${text}": write names separated by commas`)
  return [...new Set(names)]
}

/**
 * @param written - digits as text, or a default
 * @throws UsageError
 */
export function wholeNumber(option: string, written: unknown, smallest: number, largest: number): number {
  const value = /^\d+$/.test(String(written)) ? Number(written) : Number.NaN
  if (value >= smallest && value <= largest) return value
  throw new UsageError(`${option} "${written}": a whole number from ${smallest} to ${largest}`)
}

/** What is said around the tables of a comparison. Lines are not wrapped yet. */
import type { Comparison } from "../../results/compare/comparison.ts"
import type { CountDifference } from "../../results/compare/counts.ts"
import type { Row } from "../../results/compare/rows.ts"
import { TIMES, type Time } from "../../results/compare/times.ts"
import type { Obstacle, Verdict } from "../../results/compare/verdict.ts"
import { SUITES } from "../../results/schema.ts"
import { formatCount } from "../../results/units.ts"

export const TIME_NAMES: Readonly<Record<Time, string>> = {
  initiatorNs: "initiator",
  recipientNs: "recipient",
  newcomerNs: "newcomer",
  groupNs: "group",
}

/** Three digits: `0.987`, `12.3`, `456`. */
export const ratioText = (ratio: number): string => (ratio < 100 ? ratio.toPrecision(3) : ratio.toFixed(0))

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`

/** Which runs, how they are compared, and what a difference must exceed. */
export function headingLines(comparison: Comparison): string[] {
  const { method, base, head, machines, budgets } = comparison
  const runs = method === "paired" ? [runLine(base)] : [`base: ${runLine(base)}`, `head: ${runLine(head)}`]
  const machine = `${base.environment.cpu}, ${base.environment.cores} cores`
  const where = machines.length === 0 ? machine : `OTHER MACHINES: ${machines.join("; ")}`
  const measured = budgets.length === 0 ? [] : [`MEASURED OTHERWISE: ${budgets.join("; ")}`]
  return [
    ...runs,
    where,
    ...measured,
    `${ratioLine(comparison)} A block's time: ${comparison.figure} of its iterations.`,
    ...commonLines(comparison),
    floorLine(comparison),
  ]
}

const runLine = ({ id, tool, startedAt, environment }: Comparison["base"]): string =>
  `run ${id}, ${tool.name} ${tool.version} (${tool.commit}), Node ${environment.node}, ${startedAt}`

function ratioLine({ method, reference }: Comparison): string {
  switch (method) {
    case "paired":
      return `Ratio: time over that of ${reference}, block by block.`
    case "unpaired":
      return "Ratio: time in head over that in base. Their blocks are no pairs."
    case "through a reference":
      return `Ratio: time over that of ${reference} in head, over the same in base. Nothing is said of ${reference} itself.`
  }
}

function commonLines({ method, common }: Comparison): string[] {
  if (method !== "unpaired") return []
  if (common.length === 0)
    return ["Too few cells to tell what the machine changed from what the code did: ratios are as measured."]
  const changes = bySuite(common, ({ measure, ratio }) => `${TIME_NAMES[measure]} ${ratioText(ratio)}×`)
  return [`Changed in all cells alike, the machine's or the code's, and taken out of the ratios: ${changes}.`]
}

function floorLine({ floors, detect }: Comparison): string {
  const measured = bySuite(
    floors.filter(({ pairs }) => pairs > 0),
    ({ measure, floor }) => `${TIME_NAMES[measure]} ${percent(floor)}`,
  )
  const assumed = floors.find(({ pairs }) => pairs === 0)
  const texts = [
    measured,
    ...(assumed ? [`${percent(assumed.floor)} assumed where no twins were timed`] : []),
  ]
  return `Noise floor: ${texts.filter((text) => text !== "").join("; ") || "–"}. To be detected: ${percent(detect)}.`
}

function bySuite<T extends { readonly suite: string }>(all: readonly T[], text: (each: T) => string): string {
  const own = (suite: string) => all.filter((each) => each.suite === suite).map(text)
  const suites = SUITES.filter((suite) => own(suite).length > 0)
  return suites.map((suite) => `${suite}: ${own(suite).join(", ")}`).join("; ")
}

/** What is exact: equal, or each difference. */
export function countLines({ counts, method, base, head }: Comparison): string[] {
  if (method === "paired") return []
  if (counts === null) return [`Counts are not compared: the seeds are ${base.seed} and ${head.seed}.`]
  const { compared, differences, lost, onlyBase, onlyHead } = counts
  const cells = new Set(differences.map(cellText)).size
  const equal = `Counts: ${formatCount(compared - cells)} of ${formatCount(compared)} cells are equal in every field.`
  const alone = onlyBase.length + onlyHead.length
  return [
    equal,
    ...differenceLines(differences),
    ...lost.map((cell) => `${cellText(cell)}: not in head, which was to count it`),
    ...(alone === 0 ? [] : [`${onlyBase.length} cells are in base alone, ${onlyHead.length} in head alone.`]),
  ]
}

const cellText = ({
  operation,
  groupSize,
  protocol,
}: Omit<CountDifference, "field" | "base" | "head">): string => `${operation}, n = ${groupSize}, ${protocol}`

/** A line for each cell. */
function differenceLines(differences: readonly CountDifference[]): string[] {
  const byCell = new Map<string, string[]>()
  for (const each of differences) {
    const text = `${each.field} ${short(each.base)} → ${short(each.head)}`
    byCell.set(cellText(each), [...(byCell.get(cellText(each)) ?? []), text])
  }
  return [...byCell].map(([cell, texts]) => `${cell}: ${texts.join(", ")}`)
}

const DIGEST_CHARACTERS = 8

const short = (value: CountDifference["base"]): string =>
  typeof value === "string" ? value.slice(0, DIGEST_CHARACTERS) : `${value}`

const VERDICTS: readonly Verdict[] = ["slower", "faster", "same", "too noisy"]

/** How many of each verdict, by suite and measure; then what stands in the way. */
export function findingLines({ rows, blocksNeeded, detect }: Comparison): string[] {
  if (rows.length === 0) return ["No times to compare: no cell was timed in two blocks or more of each."]
  const tallies = SUITES.flatMap((suite) =>
    TIMES.flatMap((time) => {
      const own = rows.filter((row) => row.suite === suite && row.measure === time)
      return own.length === 0 ? [] : [`${suite} ${TIME_NAMES[time]}: ${tally(own)}`]
    }),
  )
  const help: Readonly<Record<Obstacle, string>> = {
    "too few blocks": `among so many comparisons nothing is significant below ${blocksNeeded} blocks (run --blocks)`,
    "common change": `all cells changed alike by more than ${percent(detect)}: repeat both runs, in turn`,
    "noise floor": `twins are apart by more than ${percent(detect)}: a quieter machine`,
    "wide interval": `the interval reaches beyond ${percent(detect)}: more blocks, or a quieter machine`,
  }
  const obstacles = (Object.keys(help) as Obstacle[]).flatMap((obstacle) => {
    const { length } = rows.filter((row) => row.obstacle === obstacle)
    return length === 0 ? [] : [`too noisy, ${obstacle} (${formatCount(length)}): ${help[obstacle]}`]
  })
  return [...tallies, ...obstacles]
}

const tally = (rows: readonly Row[]): string =>
  VERDICTS.map((verdict) => [rows.filter((row) => row.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${formatCount(count)} ${verdict}`)
    .join(", ")

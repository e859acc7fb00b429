/** From blocks to figures: medians with intervals, and ratios within blocks. */
import type { Environment, RunHeader, Sampled } from "../../results/schema.ts"
import { medianInterval } from "../../results/stats/median-interval.ts"
import { pairedRatio } from "../../results/stats/paired-ratio.ts"
import { type BlockRecord, competitorsIn } from "./coordinator.ts"
import { type Competitor, FAMILIES, FAMILY_OF, type Family, type Library, ROWS, type Row } from "./rows.ts"

/** What `--json` prints. */
export type PeersDocument = {
  readonly tool: RunHeader["tool"]
  readonly environment: Environment
  readonly startedAt: string
  readonly seed: number
  readonly blocks: number
  readonly libsignalVersions: Readonly<Record<Library, string>>
  readonly rows: readonly RowSummary[]
}

export type RowSummary = {
  readonly row: string
  readonly family: Family
  /** The competitor that `ratio` is to. */
  readonly reference: Library
  readonly figures: readonly Figure[]
}

export type Figure = {
  readonly competitor: Competitor
  readonly elapsedNs: Sampled
  /** Its time over the reference's in the same block: below 1 it is faster. Not for the reference itself. */
  readonly ratio?: Sampled
  /** Ours only, 0 to 1: how much of the time the suite's operations take. */
  readonly primitivesShare?: Sampled
  /** What the medians and intervals come from, in the order of blocks. */
  readonly blocks: { readonly elapsedNs: readonly number[]; readonly primitivesShare: readonly number[] }
}

export function summarize(records: readonly BlockRecord[]): RowSummary[] {
  return ROWS.map((row) => {
    const family = FAMILY_OF[row.scenario]
    const { reference } = FAMILIES[family]
    const own = records.filter(({ scenario }) => scenario === row.scenario)
    const figures = competitorsIn(row.scenario).map((competitor) => figureOf(own, row, competitor, reference))
    return { row: row.name, family, reference, figures }
  })
}

function figureOf(
  records: readonly BlockRecord[],
  { name }: Row,
  competitor: Competitor,
  reference: Library,
): Figure {
  const elapsed = byBlock(records, competitor, "elapsedNs", name)
  const primitivesShare = [...byBlock(records, competitor, "primitivesShare", name).values()]
  return {
    competitor,
    elapsedNs: medianInterval([...elapsed.values()]),
    ...(competitor !== reference && {
      ratio: pairedRatio(byBlock(records, reference, "elapsedNs", name), elapsed),
    }),
    ...(primitivesShare.length > 0 && { primitivesShare: medianInterval(primitivesShare) }),
    blocks: { elapsedNs: [...elapsed.values()], primitivesShare },
  }
}

/** Block → value; empty where the competitor has none. */
function byBlock(
  records: readonly BlockRecord[],
  competitor: Competitor,
  measure: "elapsedNs" | "primitivesShare",
  row: string,
): Map<number, number> {
  const own = records.filter((record) => record.competitor === competitor)
  return new Map(
    own.flatMap(({ block, [measure]: values }): [number, number][] =>
      values === undefined ? [] : [[block, values[row] as number]],
    ),
  )
}

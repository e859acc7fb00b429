/**
 * Within one run, where all that is compared ran side by side in each block: blocks are pairs. A family is an operation,
 * on one suite by one measure, with all protocols and sizes.
 */
import type { CellKey, ResultRecord, SuiteName } from "../schema.ts"
import { pairedLogRatio } from "../stats/log-ratio.ts"
import { type Compared, FEWEST_BLOCKS } from "./rows.ts"
import { pairedDifferences, type Series, seriesId, seriesIn } from "./times.ts"

/** A protocol with its channel. */
export type Competitor = Pick<CellKey, "protocol" | "channel">

/** Each protocol beside `reference`, on the same suite, at the same operation and size. */
export const againstProtocol = (records: readonly ResultRecord[], reference: Competitor): Compared[] =>
  paired(records, reference.protocol, ({ cell }) => ({ ...cell, ...reference }))

/** Each cell beside itself on another suite. */
export const againstSuite = (records: readonly ResultRecord[], suite: SuiteName): Compared[] =>
  paired(records, suite, ({ cell }) => ({ ...cell, suite }))

function paired(
  records: readonly ResultRecord[],
  against: string,
  baseOf: (head: Series) => CellKey,
): Compared[] {
  const all = seriesIn(records)
  return [...all.values()].flatMap((head): Compared[] => {
    const base = all.get(seriesId(baseOf(head), head.time))
    const differences = base === undefined || base === head ? [] : pairedDifferences(base.logs, head.logs)
    const { length } = differences
    if (length < FEWEST_BLOCKS) return []
    const { cell, time } = head
    const question = `${cell.suite} ${time} ${cell.operation}`
    const ratio = pairedLogRatio(differences)
    return [{ question, cell, time, against, ratio, blocks: [length, length] }]
  })
}

/** What a group pays from one heal to the next, so many application messages and the heal, by group size. */
import { type Curve, curveThrough } from "./curve.ts"
import type { BlockRecord, Cell, CellKey, Exact, SuiteName } from "./schema.ts"
import { claimedMessages, differencesIn, type Theory } from "./theory.ts"

/** What is known of the protocols. */
export type Study = {
  readonly cells: readonly Cell[]
  readonly blocks: readonly BlockRecord[]
  readonly theory: Theory
  readonly messagesPerHeal: number
}

const PARTS = ["message", "heal"] as const
type Part = (typeof PARTS)[number]

const isPart = ({ operation }: Pick<CellKey, "operation">): boolean =>
  operation === "message" || operation === "heal"

/** The sizes, ascending, at which messages and heals of `protocol` were counted; a heal that does not heal costs nothing known. */
export function sizesOf({ cells }: Study, protocol: string): number[] {
  const own = cells.filter((cell) => cell.protocol === protocol && cell.healing?.healed !== false)
  const sizes = (part: Part) =>
    own.filter(({ operation }) => operation === part).map(({ groupSize }) => groupSize)
  return [...new Set(sizes("message"))].filter((size) => sizes("heal").includes(size)).sort((a, b) => a - b)
}

/** Messages by the formulas of `protocol`, from the smallest group for which they are claimed. */
export type ClaimedCycle = { readonly from: number; readonly curve: Curve }

/** @returns undefined where nothing is claimed, or a count is not as claimed */
export function claimedCycle(study: Study, protocol: string): ClaimedCycle | undefined {
  const { cells, theory, messagesPerHeal } = study
  const own = cells.filter((cell) => cell.protocol === protocol && isPart(cell))
  const costOf = (part: Part) => own.filter(({ operation }) => operation === part).map(theory)[0]
  const [message, heal] = [costOf("message"), costOf("heal")]
  if (message === undefined || heal === undefined || differencesIn(own, theory).length > 0) return undefined
  const curve: Curve = (n) => messagesPerHeal * claimedMessages(message, n) + claimedMessages(heal, n)
  return { from: Math.max(message.from, heal.from), curve }
}

/** Each part through its counts at `sizes`. */
export function countedCycle(
  study: Study,
  protocol: string,
  sizes: readonly number[],
  countOf: (exact: Exact) => number,
): Curve {
  const own = study.cells.filter((cell) => cell.protocol === protocol && isPart(cell))
  const counts = new Map(own.map((cell) => [keyOf(cell), countOf(cell.exact)]))
  return cycleThrough(
    study,
    sizes,
    (operation, groupSize) => counts.get(keyOf({ operation, groupSize })) as number,
  )
}

/** By block, each part through its times at `sizes`, in the blocks that have them all. */
export function timedCycles(
  study: Study,
  protocol: string,
  sizes: readonly number[],
  suite: SuiteName,
): Map<number, Curve> {
  const own = study.blocks.filter(
    (block) => block.protocol === protocol && block.suite === suite && isPart(block),
  )
  const blocks = [...new Set(own.map(({ block }) => block))]
  return new Map(
    blocks.flatMap((block) => {
      const times = new Map(
        own.filter((record) => record.block === block).map((record) => [keyOf(record), record.groupNs]),
      )
      const isWhole = sizes.every((groupSize) =>
        PARTS.every((operation) => times.has(keyOf({ operation, groupSize }))),
      )
      const timeOf = (operation: Part, groupSize: number) =>
        times.get(keyOf({ operation, groupSize })) as number
      return isWhole ? [[block, cycleThrough(study, sizes, timeOf)] as const] : []
    }),
  )
}
const keyOf = ({ operation, groupSize }: Pick<CellKey, "operation" | "groupSize">): string =>
  `${operation} ${groupSize}`

function cycleThrough(
  { messagesPerHeal }: Study,
  sizes: readonly number[],
  costOf: (part: Part, size: number) => number,
): Curve {
  const [message, heal] = PARTS.map((part) =>
    curveThrough(sizes.map((x) => ({ x, y: costOf(part, x) }))),
  ) as [Curve, Curve]
  return (groupSize) => messagesPerHeal * message(groupSize) + heal(groupSize)
}

/** How the machine was set when a run began, and whether it was left alone, for the terminal. */
import type { Cell, Environment, ResultDocument } from "../../results/schema.ts"
import { formatShare } from "../../results/units.ts"

/** A line below the machine's name; none where the system said nothing. */
export function conditionsLine({ environment }: Pick<ResultDocument["run"], "environment">): string[] {
  const facts = FACTS.flatMap((fact) => fact(environment) ?? [])
  return facts.length === 0 ? [] : [facts.join(", ")]
}

const FACTS: readonly ((environment: Environment) => string | undefined)[] = [
  ({ governor }) => governor && `governor ${governor}`,
  ({ turbo }) => turbo && `turbo ${turbo}`,
  ({ smt }) => smt && `SMT ${smt}`,
  ({ isVirtual }) => (isVirtual ? "virtual machine" : undefined),
  ({ loadAverage1m: load }) => (load === undefined ? undefined : `load ${formatShare(load)} at the start`),
  ({ cpuPressureShare: share }) =>
    share === undefined ? undefined : `${formatPercent(share)} of the time something waited for a core`,
  ({ lockfileHash }) => lockfileHash && `lockfile ${lockfileHash}`,
]

/** A block that waited longer was not alone on its core. */
const LONGEST_WAIT_SHARE = 0.01

/** Says which cells' times were disturbed; nothing where none was, or where the system does not tell. */
export function waitNote(cells: readonly Cell[]): string[] {
  const waits = cells.flatMap(({ runQueueWaitShare }) => runQueueWaitShare ?? [])
  const disturbed = waits.filter((share) => share > LONGEST_WAIT_SHARE)
  if (disturbed.length === 0) return []
  return [
    `In ${disturbed.length} of ${waits.length} timed cells a block waited for a core, up to ` +
      `${formatPercent(Math.max(...disturbed))} of its time (see doctor).`,
  ]
}

/** Says where the core was never left alone; nothing where it always was for a while. */
export function slowedNote(cells: readonly Cell[]): string[] {
  const timed = cells.filter(({ blocks }) => blocks > 0)
  const sum = (count: (cell: Cell) => number) => timed.reduce((total, cell) => total + count(cell), 0)
  const [slowed, blocks] = [sum(({ slowedBlocks }) => slowedBlocks), sum((cell) => cell.blocks)]
  if (slowed === 0) return []
  return [
    `In ${slowed} of ${blocks} blocks something outside slowed the core all the time: their times are too high (see doctor).`,
  ]
}

const formatPercent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** A run on a machine that is only a formula, for tests of what a comparison finds. */
import { exampleBlock, exampleCount, exampleHeader } from "../example.ts"
import type { CellKey, Operation, ResultRecord, RunHeader } from "../schema.ts"
import { seededRandom } from "../stats/random-fixture.ts"

type Session = {
  readonly seed: number
  readonly blocks?: number
  /** Standard deviation of ln(time) from isolate to isolate, and of what a whole block has in common. */
  readonly isolateNoise?: number
  readonly blockNoise?: number
  /** How many times slower this machine was, this time. */
  readonly machine?: number
  /** How many times longer a cell takes than it should. */
  readonly slowed?: (cell: CellKey) => number
}

const OPERATIONS: readonly Operation[] = ["create", "message", "update", "heal"]
const PROTOCOLS = ["sender-keys", "pairwise"]
const SIZES = [4, 16]

export const CELLS: readonly CellKey[] = OPERATIONS.flatMap((operation) =>
  SIZES.flatMap((groupSize) =>
    PROTOCOLS.map(
      (protocol) => ({ protocol, channel: "signal", suite: "native", operation, groupSize }) as const,
    ),
  ),
)
/** One for each operation, as a run draws them. */
const TWINS = OPERATIONS.map((_, index) => CELLS[index * 4 + (index % 4)])

/** Times of the whole group alone: one question, with as many cells as there are. */
export function session(made: Session): ResultRecord[] {
  const { seed, blocks = 12, isolateNoise = 0.02, blockNoise = 0.05 } = made
  const normal = normalRandom(seededRandom(seed))
  const timed = Array.from({ length: blocks }, (_, block) => {
    const common = (made.machine ?? 1) * Math.exp(blockNoise * normal())
    const take = (cell: CellKey) => {
      const groupNs =
        1e5 * cell.groupSize * common * (made.slowed?.(cell) ?? 1) * Math.exp(isolateNoise * normal())
      return exampleBlock(block, cell, { initiatorNs: 0, recipientNs: 0, groupNs })
    }
    const twins = CELLS.filter((cell) => TWINS.includes(cell)).map((cell) => ({
      ...take(cell),
      twin: true as const,
    }))
    return [...CELLS.map(take), ...twins]
  })
  return [headerOf(made, blocks), ...CELLS.map((cell) => exampleCount(cell)), ...timed.flat()]
}

function headerOf({ seed }: Session, blocks: number): RunHeader {
  const plan = {
    protocols: PROTOCOLS,
    sizes: SIZES,
    operations: [...OPERATIONS],
    suites: ["native" as const],
    blocks,
  }
  return { ...exampleHeader(plan), id: `session-${seed}` }
}

/** Box and Muller's. */
const normalRandom = (random: () => number) => () =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** `crossover`: from which group size one protocol costs less than another. */
import { crossoverTable } from "../../charts/render/crossover-table.ts"
import { crossoversOf, type Pair } from "../../results/crossover.ts"
import type { Study } from "../../results/cycle.ts"
import { toDocument } from "../../results/document.ts"
import { readResults } from "../../results/store.ts"
import { GROWING } from "../../results/theory.ts"
import { theoryOf } from "../theory/theory.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { parseNames, wholeNumber } from "./options.ts"
import { print, terminalWidth } from "./terminal.ts"

export type CrossoverOptions = {
  readonly results: string
  readonly protocols: string | undefined
  readonly measure: string | undefined
  readonly messagesPerHeal: unknown
  readonly json: boolean
}

export const MESSAGES_PER_HEAL = 100
const MOST_MESSAGES = 1e9

/** @returns the exit code */
export function crossover(options: CrossoverOptions): number {
  const messagesPerHeal = wholeNumber("--messages-per-heal", options.messagesPerHeal, 0, MOST_MESSAGES)
  const measures = parseNames("--measure", options.measure, GROWING)
  const study = read(options.results, messagesPerHeal)
  const pairs = pairsOf(chosen(options, study))
  const answers = pairs.flatMap((pair) => measures.flatMap((measure) => crossoversOf(study, pair, measure)))
  if (answers.length === 0) throw new UsageError(`${options.results}: ${NOTHING_TO_COMPARE}`)
  if (options.json) print(`${JSON.stringify({ messagesPerHeal, crossovers: answers }, null, 2)}\n`)
  else print(`${crossoverTable(answers, messagesPerHeal, terminalWidth())}\n`)
  return EXIT.done
}

const NOTHING_TO_COMPARE =
  "nothing to compare; give a run of --operations message,heal with two protocols and two sizes, timed for --measure cpu"

function read(results: string, messagesPerHeal: number): Study {
  const records = asUsage(() => readResults(results))
  const { cells, run } = asUsage(() => toDocument(records))
  const blocks = records.filter((record) => record.kind === "block")
  return { cells, blocks, theory: theoryOf(run.plan), messagesPerHeal }
}

/** Those that are named, or all. @throws UsageError */
function chosen({ protocols }: CrossoverOptions, { cells }: Study): string[] {
  const known = [...new Set(cells.map(({ protocol }) => protocol))]
  const names = protocols === undefined ? known : parseNames("--protocols", protocols, known)
  if (names.length >= 2 || protocols === undefined) return names
  throw new UsageError(`--protocols "${protocols}": name two or more of ${known.join(", ")}`)
}

/** Each with each that comes after it. */
const pairsOf = (names: readonly string[]): Pair[] =>
  names.flatMap((one, index) => names.slice(index + 1).map((other): Pair => [one, other]))

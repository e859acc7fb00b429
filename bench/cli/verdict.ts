/** Whether a run is good: what failed, did not heal, or was counted otherwise than claimed is said on stderr. */
import type { ResultDocument } from "../../results/schema.ts"
import { type Difference, differencesIn } from "../../results/theory.ts"
import { theoryOf } from "../theory/theory.ts"
import { EXIT } from "./failure.ts"
import { report } from "./terminal.ts"

/** @returns the exit code of a run */
export function verdictOn(document: ResultDocument): number {
  const { cells, failures } = document
  const unhealed = cells.filter(({ healing }) => healing?.healed === false)
  for (const { protocol, operation, groupSize } of unhealed) {
    report(
      `${protocol}, ${operation} at n = ${groupSize}: the adversary still reads afterwards, so its counts are not the cost of healing`,
    )
  }
  if (failures.length > 0) report(`${failures.length} pieces of work failed; see the end of the table`)
  const broken = failures.length + unhealed.length + reportDifferences(document)
  return broken > 0 ? EXIT.failed : EXIT.done
}

/**
 * A line for each formula that a protocol claims and that does not hold.
 *
 * @returns how many
 */
export function reportDifferences({ cells, run }: ResultDocument): number {
  const byFormula = new Map<string, string[]>()
  for (const difference of differencesIn(cells, theoryOf(run.plan))) {
    const formula = formulaOf(difference)
    byFormula.set(formula, [...(byFormula.get(formula) ?? []), numbersOf(difference)])
  }
  for (const [formula, numbers] of byFormula) report(`${formula}: ${numbers.join("; ")}`)
  return byFormula.size
}

const formulaOf = ({ protocol, operation, measure, formula }: Difference): string =>
  `${protocol}, ${operation}: ${measure} is claimed to be ${formula}`

const numbersOf = ({ groupSize, claimed, counted }: Difference): string =>
  `at n = ${groupSize} that is ${claimed}, counted ${counted}`

/** What competitors claim and what the adversaries found, as tables in Markdown: those of docs/claims.md. */
import { CLAIM_ROWS, type ClaimGroup, GROUPS } from "./claim-rows.ts"
import type { Check, CheckName } from "./claims.ts"
import { inBrief, inFull } from "./findings.ts"

/** As the tables are read in docs/. */
const SCENARIOS = "../bench/adversary/scenarios"

/**
 * A table for each group of claims: one row for each claim, one column for each competitor. A claim that held is "yes";
 * what is not claimed shows how many messages both adversaries read; anything else is a failure and says so.
 */
export function claimsTable(checks: readonly Check[]): string {
  const groups = (Object.keys(GROUPS) as ClaimGroup[]).filter((group) => checks.some(isIn(group)))
  return groups.map((group) => section(group, checks)).join("\n")
}

const isIn =
  (group: ClaimGroup) =>
  ({ claim }: Check): boolean =>
    CLAIM_ROWS[claim].group === group

function section(group: ClaimGroup, checks: readonly Check[]): string {
  const protocols = [...new Set(checks.map(({ protocol }) => protocol))]
  const claims = [...new Set(checks.filter(isIn(group)).map(({ claim }) => claim))]
  const rowOf = (claim: CheckName) => {
    const { text, scenario } = CLAIM_ROWS[claim]
    const found = protocols.map((name) =>
      checks.find((check) => check.protocol === name && check.claim === claim),
    )
    return row([`[${text}](${SCENARIOS}/${scenario})`, ...found.map(cellOf)])
  }
  const head = [GROUPS[group].column, ...protocols.map((name) => `\`${name}\``)]
  const table = [row(head), row(head.map(() => "---")), ...claims.map(rowOf)].join("")
  return `### ${group}\n\n${GROUPS[group].says}\n\n${table}`
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`

function cellOf(check: Check | undefined): string {
  if (check === undefined) return "–"
  const { passed, claimed, finding } = check
  if (!passed) return `**FAILED**: ${inFull(finding)}`
  return claimed ? "yes" : `no: ${inBrief(finding)}`
}

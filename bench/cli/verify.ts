/** `verify`: every claim of the chosen protocols, both ways, against two adversaries. */
import { styleText } from "node:util"
import { type Competitor, competitorNamed, everyCompetitor } from "../../protocols/registry.ts"
import { SUITES, type SuiteName } from "../../results/schema.ts"
import { type Check, checkClaims } from "../adversary/claims.ts"
import { claimsTable } from "../adversary/claims-table.ts"
import { explanation } from "../adversary/explanation.ts"
import { inFull } from "../adversary/findings.ts"
import { parseVerifiedSizes } from "../plan/sizes.ts"
import { loadSuite } from "../run/suites.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { parsePeriod, parseProtocols, parseSeed, parseSuites } from "./options.ts"
import { print, report, stdoutColour } from "./terminal.ts"

export type VerifyOptions = {
  readonly protocols: string | undefined
  readonly channel: string | undefined
  readonly tree: string | undefined
  readonly suite: string
  readonly size: unknown
  readonly seed: unknown
  readonly period: unknown
  readonly json: boolean | undefined
  readonly markdown: boolean | undefined
}

/** Small groups, an odd one out in a larger one, and a tree of four levels. */
export const VERIFIED_SIZES = "3,5,9"

/** Of the group in the Markdown table, where it is among those that are played. */
const SIZE_SHOWN = 5

/** @returns the exit code */
export async function verify(options: VerifyOptions): Promise<number> {
  const groupSizes = asUsage(() => parseVerifiedSizes(String(options.size)))
  const settings = { periodMessages: parsePeriod(options.period) }
  const seed = parseSeed(options.seed)
  const suite = oneSuite(options.suite)
  const createSuite = await loadSuite(suite)
  const checks: Check[] = []
  for (const competitor of chosen(options))
    for (const groupSize of groupSizes)
      checks.push(...(await checkClaims(competitor, { settings, createSuite, seed, groupSize })))
  const groupSize = groupSizes.includes(SIZE_SHOWN) ? SIZE_SHOWN : (groupSizes[0] as number)
  if (options.json) print(`${JSON.stringify({ groupSize, groupSizes, seed, suite, checks }, null, 2)}\n`)
  else if (options.markdown) print(claimsTable(checks.filter((check) => check.groupSize === groupSize)))
  else print(`${checks.map(line).join("")}${summary(checks)}`)
  const failed = checks.filter(({ passed }) => !passed)
  for (const check of failed) report(explanation(check))
  return failed.length === 0 ? EXIT.done : EXIT.failed
}

function chosen(options: VerifyOptions): readonly Competitor[] {
  const { protocols, channel, tree } = options
  const hasChosen = [protocols, channel, tree].some((option) => option !== undefined)
  return hasChosen ? parseProtocols(options).map(competitorNamed) : everyCompetitor
}

function oneSuite(text: string): SuiteName {
  const [suite, second] = parseSuites(text)
  if (suite !== undefined && second === undefined) return suite
  throw new UsageError(`--suite "${text}": one of ${SUITES.join(", ")}`)
}

function line({ protocol, groupSize, claim, claimed, observed, finding, passed }: Check): string {
  const mark = passed ? "ok  " : paint("FAIL")
  const said = `claimed ${claimed ? "yes" : "no "}  observed ${observed ? "yes" : "no "}`
  const name = `${protocol.padEnd(26)}${String(groupSize).padEnd(4)}${claim.padEnd(35)}`
  return `${mark}  ${name}${said}  ${inFull(finding)}\n`
}

function summary(checks: readonly Check[]): string {
  const passed = checks.filter((check) => check.passed).length
  return `${passed} passed, ${checks.length - passed} failed\n`
}

const paint = (text: string): string => (stdoutColour() === "always" ? styleText("red", text) : text)

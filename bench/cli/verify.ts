/** `verify`: every claim of the chosen protocols, both ways, against two adversaries. */
import { styleText } from "node:util"
import { competitorNamed, everyCompetitor } from "../../protocols/registry.ts"
import { SUITES, type SuiteName } from "../../results/schema.ts"
import { type Check, checkClaims } from "../adversary/claims.ts"
import { claimsTable } from "../adversary/claims-table.ts"
import { inFull } from "../adversary/findings.ts"
import { loadSuite } from "../run/suites.ts"
import { EXIT, UsageError } from "./failure.ts"
import { parsePeriod, parseProtocols, parseSeed, parseSuites, wholeNumber } from "./options.ts"
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

/** The smallest group in which one can be removed and talk goes on between others; larger than 64 is slow. */
const SIZES = { smallest: 3, largest: 64 }

/** @returns the exit code */
export async function verify(options: VerifyOptions): Promise<number> {
  const { protocols, channel, tree } = options
  const chosen = [protocols, channel, tree].some((option) => option !== undefined)
  const names = chosen ? parseProtocols(options) : everyCompetitor.map(({ name }) => name)
  const groupSize = wholeNumber("--size", options.size, SIZES.smallest, SIZES.largest)
  const settings = { periodMessages: parsePeriod(options.period) }
  const seed = parseSeed(options.seed)
  const suite = oneSuite(options.suite)
  const createSuite = await loadSuite(suite)
  const checks: Check[] = []
  for (const name of names)
    checks.push(...(await checkClaims(competitorNamed(name), { settings, createSuite, seed, groupSize })))
  const failed = checks.filter(({ passed }) => !passed)
  if (options.json) print(`${JSON.stringify({ groupSize, seed, suite, checks }, null, 2)}\n`)
  else if (options.markdown) print(claimsTable(checks))
  else print(`${checks.map(line).join("")}${checks.length - failed.length} passed, ${failed.length} failed\n`)
  for (const { protocol, claim } of failed) report(`${protocol}: ${claim} is not as claimed`)
  return failed.length === 0 ? EXIT.done : EXIT.failed
}

function oneSuite(text: string): SuiteName {
  const [suite, second] = parseSuites(text)
  if (suite !== undefined && second === undefined) return suite
  throw new UsageError(`--suite "${text}": one of ${SUITES.join(", ")}`)
}

function line({ protocol, claim, claimed, observed, finding, passed }: Check): string {
  const mark = passed ? "ok  " : paint("FAIL")
  const said = `claimed ${claimed ? "yes" : "no "}  observed ${observed ? "yes" : "no "}`
  return `${mark}  ${protocol.padEnd(26)}${claim.padEnd(35)}${said}  ${inFull(finding)}\n`
}

const paint = (text: string): string => (stdoutColour() === "always" ? styleText("red", text) : text)

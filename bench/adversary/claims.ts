/** Every claim of a competitor against both adversaries, both ways. */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { ClaimName } from "../../protocols/group.ts"
import type { Competitor, Settings } from "../../protocols/registry.ts"
import { NotPlainData } from "./plain-data.ts"
import { accounting } from "./scenarios/accounting.ts"
import { afterRounds } from "./scenarios/recovery.ts"
import type { Finding, Scenario, Setting } from "./scenarios/setting.ts"
import { SCENARIOS } from "./scenarios.ts"

/** A claim, or what is asked of every competitor: its own healing rounds heal, and its bytes are accounted for. */
export type CheckName = ClaimName | "healsByItsRounds" | "everyByteIsAccountedFor"

export type Check = {
  readonly protocol: string
  readonly groupSize: number
  readonly claim: CheckName
  readonly claimed: boolean
  /** Neither adversary could read what it should not, and nothing else was wrong. */
  readonly observed: boolean
  readonly finding: Finding
  /** Observed as claimed, and the two adversaries agree. */
  readonly passed: boolean
}

export type CheckOptions = {
  readonly settings: Settings
  readonly createSuite: CreateSuite
  readonly seed: number
  readonly groupSize: number
}

export async function checkClaims(competitor: Competitor, options: CheckOptions): Promise<Check[]> {
  const { settings, ...rest } = options
  const setting: Setting = { protocol: competitor.protocol(settings), tree: competitor.tree, ...rest }
  const promises = Object.entries(competitor.claims) as [ClaimName, boolean][]
  const checks: Check[] = []
  for (const [claim, claimed] of promises)
    checks.push(await check(competitor, claim, claimed, SCENARIOS[claim], setting))
  checks.push(await check(competitor, "healsByItsRounds", true, afterRounds(competitor.healing), setting))
  checks.push(await check(competitor, "everyByteIsAccountedFor", true, accounting, setting))
  return checks
}

async function check(
  { name: protocol }: Competitor,
  claim: CheckName,
  claimed: boolean,
  scenario: Scenario,
  setting: Setting,
): Promise<Check> {
  const finding = await played(scenario, setting)
  const { opened, derivable, flaw } = finding
  const observed = opened === 0 && derivable === 0 && flaw === undefined
  const passed = observed === claimed && opened === derivable && flaw === undefined
  return { protocol, groupSize: setting.groupSize, claim, claimed, observed, finding, passed }
}

/** A state that cannot be looked into is a finding like any other. */
async function played(scenario: Scenario, setting: Setting): Promise<Finding> {
  try {
    return await scenario(setting)
  } catch (error) {
    if (!(error instanceof NotPlainData)) throw error
    return { opened: 0, derivable: 0, flaw: error.message }
  }
}

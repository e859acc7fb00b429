/** Every claim of a competitor against both adversaries, both ways. */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { ClaimName } from "../../protocols/group.ts"
import { type Competitor, channelNamed, type Settings } from "../../protocols/registry.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { isNothing, isSound } from "./findings.ts"
import { pooledChannels } from "./pooled-channels.ts"
import { afterRounds } from "./scenarios/recovery.ts"
import type { Finding, Scenario, Setting } from "./scenarios/setting.ts"
import { SCENARIOS } from "./scenarios.ts"

/** A claim, or that the competitor's own healing rounds heal. */
export type CheckName = ClaimName | "healsByItsRounds"

export type Check = {
  readonly protocol: string
  readonly claim: CheckName
  readonly claimed: boolean
  /** No adversary could do what it should not. */
  readonly observed: boolean
  readonly finding: Finding
  /** Observed as claimed, and the finding is sound. */
  readonly passed: boolean
}

export type CheckOptions = {
  readonly settings: Settings
  readonly createSuite: CreateSuite
  readonly seed: number
  readonly groupSize: number
}

/** What the scenarios of a competitor are played on. */
export function settingOf(competitor: Competitor, { settings, ...rest }: CheckOptions): Setting {
  const { channel, settling, healing } = competitor
  const pooling = competitor.protocol(settings, pooledChannels(channelNamed(channel)) as TwoParty<unknown>)
  return { protocol: competitor.protocol(settings), pooling, healing, settling, ...rest }
}

export async function checkClaims(competitor: Competitor, options: CheckOptions): Promise<Check[]> {
  const setting = settingOf(competitor, options)
  const claims = Object.entries(competitor.claims) as [ClaimName, boolean][]
  const checks: Check[] = []
  for (const [claim, claimed] of claims)
    checks.push(await check(competitor, claim, claimed, SCENARIOS[claim], setting))
  checks.push(await check(competitor, "healsByItsRounds", true, afterRounds(competitor.healing), setting))
  return checks
}

async function check(
  { name: protocol }: Competitor,
  claim: CheckName,
  claimed: boolean,
  scenario: Scenario,
  setting: Setting,
): Promise<Check> {
  const finding = await scenario(setting)
  const observed = isNothing(finding)
  return { protocol, claim, claimed, observed, finding, passed: observed === claimed && isSound(finding) }
}

/** Every claim of a competitor against both adversaries, both ways. */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { ClaimName } from "../../protocols/group.ts"
import { type Competitor, channelNamed, type Settings } from "../../protocols/registry.ts"
import type { TwoParty } from "../../protocols/two-party/two-party.ts"
import { isNothing, isSound } from "./findings.ts"
import { NotPlainData } from "./plain-data.ts"
import { pooledChannels } from "./pooled-channels.ts"
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
  /** No adversary could do what it should not, and nothing else was wrong. */
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
  const { groupSize } = setting
  const finding = await played(scenario, setting)
  const observed = isNothing(finding)
  const passed = observed === claimed && isSound(finding)
  return { protocol, groupSize, claim, claimed, observed, finding, passed }
}

/** A state that cannot be looked into is a finding like any other. */
async function played(scenario: Scenario, setting: Setting): Promise<Finding> {
  try {
    return await scenario(setting)
  } catch (error) {
    if (!(error instanceof NotPlainData)) throw error
    return { kind: "read", opened: 0, derivable: 0, flaw: error.message }
  }
}

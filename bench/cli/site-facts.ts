/** What the registry and the adversaries know of protocols, as plain data for the site. */
import type { ClaimFact, Facts, ProtocolFacts } from "../../charts/site/facts.ts"
import type { HealingRound } from "../../protocols/group.ts"
import { type Competitor, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { type Check, type CheckOptions, checkClaims } from "../adversary/claims.ts"
import { CLAIM_TEXTS } from "../adversary/claims-table.ts"
import { loadFastestSuite } from "../run/suites.ts"

const GROUP_SIZE = 5
const SEED = 1

/** Play every claim of the competitors; a few hundred milliseconds for each of them. */
export async function siteFacts(competitors: readonly Competitor[]): Promise<Facts> {
  const createSuite = await loadFastestSuite()
  const options = { settings: DEFAULT_SETTINGS, createSuite, seed: SEED, groupSize: GROUP_SIZE }
  const protocols: ProtocolFacts[] = []
  for (const competitor of competitors) protocols.push(await factsOf(competitor, options))
  return { verification: { groupSize: GROUP_SIZE, seed: SEED }, protocols }
}

async function factsOf(competitor: Competitor, options: CheckOptions): Promise<ProtocolFacts> {
  const { name, channel, summary, source, healing } = competitor
  const checks = await checkClaims(competitor, options)
  return { name, channel, summary, source, healing: healing.map(wordsFor), claims: checks.map(claimFact) }
}

function claimFact({ claim, claimed, passed, finding: { opened, derivable } }: Check): ClaimFact {
  const says = CLAIM_TEXTS[claim].replaceAll("`", "") // Markdown's marks for code
  return {
    about: claim.startsWith("heals") ? "healing" : "secrecy",
    says,
    claimed,
    passed,
    opened,
    derivable,
  }
}

const ROUND_TEXTS: Readonly<Record<HealingRound, string>> = {
  "victim-updates": "The victim renews its own secret.",
  "victim-ratchets-channels": "The victim sends on each of its two-party channels.",
  "peers-ratchet-channels": "Each other member sends on its channel with the victim.",
  "everyone-updates": "Every member renews its own secret.",
  "period-passes": "A renewal period passes, and every member does what its schedule asks.",
}

const wordsFor = (round: HealingRound): string => ROUND_TEXTS[round]

/**
 * Asks the competitors in turn, so that one at a time is busy. In a block each scenario comes once, and those who
 * can do it do it one after the other: what slows the machine slows all of them, and their ratio stays.
 */
import { seededPick, shuffled } from "../plan/seeded-pick.ts"
import type { BlockTimes, Budget } from "./measure.ts"
import { COMPETITORS, type Competitor, FAMILIES_OF, FAMILY_OF, SCENARIOS, type ScenarioName } from "./rows.ts"

export type BlockRecord = BlockTimes & {
  readonly block: number
  readonly competitor: Competitor
  readonly scenario: ScenarioName
}

/** Have a competitor do one block of one scenario. */
export type Ask = (competitor: Competitor, scenario: ScenarioName, budget: Budget) => Promise<BlockTimes>

export type Campaign = {
  readonly blocks: number
  /** Decides every order. */
  readonly seed: number
  readonly warmUp: Budget
  readonly budget: Budget
}

type Turn = { readonly competitor: Competitor; readonly scenario: ScenarioName }

/** @param onBlock - told the number of each block that is done, the warm-up being 0 */
export async function runCampaign(
  ask: Ask,
  { blocks, seed, warmUp, budget }: Campaign,
  onBlock: (block: number) => void,
): Promise<BlockRecord[]> {
  const records: BlockRecord[] = []
  for (let block = 0; block <= blocks; block++) {
    for (const { competitor, scenario } of turnsOf(seed, block)) {
      const times = await ask(competitor, scenario, block === 0 ? warmUp : budget)
      if (block > 0) records.push({ block, competitor, scenario, ...times })
    }
    onBlock(block)
  }
  return records
}

function turnsOf(seed: number, block: number): Turn[] {
  const pick = seededPick(seed, `peers, block ${block}`)
  return shuffled(SCENARIOS, pick).flatMap((scenario) =>
    shuffled(competitorsIn(scenario), pick).map((competitor) => ({ competitor, scenario })),
  )
}

export const competitorsIn = (scenario: ScenarioName): Competitor[] =>
  COMPETITORS.filter((competitor) => FAMILIES_OF[competitor].includes(FAMILY_OF[scenario]))

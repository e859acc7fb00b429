/** The costs that protocols claim (`protocols/<name>/costs.ts`), in the form in which results are held against them. */
import {
  CALLERS,
  type Cost,
  type Formula,
  type Growth,
  growthOf,
  PUBLIC_KEY_CALLS,
  valueAt,
} from "../../protocols/costs.ts"
import { everyCompetitor, type Settings } from "../../protocols/registry.ts"
import { type ClaimedCost, type ClaimedCount, MESSAGE_COUNTS, type Theory } from "../../results/theory.ts"

/** What is claimed here by the protocols of a run, under the settings that it was made with. */
export function theoryOf(settings: Settings): Theory {
  return ({ protocol, channel, operation }) => {
    const known = everyCompetitor.find(({ name }) => name === protocol) // or it is of somebody else's run
    const costs = known?.channel === channel ? known.costs(settings) : undefined
    const cost = costs?.[operation]
    return cost && claimedCost(cost)
  }
}

const SMALLEST_GROUP = 2

export function claimedCost(cost: Cost): ClaimedCost {
  return {
    from: cost.from ?? SMALLEST_GROUP,
    counts: [...packetsOf(cost), ...callsOf(cost)],
    growth: { messages: growthOfMessages(cost), bytes: cost.growth.bytes, cpu: cost.growth.work },
  }
}

const PACKET_COUNTS = [...MESSAGE_COUNTS, "deliveries", "rounds"] as const

const packetsOf = (cost: Cost): ClaimedCount[] =>
  PACKET_COUNTS.map((measure) => ({ measure, of: "messages", ...computed(cost[measure]) }))

function callsOf({ calls }: Cost): ClaimedCount[] {
  if (calls === undefined) return []
  return CALLERS.flatMap((caller) =>
    PUBLIC_KEY_CALLS.map((call) => ({
      measure: `primitives.${caller}.${call}`,
      of: "cpu",
      ...computed(calls[caller][call]),
    })),
  )
}

const computed = (formula: Formula = "0") => ({ formula, at: (n: number) => valueAt(formula, n) })

/** That of the fastest growing kind of packet; ciphertexts inside a broadcast are none. */
function growthOfMessages(cost: Cost): Growth {
  const packets = cost.twoParty === cost.inBroadcasts ? ([] as const) : (["twoParty"] as const)
  const growths = [...packets, "broadcasts" as const, "welcomes" as const].map((name) =>
    growthOf(cost[name] ?? "0"),
  )
  return (["n²", "n"] as const).find((growth) => growths.includes(growth)) ?? "1"
}

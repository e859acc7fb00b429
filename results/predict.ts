/** From exact counts to the times that a device with a given price list would need. */
import type { PricedOperation, PriceList } from "./prices.ts"
import type { Exact, Predicted } from "./schema.ts"

/**
 * Σ calls × `fixedNs` + bytes × `perByteNs`, and the list's overhead on top. The sum over the group is over all its
 * members, not scaled up from some.
 *
 * @returns undefined for counts without bytes, as files of 0.1 have them
 */
export function predict({ primitives, primitiveBytes }: Exact, list: PriceList): Predicted | undefined {
  if (primitiveBytes === undefined) return undefined
  const nsOf = (part: "group" | "initiator" | "recipientMean") =>
    withOverhead(total(primitives[part], primitiveBytes[part], list.prices), list)
  const { newcomer } = primitives
  return {
    device: list.device,
    initiatorNs: nsOf("initiator"),
    recipientNs: nsOf("recipientMean"),
    newcomerNs:
      newcomer === undefined
        ? null
        : withOverhead(total(newcomer, primitiveBytes.newcomer ?? {}, list.prices), list),
    groupNs: nsOf("group"),
  }
}

const withOverhead = (ns: number, { overheadShare = 0 }: PriceList): number => ns / (1 - overheadShare)

type Counts = Readonly<Record<string, number>>

/** @throws Error when something was counted that has no price */
function total(calls: Counts, bytes: Counts, prices: PriceList["prices"]): number {
  return Object.entries(calls).reduce((sum, [operation, count]) => {
    const price = prices[operation as PricedOperation]
    if (price === undefined) throw new Error(`the suite operation ${operation} has no price`)
    return sum + count * price.fixedNs + (bytes[operation] ?? 0) * (price.perByteNs ?? 0)
  }, 0)
}
